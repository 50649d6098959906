/**
 * Finds a Chromium for the browser journeys, or gets one: a system Chromium if present, else Playwright's own download,
 * else Debian's package (as root). Run directly, it prints the path.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function present(): string | null {
  const named = process.env.PARSIMONY_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`PARSIMONY_CHROMIUM names ${named}, which does not exist.`);
  }
  return (
    SYSTEM.find(existsSync) ?? (existsSync(chromium.executablePath()) ? chromium.executablePath() : null)
  );
}

/** Path of a Chromium that can be launched; installs one if there is none. Throws if that is not possible. */
export function findChromium(): string {
  const found = present();
  if (found) return found;
  console.error('No Chromium found: trying Playwright’s own …');
  spawnSync('npx', ['playwright', 'install', 'chromium'], {
    stdio: 'inherit',
    timeout: 240_000,
    shell: process.platform === 'win32',
  });
  const downloaded = present();
  if (downloaded) return downloaded;
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    console.error('… not to be had here: trying the system’s package.');
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  }
  const installed = present();
  if (installed) return installed;
  throw new Error('No Chromium could be found or installed. Set PARSIMONY_CHROMIUM to one.');
}

if (import.meta.filename === process.argv[1]) console.log(findChromium());
