/**
 * `npm run data`: makes the data packs under public/data/ and the constants measured on them (src/data/measured.json,
 * src/data/pixel-statistics.json). Needs npm and, for two of the sets, Debian's apt; what it fetches is
 * no dependency of the project and is thrown away. Run twice, it writes the same bytes;
 * the results are committed, so neither visitors nor a fresh clone need to run it. `npm run data -- emoji` makes that set alone.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeDigits } from './digits';
import { makeEmoji } from './emoji';
import { makeFashion } from './fashion';
import { makeGlosses } from './glosses';
import { makeLetters } from './letters';
import type { SimulatedId } from '../../src/data/registry';
import { base64, measure, measureSimulated, measureTexts } from './measure';
import { makeMnist } from './mnist';
import { NAMES, type Pack, ROLES, type TextPack } from './pack';

const root = join(import.meta.dirname, '../..');
const publicData = join(root, 'public/data');
const MEASURED = 'src/data/measured.json';
const PIXELS = 'src/data/pixel-statistics.json';

function write(data: Pack | TextPack): string[] {
  const folder = join(publicData, data.id);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'NOTICE'), data.notice);
  const names = data.names ?? NAMES;
  return ROLES.map((role) => {
    const bytes = data.files[role];
    writeFileSync(join(folder, names[role]), bytes);
    return `${createHash('sha256').update(bytes).digest('hex')}  ${data.id}/${names[role]}`;
  });
}

const json = (path: string, value: unknown): void =>
  writeFileSync(join(root, path), `${JSON.stringify(value, null, 2)}\n`);
const present = (path: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>;

const MAKERS = {
  'fashion-mnist': makeFashion,
  mnist: makeMnist,
  digits: makeDigits,
  letters: makeLetters,
  emoji: makeEmoji,
  glosses: makeGlosses,
};
/** What is made in the browser: its constants alone are measured here. */
const SIMULATED: Record<SimulatedId, () => Uint8Array | null> = {
  heartbeats: () => null,
  events: () => new Uint8Array(readFileSync(join(publicData, 'mnist', NAMES.trainImages))),
};
const asked = process.argv.slice(2);
const unknown = asked.find((id) => !(id in MAKERS) && !(id in SIMULATED));
if (unknown) throw new Error(`${unknown}: no such set; there are ${Object.keys(MAKERS).join(', ')}`);

const temporary = mkdtempSync(join(tmpdir(), 'parsimony-data-'));
try {
  const listed = readFileSync(join(publicData, 'SHA256SUMS'), 'utf8').trim().split('\n');
  const [knownMeasured, knownPixels] = [present(MEASURED), present(PIXELS)];
  const sums: string[] = [];
  const measured: Record<string, unknown> = {};
  const pixels: Record<string, unknown> = {};
  for (const [id, make] of Object.entries(MAKERS)) {
    if (asked.length > 0 && !asked.includes(id)) {
      sums.push(...listed.filter((line) => line.includes(`  ${id}/`)));
      measured[id] = knownMeasured[id];
      pixels[id] = knownPixels[id];
      continue;
    }
    const data = await make(temporary);
    sums.push(...write(data));
    const result = 'texts' in data ? measureTexts(data) : measure(data);
    measured[id] = result.measured;
    pixels[id] = {
      mean: base64(result.pixel.mean),
      deviation: base64(result.pixel.deviation),
    };
    const total = ROLES.reduce((bytes, role) => bytes + data.files[role].length, 0);
    console.log(`${id}: ${(total / 1e6).toFixed(2)} MB`);
  }
  for (const id of Object.keys(SIMULATED) as SimulatedId[]) {
    if (asked.length > 0 && !asked.includes(id)) {
      measured[id] = knownMeasured[id];
      pixels[id] = knownPixels[id];
      continue;
    }
    const result = measureSimulated(id, SIMULATED[id]());
    measured[id] = result.measured;
    pixels[id] = {
      mean: base64(result.pixel.mean),
      deviation: base64(result.pixel.deviation),
    };
    console.log(`${id}: simulated`);
  }
  writeFileSync(join(publicData, 'SHA256SUMS'), `${sums.join('\n')}\n`);
  json(MEASURED, measured);
  json(PIXELS, pixels);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
