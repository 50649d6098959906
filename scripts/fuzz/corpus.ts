import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'fflate';
import { concat, entry, floats, idx, npy, tar, utf8, zip } from '../../src/data/import/testing';
import type { FileEntry } from '../../src/data/import/types';
import { initialNetwork } from '../../src/network/initialise';
import { writeNetwork } from '../../src/network/files/networkFile';
import { writeSafetensors } from '../../src/network/files/safetensors';
import { DEFAULT_CONFIGURATION } from '../../src/configuration/schema';

const INPUTS = new URL('../../src/data/import/cases/inputs/', import.meta.url);

const values = (n: number, of: (i: number) => number): number[] => Array.from({ length: n }, (_, i) => of(i));
const rows = (n: number, of: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => of(i)).join('\n');
const images = idx(
  [24, 4, 4],
  values(24 * 16, (i) => (i * 7) % 256),
);
const labels = idx(
  [24],
  values(24, (i) => i % 3),
);
const X = npy('<f8', [24, 3], floats(values(72, (i) => Math.sin(i) * 10)));
const y = npy('|u1', [24], Uint8Array.from(values(24, (i) => i % 2)));
const record = (label: number): Uint8Array =>
  Uint8Array.from(values(3073, (i) => (i === 0 ? label : i % 251)));
const table = `id;price;colour;day;open;kind\n${rows(40, (i) => `${i};${(i * 37) % 11},5;${['red', 'blue'][i % 2]};2024-01-${String(1 + (i % 28)).padStart(2, '0')};${i % 3 ? 'yes' : 'no'};"${i % 2 ? 'a "b"' : 'c\nd'}"`)}`;

/** Files that are dropped together: one of each kind the lab reads, and the cases that were once taken wrong. */
export const CORPUS: readonly (readonly FileEntry[])[] = [
  [entry('train-images-idx3-ubyte', images), entry('train-labels-idx1-ubyte.gz', gzipSync(labels))],
  [entry('data_batch_1.bin', concat(values(22, (i) => i % 2).map(record)))],
  [entry('set.tar.gz', gzipSync(tar({ 'a/test_batch.bin': concat(values(22, (i) => i % 2).map(record)) })))],
  [entry('X.npy', X), entry('y.npy', y)],
  [
    entry(
      'd.npz',
      zip({
        'x_train.npy': X,
        'y_train.npy': y,
        'x_test.npy': X,
        'y_test.npy': y,
        'n.npy': npy('<i8', [], floats([1])),
      }),
    ),
  ],
  [entry('t.csv', table)],
  [entry('train.csv', table), entry('test.csv', table)],
  [entry('t.csv.gz', gzipSync(utf8(table)))],
  [entry('b.txt', `# of blanks\n${rows(40, (i) => `${i % 7}  ${i % 5} ${i % 2 ? 'x' : 'y'}`)}`)],
  ...readdirSync(INPUTS).map((folder) =>
    readdirSync(new URL(`${folder}/`, INPUTS)).map((file) => ({
      path: file,
      bytes: new Uint8Array(readFileSync(new URL(`${folder}/${file}`, INPUTS))),
    })),
  ),
];

const network = initialNetwork({ ...DEFAULT_CONFIGURATION, hidden: [5, 4] }, 6, 3);
const silent = { standardisation: null, provenance: null, configuration: null };

/** Network files: ours in both precisions, and a state dictionary. */
export const NETWORKS: readonly Uint8Array[] = [
  writeNetwork(network, silent, 'F32'),
  writeNetwork(network, { ...silent, configuration: 'v=1&hidden=5-4' }, 'F64'),
  writeSafetensors(
    new Map([
      ['0.weight', { shape: [5, 6], data: Float64Array.from(values(30, Math.sin)) }],
      ['0.bias', { shape: [5], data: Float64Array.from(values(5, Math.sin)) }],
      ['2.weight', { shape: [3, 5], data: Float64Array.from(values(15, Math.sin)) }],
    ]),
    new Map(),
    'F32',
  ),
];
