import { gzipSync } from 'fflate';
import type { PackId } from '../../src/data/registry';

/** The four files of a data set, named as Yann LeCun named them. */
export const NAMES = {
  trainImages: 'train-images-idx3-ubyte.gz',
  trainLabels: 'train-labels-idx1-ubyte.gz',
  testImages: 't10k-images-idx3-ubyte.gz',
  testLabels: 't10k-labels-idx1-ubyte.gz',
} as const;
/** The same where images have planes: [n, channels, height, width]. */
export const NAMES_OF_PLANES = {
  ...NAMES,
  trainImages: 'train-images-idx4-ubyte.gz',
  testImages: 't10k-images-idx4-ubyte.gz',
} as const;
/** Those of a set of texts, one to a line. */
export const NAMES_OF_TEXTS = {
  ...NAMES,
  trainImages: 'train-texts.txt.gz',
  testImages: 't10k-texts.txt.gz',
} as const;
export type Role = keyof typeof NAMES;
export const ROLES = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const;

/** One data set as it is written under public/data/<id>/: gzipped IDX files and the notice that goes with them. */
export interface Pack {
  id: PackId;
  /** The byte that stands for 1. */
  byteMax: number;
  /** Names of the files where they are not `NAMES`. */
  names?: Record<Role, string>;
  files: Record<Role, Uint8Array>;
  notice: string;
}

/** A data set of short texts, and the texts themselves. */
export interface TextPack {
  id: 'glosses';
  names: Record<Role, string>;
  files: Record<Role, Uint8Array>;
  texts: { train: readonly string[]; test: readonly string[] };
  notice: string;
}

/** IDX file of unsigned bytes with the given dimensions. */
export function encodeIdx(dimensions: readonly number[], values: Uint8Array): Uint8Array {
  const header = 4 + 4 * dimensions.length;
  const bytes = new Uint8Array(header + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + dimensions.length);
  dimensions.forEach((n, i) => view.setUint32(4 + 4 * i, n));
  bytes.set(values, header);
  return bytes;
}

/** Gzip that depends on nothing but its input: no time, no name, and fflate rather than the zlib of the Node at hand. */
export function pack(raw: Uint8Array): Uint8Array {
  return gzipSync(raw, { level: 9, mtime: 0 });
}
