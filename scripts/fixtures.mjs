/**
 * Makes tests/fixtures anew with scikit-learn and SciPy (tests/reference/*.py). Only needed when those scripts change:
 * the fixtures are part of the repository, and the tests run without Python.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../tests/reference/', import.meta.url));
/** Where git, the linters and the build do not look. */
const environment = fileURLToPath(new URL('../node_modules/.cache/reference/', import.meta.url));
const candidates = [
  process.env.PYTHON,
  `${environment}bin/python`,
  `${environment}Scripts/python.exe`,
  'python3',
  '/usr/bin/python3',
  'python',
].filter((path) => path !== undefined && (!/[/\\]/.test(path) || existsSync(path)));

const hasSklearn = (python) => spawnSync(python, ['-c', 'import sklearn']).status === 0;
const python = candidates.find(hasSklearn);

if (python === undefined) {
  console.error(
    [
      `No Python with scikit-learn was found (looked for: ${candidates.join(', ')}). Install it:`,
      '  python3 -m venv node_modules/.cache/reference',
      '  node_modules/.cache/reference/bin/pip install -r tests/reference/requirements.txt',
      'or set PYTHON to one that has it.',
    ].join('\n'),
  );
  process.exitCode = 1;
} else {
  console.log(`With ${python}:`);
  const scripts = readdirSync(folder).filter((name) => /^make_.*\.py$/.test(name));
  for (const script of scripts.sort()) {
    const { status } = spawnSync(python, [`${folder}${script}`], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
