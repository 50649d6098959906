import { DataError } from '../../formats/error';
import { CIFAR_RECORD } from '../kinds';
import { cleanName } from '../pairing/names';
import { baseName } from '../pairing/paths';
import { meaningOf } from '../pairing/words';
import type { FileEntry, ImportedSamples } from '../types';

const CLASSES = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/** The class names of batches.meta.txt, where they came along and are ten. */
function namesFrom(entries: readonly FileEntry[]): string[] {
  const meta = entries.find(({ path }) => baseName(path) === 'batches.meta.txt');
  const names = meta
    ? new TextDecoder().decode(meta.bytes.subarray(0, 4096)).split('\n').map(cleanName).filter(Boolean)
    : [];
  return names.length === CLASSES.length ? names : CLASSES;
}

/** CIFAR-10's binary files (records of a label and 32 × 32 pixels, red, green, blue), one or all. Throws a `DataError`. */
export function fromCifar(entries: readonly FileEntry[]): ImportedSamples {
  const files = entries
    .filter(({ path }) => /\.bin$/i.test(path))
    .sort((a, b) => Number(isTest(a)) - Number(isTest(b)) || (a.path < b.path ? -1 : 1));
  const size = CIFAR_RECORD - 1;
  for (const { path, bytes } of files) {
    const file = baseName(path);
    if (bytes.length === 0) throw new DataError(file, 'the file is empty');
    if (bytes.length % CIFAR_RECORD !== 0)
      throw new DataError(
        file,
        `${bytes.length} bytes are no whole number of CIFAR-10 records of ${CIFAR_RECORD} bytes: it is truncated, or something else (CIFAR-100 is not read)`,
      );
  }
  const count = files.reduce((sum, { bytes }) => sum + bytes.length / CIFAR_RECORD, 0);
  const values = new Uint8Array(count * size);
  const labels = new Uint16Array(count);
  const test = new Uint8Array(count);
  let i = 0;
  for (const entry of files) {
    const { path, bytes } = entry;
    for (let at = 0; at < bytes.length; at += CIFAR_RECORD, i++) {
      if (bytes[at] >= CLASSES.length)
        throw new DataError(baseName(path), `label ${at / CIFAR_RECORD} is ${bytes[at]}, outside 0 to 9`);
      labels[i] = bytes[at];
      test[i] = Number(isTest(entry));
      values.set(bytes.subarray(at + 1, at + CIFAR_RECORD), i * size);
    }
  }
  return {
    sample: 'picture',
    width: 32,
    height: 32,
    channels: 3,
    count,
    values,
    labels,
    names: namesFrom(entries),
    test: test.includes(1) && test.includes(0) ? test : null,
    columns: null,
    notes: [],
  };
}

const isTest = ({ path }: FileEntry): boolean => meaningOf(baseName(path)).split === 'test';
