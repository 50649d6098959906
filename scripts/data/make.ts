/**
 * `npm run data`: makes the data packs under public/data/ and the constants measured on them (src/data/measured.json,
 * src/data/pixel-statistics.json). Needs npm and, for two of the sets, Debian's apt; what it fetches is
 * no dependency of the project and is thrown away. Run twice, it writes the same bytes;
 * the results are committed, so neither visitors nor a fresh clone need to run it.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDigits } from './digits';
import { makeFashion } from './fashion';
import { makeLetters } from './letters';
import { base64, measure } from './measure';
import { makeMnist } from './mnist';
import { NAMES, type Pack, ROLES } from './pack';

const root = join(import.meta.dirname, '../..');
const publicData = join(root, 'public/data');

function write(data: Pack): string[] {
  const folder = join(publicData, data.id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'NOTICE'), data.notice);
  return ROLES.map((role) => {
    const bytes = data.files[role];
    writeFileSync(join(folder, NAMES[role]), bytes);
    return `${createHash('sha256').update(bytes).digest('hex')}  ${data.id}/${NAMES[role]}`;
  });
}

const json = (path: string, value: unknown): void =>
  writeFileSync(join(root, path), `${JSON.stringify(value, null, 2)}\n`);

const temporary = mkdtempSync(join(tmpdir(), 'parsimony-data-'));
try {
  const sums: string[] = [];
  const measured: Record<string, unknown> = {};
  const pixels: Record<string, unknown> = {};
  for (const make of [makeFashion, makeMnist, makeDigits, makeLetters]) {
    const data = await make(temporary);
    sums.push(...write(data));
    const result = measure(data);
    measured[data.id] = result.measured;
    pixels[data.id] = {
      mean: base64(result.pixel.mean),
      deviation: base64(result.pixel.deviation),
    };
    const total = ROLES.reduce((bytes, role) => bytes + data.files[role].length, 0);
    console.log(`${data.id}: ${(total / 1e6).toFixed(2)} MB`);
  }
  writeFileSync(join(publicData, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  json('src/data/measured.json', measured);
  json('src/data/pixel-statistics.json', pixels);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
