/**
 * Finds a Chromium to test with, or installs one: the system's, else Playwright's download, else the system's package
 * manager. Prints what it does; the tests ask it for the path.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const systemPaths = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function installed() {
  return [...systemPaths, chromium.executablePath()].find((path) => path && existsSync(path));
}

function run(command, args) {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', timeout: 600_000 }).status === 0;
}

function has(command) {
  try {
    execFileSync('which', [command], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function installWithPackageManager() {
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  const managers = [
    ['apt-get', [['update'], ['install', '-y', 'chromium']]],
    ['dnf', [['install', '-y', 'chromium']]],
    ['apk', [['add', 'chromium']]],
    ['pacman', [['-Sy', '--noconfirm', 'chromium']]],
    ['brew', [['install', '--cask', 'chromium']]],
  ];
  for (const [manager, steps] of managers) {
    if (!has(manager)) continue;
    const prefix = manager === 'brew' ? [] : sudo;
    return steps.every((step) => {
      const [command, ...args] = [...prefix, manager, ...step];
      return run(command, args);
    });
  }
  return false;
}

/** The path of a Chromium that is there, installing one if need be. */
export function findBrowser() {
  const found = installed();
  if (found) return found;
  console.log('No Chromium or Chrome was found; installing one.');
  run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']);
  if (!installed()) installWithPackageManager();
  const path = installed();
  if (path) return path;
  throw new Error(
    'No browser could be installed. Install Chromium or Chrome, or set CHROMIUM_PATH to one, and try again.',
  );
}
