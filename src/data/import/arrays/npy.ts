import { DataError } from '../../formats/error';
import { groupedCount, IMPORT_LIMITS } from '../limits';

/** An array of a .npy file in C order; `text` holds strings where its values are. */
export interface NpyArray {
  /** Sizes of its dimensions; empty for a single value. */
  shape: number[];
  values: Uint8Array | Float32Array | Float64Array;
  text: string[] | null;
  /** Whole numbers digit by digit, where some are beyond what a float tells apart (2⁵³); else null. */
  exact: string[] | null;
}

interface Header {
  descr: string;
  fortran: boolean;
  shape: number[];
  from: number;
}

function header(file: string, bytes: Uint8Array): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 10 || bytes[0] !== 0x93 || String.fromCharCode(...bytes.subarray(1, 6)) !== 'NUMPY')
    throw new DataError(file, 'it does not begin as a .npy file does (93 4e 55 4d 50 59)');
  const wide = bytes[6] >= 2;
  if (bytes.length < 12) throw new DataError(file, 'it ends inside its header');
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const from = (wide ? 12 : 10) + length;
  if (length > 100_000 || from > bytes.length) throw new DataError(file, 'it ends inside its header');
  const text = new TextDecoder('latin1').decode(bytes.subarray(wide ? 12 : 10, from));
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const shape = /'shape':\s*\(([^)]*)\)/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  if (descr === undefined || shape === undefined || order === undefined)
    throw new DataError(file, 'its header cannot be read (arrays of records are not taken)');
  return {
    descr,
    fortran: order === 'True',
    shape: shape
      .split(',')
      .filter((n) => n.trim() !== '')
      .map(Number),
    from,
  };
}

/** IEEE half precision. */
function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  return exponent === 31
    ? fraction
      ? NaN
      : sign * Infinity
    : sign * 2 ** (exponent - 25) * (1024 + fraction);
}

type Read = (view: DataView, at: number, little: boolean) => number;
const READERS: Partial<Record<string, Read>> = {
  i1: (view, at) => view.getInt8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  f2: (view, at, little) => half(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/** Text of fixed length: `U` holds 4 bytes a character, `S` one. */
function strings(
  view: DataView,
  kind: string,
  length: number,
  from: number,
  count: number,
  little: boolean,
): string[] {
  const step = kind === 'U' ? 4 : 1;
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let k = 0; k < length; k++) {
      const at = from + (i * length + k) * step;
      const code = step === 4 ? view.getUint32(at, little) : view.getUint8(at);
      if (code === 0) break;
      text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    }
    return text;
  });
}

/** From Fortran order (first index fastest) to C order (last index fastest). */
function reordered<T extends NpyArray['values']>(values: T, shape: readonly number[]): T {
  const out = values.slice() as T;
  const strides = shape.map((_, d) => shape.slice(0, d).reduce((a, b) => a * b, 1));
  const index = new Array<number>(shape.length).fill(0);
  for (let i = 0; i < out.length; i++) {
    out[i] = values[index.reduce((sum, k, d) => sum + k * strides[d], 0)];
    for (let d = shape.length - 1; d >= 0 && ++index[d] === shape[d]; d--) index[d] = 0;
  }
  return out;
}

/** Reads a .npy file (versions 1 to 3) of numbers, truth values or text. Python objects are refused: they would be programs. */
export function readNpy(file: string, bytes: Uint8Array): NpyArray {
  const { descr, fortran, shape, from } = header(file, bytes);
  if (/^\|?O/.test(descr))
    throw new DataError(
      file,
      'it holds Python objects (pickle), which may run programs: save plain numbers or text instead',
    );
  const parsed = /^([<>|=]?)([a-zA-Z])(\d+)$/.exec(descr);
  if (!parsed)
    throw new DataError(file, `its values are of a kind the lab does not read (${descr.slice(0, 20)})`);
  const [, order, letter, digits] = parsed;
  const kind = letter === 'b' ? 'u1' : letter + digits;
  const textual = letter === 'U' || letter === 'S';
  const item = textual ? Number(digits) * (letter === 'U' ? 4 : 1) : Number(digits);
  const reader = READERS[kind];
  if (!textual && kind !== 'u1' && !reader)
    throw new DataError(file, `its values are of a kind the lab does not read (${descr.slice(0, 20)})`);
  if (shape.length > 4 || !shape.every((n) => Number.isSafeInteger(n) && n >= 0))
    throw new DataError(file, `its shape (${shape.slice(0, 6).join(', ')}) is not one of samples`);
  const count = shape.reduce((product, n) => product * n, 1);
  if (count * item > IMPORT_LIMITS.inflated)
    throw new DataError(file, `its header announces ${groupedCount(count)} values, more than the lab takes`);
  if (from + count * item > bytes.length)
    throw new DataError(
      file,
      `it is truncated: ${groupedCount(bytes.length - from)} bytes of values where ${groupedCount(count * item)} are announced`,
    );
  const little = order !== '>';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (textual) {
    if (shape.length > 1) throw new DataError(file, 'it is text in several dimensions');
    const text =
      count > IMPORT_LIMITS.samples ? [] : strings(view, letter, Number(digits), from, count, little);
    return { shape, values: new Uint8Array(0), text, exact: null };
  }
  let values: NpyArray['values'];
  if (!reader) values = bytes.subarray(from, from + count);
  else {
    const narrow = ['f4', 'f2', 'i1', 'i2', 'u2'].includes(kind);
    // Asked before memory is taken: narrow numbers take more room than in the file.
    if (count * (narrow ? 4 : 8) > IMPORT_LIMITS.inflated)
      throw new DataError(file, `its ${groupedCount(count)} values are more than the lab holds`);
    values = narrow ? new Float32Array(count) : new Float64Array(count);
    for (let i = 0; i < count; i++) values[i] = reader(view, from + i * item, little);
  }
  return {
    shape,
    values: fortran && shape.length > 1 ? reordered(values, shape) : values,
    text: null,
    exact: exactOf(view, kind, from, values, shape, little),
  };
}

/** Labels beyond 2⁵³, digit by digit: as floats some of them would be the same. */
function exactOf(
  view: DataView,
  kind: string,
  from: number,
  values: NpyArray['values'],
  shape: readonly number[],
  little: boolean,
): string[] | null {
  if ((kind !== 'i8' && kind !== 'u8') || values.length > IMPORT_LIMITS.samples) return null;
  if (shape.length > 2 || (shape.length === 2 && shape[1] !== 1)) return null;
  if (values.every((value) => Number.isSafeInteger(value))) return null;
  return Array.from(values, (_, i) =>
    (kind === 'i8'
      ? view.getBigInt64(from + 8 * i, little)
      : view.getBigUint64(from + 8 * i, little)
    ).toString(),
  );
}
