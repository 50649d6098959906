import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { DEFAULT_CONFIGURATION } from '../../src/configuration/schema';
import { decodeConfiguration, encodeConfiguration } from '../../src/configuration/url';
import { DataError } from '../../src/data/formats/error';
import { UnpackBudget } from '../../src/data/import/archives/budget';
import { gunzip } from '../../src/data/import/archives/archive';
import { unzip } from '../../src/data/import/archives/zip';
import { ImportFaults } from '../../src/data/import/faults';
import { packOwnSet } from '../../src/data/import/importer';
import { TURNS } from '../../src/data/import/pictures/turn';
import { readRows } from '../../src/data/import/tables/csv';
import { importOf } from '../../src/data/import/testing';
import type { FileEntry, ImportedSamples } from '../../src/data/import/types';
import { resultLine, parseResults } from '../../src/experiments/results';
import type { TrialResult } from '../../src/experiments/types';
import { readNetwork, readStateDict, writeNetwork } from '../../src/network/files/networkFile';
import { FileFault } from '../../src/network/files/safetensors';
import { CORPUS, NETWORKS } from './corpus';
import { edits, mutated } from './mutate';
import { tooMuch, watched } from './watch';

/** One kind of thing that comes from outside, and what must hold of it whatever it is. */
export interface Target {
  name: string;
  /** The property, with or without a limit on processor time. */
  property: (timed: boolean) => fc.IAsyncProperty<never>;
}

/** A property over cases of one kind, whatever that is. */
function target<T>(
  name: string,
  cases: fc.Arbitrary<T>,
  size: (one: T) => number,
  act: (one: T) => unknown,
): Target {
  return {
    name,
    property: (timed) =>
      fc.asyncProperty(cases, async (one) => {
        const { cost } = await watched(() => act(one));
        const wrong = tooMuch(cost, size(one), timed);
        if (wrong) throw new Error(wrong);
      }) as unknown as fc.IAsyncProperty<never>,
  };
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Whether something is refused in words of its own kind; anything else that is thrown is a crash. */
function refused<T>(act: () => T, Kind: new (...args: never[]) => Error): T | null {
  try {
    return act();
  } catch (error) {
    if (error instanceof Kind) return null;
    throw error;
  }
}

/** What samples must be if they are taken. */
function sound(samples: ImportedSamples): void {
  const { count, values, labels, names, width, height, channels, columns, test } = samples;
  const size = width * height * channels;
  must(
    values.length === count * size && labels.length === count,
    'values and labels are not as many as samples',
  );
  must(
    labels.every((label) => label < names.length),
    'a label has no name',
  );
  must(new Set(names).size === names.length && names.length >= 2, 'two classes have one name');
  must(!columns || columns.names.length === size, 'columns and values do not agree');
  must(!test || test.length === count, 'not every sample has its part');
  const set = refused(
    () => packOwnSet(samples, 'fuzz', test ? { kind: 'given' } : { kind: 'random', share: 0.2, seed: 1 }, 0),
    DataError,
  );
  for (const { mean, inverseDeviation } of set ? Object.values(set.maps) : [])
    must([...mean, ...inverseDeviation].every(Number.isFinite), 'a standardisation is not finite');
}

const options = fc.record({
  header: fc.constantFrom(null, true, false),
  decimal: fc.constantFrom(null, '.' as const, ',' as const),
  missing: fc.constantFrom('drop' as const, 'fill' as const),
  cut: fc.boolean(),
  label: fc.constantFrom(null, 0, 1, 5),
  columns: fc.dictionary(fc.constantFrom('0', '1', '2'), fc.boolean()),
  turn: fc.constantFrom(...TURNS.map(({ id }) => id)),
});
const NAMES = [
  'a.csv',
  'a.npy',
  'd.npz',
  'a.zip',
  'x-images-idx3-ubyte',
  'a.bin',
  'a.tar',
  'a.gz',
  'a.png',
  'a',
];

const importers = target(
  'importers',
  fc.record({
    files: fc.oneof(
      {
        weight: 6,
        arbitrary: fc
          .tuple(fc.constantFrom(...CORPUS), fc.array(edits, { maxLength: 4 }))
          .map(([set, changes]) =>
            set.map(({ path, bytes }, i): FileEntry => ({
              path,
              bytes: mutated(bytes, changes.at(i) ?? []),
            })),
          ),
      },
      {
        weight: 1,
        arbitrary: fc.array(
          fc.record({ path: fc.constantFrom(...NAMES), bytes: fc.uint8Array({ maxLength: 400 }) }),
          { minLength: 1, maxLength: 3 },
        ),
      },
    ),
    options,
  }),
  ({ files }: { files: FileEntry[] }) =>
    files.reduce((sum: number, { bytes }: FileEntry) => sum + bytes.length, 0),
  async ({ files, options: chosen }) => {
    const { samples } = await importOf(files, chosen);
    if (samples) sound(samples);
  },
);

const gzips = CORPUS.flat().filter(({ bytes }) => bytes[0] === 0x1f && bytes[1] === 0x8b);
const gzip = target(
  'gzip',
  fc
    .tuple(fc.constantFrom(...gzips), edits, fc.nat(20))
    .map(([{ bytes }, changes, zeros]) =>
      mutated(Uint8Array.from([...bytes, ...new Uint8Array(zeros)]), changes),
    ),
  (bytes) => bytes.length,
  (bytes) => {
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return;
    const ours = refused(() => gunzip('f', bytes, new UnpackBudget()), DataError);
    if (ours) must(Buffer.compare(gunzipSync(bytes), ours) === 0, 'zlib reads something else');
  },
);

const zips = CORPUS.flat().filter(({ bytes }) => bytes[0] === 0x50 && bytes[1] === 0x4b);
const zip = target(
  'zip',
  fc.tuple(fc.constantFrom(...zips), edits).map(([{ bytes }, changes]) => mutated(bytes, changes)),
  (bytes) => bytes.length,
  (bytes) => {
    const ours = refused(() => unzip('f', bytes, new UnpackBudget(), new ImportFaults()), DataError);
    if (!ours) return;
    for (const { path, bytes: content } of ours.entries) {
      let theirs: Uint8Array | undefined;
      try {
        theirs = unzipSync(bytes, {
          filter: ({ name, originalSize }) => name === path && originalSize < 1e7,
        })[path];
      } catch {
        // It refuses archives for what other entries hold: no judge of this one.
      }
      if (theirs) must(Buffer.compare(theirs, content) === 0, `fflate reads something else for ${path}`);
    }
  },
);

const cell = fc.string({ maxLength: 8, unit: fc.constantFrom('a', '1', ',', '"', '\n', ' ', 'é', ';') });
const csv = target(
  'csv',
  fc
    .integer({ min: 2, max: 4 })
    .chain((width) =>
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }),
    ),
  () => 1000,
  (table) => {
    const text = table
      .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(','))
      .join('\r\n');
    const read: string[][] = [];
    readRows('t', new TextEncoder().encode(text), { delimiter: ',' }, (row) => {
      read.push(Array.from({ length: row.count }, (_, j) => row.text(j)));
      return true;
    });
    must(JSON.stringify(read) === JSON.stringify(table), 'what was written is not what is read');
  },
);

const WORDS = [
  ...new Set(
    encodeConfiguration({
      ...DEFAULT_CONFIGURATION,
      data: 'digits',
      hidden: [3],
      o: [1],
      lambda: 1,
      seed: 1,
      classes: [1],
      adapt: true,
      schedule: [{ step: 3, tasks: [1] }],
    })
      .split('&')
      .map((part) => part.split('=')[0]),
  ),
  'lr',
  'batch',
  'channels',
  'mu',
  'zzz',
  'v',
];
const links = target(
  'links',
  fc
    .array(
      fc.tuple(
        fc.constantFrom(...WORDS),
        fc.oneof(
          fc.string({ maxLength: 12 }),
          fc.double().map(String),
          fc.integer().map(String),
          fc.constantFrom('1-2', 'true', 'all', 'none', '0:0_9:1.2', '1e-6-100'),
        ),
      ),
    )
    .map((pairs) => new URLSearchParams(pairs).toString()),
  (query) => query.length,
  (query) => {
    const { configuration } = decodeConfiguration(query);
    const again = decodeConfiguration(encodeConfiguration(configuration));
    must(
      JSON.stringify(again.configuration) === JSON.stringify(configuration),
      'a link does not come back as what it was written from',
    );
    must(again.notices.length === 0, `a link of our own is complained of: ${again.notices.join(' ')}`);
  },
);

const RESULT: TrialResult = {
  format: 'parsimony-trial',
  recipe: 'r',
  recipeVersion: 1,
  size: 'quick',
  trial: 't',
  factors: { a: 1, b: 'c' },
  seed: 1,
  steps: 2,
  status: 'done',
  reason: null,
  metrics: { m: 1, n: null },
  series: { s: { x: [1, 2], y: [1, null] } },
  engine: { id: 'e', label: 'E', adapter: 'a', software: true },
  lab: 'x',
  link: 'v=1',
  timings: {},
};
const results = target(
  'results',
  edits.map((changes) =>
    new TextDecoder().decode(
      mutated(
        new TextEncoder().encode(`${resultLine(RESULT)}\n${resultLine({ ...RESULT, seed: 2 })}\n`),
        changes,
      ),
    ),
  ),
  (text) => text.length,
  (text) => {
    let read: TrialResult[] = [];
    try {
      read = parseResults(text);
    } catch (error) {
      must(
        error instanceof Error && /^Line \d+ is not the result of a run\.$/.test(error.message),
        String(error),
      );
    }
    must(
      JSON.stringify(parseResults(read.map(resultLine).join('\n'))) === JSON.stringify(read),
      'results do not come back',
    );
  },
);

const networks = target(
  'networks',
  fc.tuple(fc.constantFrom(...NETWORKS), edits).map(([bytes, changes]) => mutated(bytes, changes)),
  (bytes) => bytes.length,
  (bytes) => {
    refused(() => readStateDict(bytes), FileFault);
    const file = refused(() => readNetwork(bytes, 'relu'), FileFault);
    if (!file) return;
    const { weights, biases, psi, o } = file.network.parameters;
    must(
      [...weights.map(({ data }) => data), ...biases, ...psi, o].every((data) => data.every(Number.isFinite)),
      'a number is not finite',
    );
    const silent = { standardisation: null, provenance: null, configuration: null };
    const again = readNetwork(writeNetwork(file.network, silent, 'F64'));
    must(
      JSON.stringify(again.network.spec) === JSON.stringify(file.network.spec),
      'a network does not come back',
    );
  },
);

export const TARGETS: readonly Target[] = [importers, gzip, zip, csv, links, results, networks];
