/**
 * Tries the verdicts of src/core/judge/verdict.ts on tables of which the truth is known (docs/trust.md):
 * `npm run calibrate`, or with fewer tables `npm run calibrate -- 20`.
 */
import { createServer } from 'vite';

const count = Number(process.argv[2] ?? 100);
const server = await createServer({
  server: { middlewareMode: true, hmr: false, ws: false },
  appType: 'custom',
  logLevel: 'error',
});
try {
  const { calibrate } = await server.ssrLoadModule('/tests/calibration/calibrate.ts');
  await calibrate(count, (line) => console.log(line));
} finally {
  await server.close();
}
