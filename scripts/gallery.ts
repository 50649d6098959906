/**
 * Compares the gallery with its committed pictures (`e2e/gallery/`): `npm run gallery`. With `--update`, pictures that differ are
 * taken anew, to be looked at and committed.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { findChromium } from '../src/cli/browser/chromium';

const PICTURES = 'e2e/gallery';
/** Colours of at least this share of a picture, those of its grounds, stay as they are. */
const GROUND = 1 / 500;
/** Others go to the nearest of these steps, of 255: within the tolerance of the comparison, and files are a third as large. */
const COLOUR_STEP = 32;

/** Writes a picture in fewer bytes. */
function shrink(path: string): void {
  const picture = PNG.sync.read(readFileSync(path));
  const { data } = picture;
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
  const counts = new Map<number, number>();
  for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
  pixels.forEach((pixel, i) => {
    if ((counts.get(pixel) ?? 0) >= GROUND * pixels.length) return;
    for (let k = 4 * i; k < 4 * i + 3; k++)
      data[k] = Math.min(255, Math.round(data[k] / COLOUR_STEP) * COLOUR_STEP);
  });
  const small = PNG.sync.write(picture, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 });
  writeFileSync(path, small);
}

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
if (update && status === 0) for (const name of readdirSync(PICTURES)) shrink(join(PICTURES, name));
process.exit(status ?? 1);
