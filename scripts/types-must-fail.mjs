/**
 * Proves that the type check can fail: it must reject two files that are wrong on purpose, one in TypeScript and one in
 * Svelte. A checker that passes everything (a compiler that svelte-check does not understand, a project that includes
 * nothing) would go unnoticed otherwise.
 */
import { spawnSync } from 'node:child_process';

const project = 'tests/must-fail/tsconfig.json';
const checks = [
  {
    name: 'tsc',
    script: 'node_modules/typescript/bin/tsc',
    args: ['--project', project],
    // wrong.mts: a string where a number belongs
    complaint: /wrong\.mts.*TS2322/,
  },
  {
    name: 'svelte-check',
    script: 'node_modules/svelte-check/bin/svelte-check',
    args: ['--tsconfig', project, '--output', 'machine'],
    // Wrong.svelte: a number has no toUpperCase
    complaint: /Wrong\.svelte.*toUpperCase/,
  },
];

for (const { name, script, args, complaint } of checks) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0 && complaint.test(stdout)) continue;
  console.error(
    `${name} accepts what is wrong on purpose in tests/must-fail/:\n${stdout}${stderr}`,
  );
  process.exitCode = 1;
}
if (!process.exitCode) console.log('The type check rejects what is wrong on purpose.');
