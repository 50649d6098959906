/**
 * Compares the gallery with its committed pictures (`e2e/gallery/`): `npm run gallery`. With `--update`, pictures that differ are
 * taken anew, to be looked at and committed.
 */
import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium';

const update = process.argv.includes('--update');
const { status } = spawnSync(
  'npx',
  ['playwright', 'test', ...(update ? ['--update-snapshots=changed'] : [])],
  {
    stdio: 'inherit',
    env: { ...process.env, PARSIMONY_GALLERY: '1', PARSIMONY_CHROMIUM: findChromium() },
    shell: process.platform === 'win32',
  },
);
process.exit(status ?? 1);
