import type { FloatArray } from '../linearAlgebra';

/**
 * The safetensors container: 8 bytes of header length (little-endian), a JSON header `{name: {dtype, shape, data_offsets}}`
 * with strings under `__metadata__`, then the tensors' bytes, little-endian, row-major, without gaps.
 */

/** Kinds of number that are read: floats, and whole numbers for labels. */
export type Dtype = 'F32' | 'F64' | 'I64' | 'I32' | 'U8';

export interface StoredTensor {
  dtype: Dtype;
  /** Empty for a single number. */
  shape: number[];
  /** Row-major; float32 for F32, else float64. Always finite. */
  data: FloatArray;
}

/** A file's contents: tensors by name in the order of their bytes, and the strings of its metadata. */
export interface Safetensors {
  tensors: Map<string, StoredTensor>;
  metadata: Map<string, string>;
}

/** What is wrong with a file, as a sentence for people. */
export class FileFault extends Error {
  constructor(problem: string, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'FileFault';
  }
}

/** Longest header anybody accepts; the format's own implementations refuse beyond it, too. */
const LARGEST_HEADER = 100_000_000;
const LENGTH_BYTES = 8;
const METADATA = '__metadata__';

type Reader = (view: DataView, at: number) => number;
const DTYPES: Readonly<Record<Dtype, { bytes: number; read: Reader }>> = {
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  I64: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  I32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  U8: { bytes: 1, read: (view, at) => view.getUint8(at) },
};

/** A name out of a file, as quoted in messages: short, and with nothing in it that could upset a line. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

/** Throws where a JSON object, known to be valid, names a key twice at its top level: parsers keep the last one silently. */
function requireSingleNames(json: string): void {
  const seen = new Set<string>();
  let depth = 0;
  let string: string | null = null;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '"') {
      const from = i;
      for (i++; json[i] !== '"'; i++) if (json[i] === '\\') i++;
      if (depth === 1) string = json.slice(from, i + 1);
    } else if (character === ':' && depth === 1 && string !== null) {
      const name = JSON.parse(string) as string;
      if (seen.has(name)) throw new FileFault(`The header names ${quoted(name)} twice.`);
      seen.add(name);
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
  }
}

function headerOf(bytes: Uint8Array): { header: Record<string, unknown>; dataStart: number } {
  if (bytes.length < LENGTH_BYTES)
    throw new FileFault(
      `The file is truncated: it has ${bytes.length} bytes, and ${LENGTH_BYTES} alone say how long the header is.`,
    );
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(LARGEST_HEADER))
    throw new FileFault(
      `The header claims to be ${length} bytes long; ${LARGEST_HEADER} is the most. This is not a safetensors file.`,
    );
  const dataStart = LENGTH_BYTES + Number(length);
  if (dataStart > bytes.length)
    throw new FileFault(
      `The file is truncated: its header claims ${length} bytes, ${bytes.length - LENGTH_BYTES} are there.`,
    );
  let json: string;
  try {
    json = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(LENGTH_BYTES, dataStart),
    );
  } catch (cause) {
    throw new FileFault('The header is not UTF-8 text.', { cause });
  }
  let header: unknown;
  try {
    header = JSON.parse(json);
  } catch (cause) {
    throw new FileFault('The header is not JSON.', { cause });
  }
  if (!isObject(header)) throw new FileFault('The header is not a JSON object.');
  requireSingleNames(json);
  return { header, dataStart };
}

function metadataOf(header: Record<string, unknown>): Map<string, string> {
  const found = header[METADATA];
  if (found === undefined) return new Map();
  if (!isObject(found)) throw new FileFault(`${METADATA} is not a JSON object.`);
  return new Map(
    Object.entries(found).map(([key, value]) => {
      if (typeof value !== 'string')
        throw new FileFault(`${METADATA} must hold strings; ${quoted(key)} is none.`);
      return [key, value];
    }),
  );
}

interface Entry {
  name: string;
  dtype: Dtype;
  shape: number[];
  /** Bytes from the start of the data. */
  from: number;
  to: number;
}

/** One tensor's entry, its byte count checked against shape and dtype; nothing is allocated on its word. */
function entryOf(name: string, found: unknown): Entry {
  const called = `Tensor ${quoted(name)}`;
  if (!isObject(found)) throw new FileFault(`${called} is not described by a JSON object.`);
  const { dtype, shape, data_offsets: offsets } = found;
  if (typeof dtype !== 'string') throw new FileFault(`${called} has no dtype.`);
  if (!Object.hasOwn(DTYPES, dtype))
    throw new FileFault(`${called} is ${quoted(dtype)}; F32 and F64 are read (I64, I32 and U8 for labels).`);
  if (!Array.isArray(shape) || !shape.every(isCount))
    throw new FileFault(`${called} has no shape of whole numbers.`);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount))
    throw new FileFault(`${called} has no data_offsets of two whole numbers.`);
  const [from, to] = offsets as [number, number];
  if (to < from) throw new FileFault(`${called} ends at byte ${to}, before it begins at ${from}.`);
  const kind = dtype as Dtype;
  let needed = DTYPES[kind].bytes;
  for (const size of shape) {
    needed *= size;
    if (!Number.isSafeInteger(needed))
      throw new FileFault(`${called} has an absurd shape: [${shape.slice(0, 8).join(', ')}].`);
  }
  if (needed !== to - from)
    throw new FileFault(
      `${called} has ${to - from} bytes; ${kind} of shape [${shape.slice(0, 8).join(', ')}] needs ${needed}.`,
    );
  return { name, dtype: kind, shape, from, to };
}

/** Throws unless the entries, in order, cover the data exactly: no overlap, no gap, nothing left over, nothing missing. */
function requireCover(entries: readonly Entry[], size: number): void {
  const beyond = entries.find(({ to }) => to > size);
  if (beyond)
    throw new FileFault(
      `Tensor ${quoted(beyond.name)} is out of range: it ends at byte ${beyond.to} of the data, and ${size} are there. The file may be truncated.`,
    );
  let end = 0;
  let last = '';
  for (const { name, from, to } of entries) {
    if (from < end) throw new FileFault(`Tensors ${quoted(last)} and ${quoted(name)} overlap.`);
    if (from > end)
      throw new FileFault(
        `Bytes ${end} to ${from} of the data belong to no tensor (before ${quoted(name)}).`,
      );
    end = to;
    last = name;
  }
  if (end < size) throw new FileFault(`${size - end} bytes after the last tensor belong to none.`);
}

function valuesOf({ name, dtype, from, to }: Entry, data: DataView): FloatArray {
  const { bytes, read } = DTYPES[dtype];
  const count = (to - from) / bytes;
  const values = dtype === 'F32' ? new Float32Array(count) : new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const value = read(data, from + i * bytes);
    if (!Number.isFinite(value))
      throw new FileFault(`Tensor ${quoted(name)} has ${Number.isNaN(value) ? 'NaN' : '∞'} at entry ${i}.`);
    values[i] = value;
  }
  return values;
}

/** Reads a safetensors file. Throws a FileFault that names the problem, and nothing else, on any other bytes. */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { header, dataStart } = headerOf(bytes);
  const metadata = metadataOf(header);
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, found]) => entryOf(name, found))
    .sort((a, b) => a.from - b.from || a.to - b.to);
  requireCover(entries, bytes.length - dataStart);
  const data = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.length - dataStart);
  const tensors = new Map(
    entries.map((entry): [string, StoredTensor] => [
      entry.name,
      { dtype: entry.dtype, shape: entry.shape, data: valuesOf(entry, data) },
    ]),
  );
  return { tensors, metadata };
}

/**
 * Writes tensors as F32 or F64 (rounded where `dtype` is F32), in the order given; the header is padded so that the data
 * begins at a multiple of 8. Throws a FileFault on values that are not finite.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, { shape: readonly number[]; data: FloatArray }>,
  metadata: ReadonlyMap<string, string>,
  dtype: 'F32' | 'F64',
): Uint8Array<ArrayBuffer> {
  const { bytes: each } = DTYPES[dtype];
  const entries: [string, unknown][] = metadata.size ? [[METADATA, Object.fromEntries(metadata)]] : [];
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    const from = end;
    end += each * data.length;
    entries.push([name, { dtype, shape, data_offsets: [from, end] }]);
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const header = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + header + end).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + header);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(header), true);
  bytes.set(json, LENGTH_BYTES);
  let at = LENGTH_BYTES + header;
  for (const [name, { data }] of tensors)
    for (const value of data) {
      if (!Number.isFinite(dtype === 'F32' ? Math.fround(value) : value))
        throw new FileFault(`${quoted(name)} has a value that is not finite as ${dtype}: ${value}.`);
      if (dtype === 'F32') view.setFloat32(at, value, true);
      else view.setFloat64(at, value, true);
      at += each;
    }
  return bytes;
}
