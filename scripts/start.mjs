/** Builds the page, serves it, and says where. Any static host would do the same with the folder dist/. */
import { build, preview } from 'vite';

await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: Number(process.env.PORT ?? 4173) } });
console.log(`Tessera is served at ${server.resolvedUrls?.local[0] ?? 'http://localhost:4173/'}`);
console.log(
  'Press Ctrl+C to stop. The folder dist/ is the whole page: any static host can serve it.',
);
