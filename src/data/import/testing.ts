/** Files built in code, for the tests of the importers. */
import { zipSync } from 'fflate';
import { DataError } from '../formats/error';
import { ImportFaults } from './faults';
import { makeSamples } from './importer';
import { sortFiles } from './sortFiles';
import { type Album, planAlbum } from './pictures/pictures';
import { type ImportChoices, type ImportOptions, NO_OPTIONS } from './protocol';
import type { FileEntry, ImportedSamples } from './types';

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const entry = (path: string, bytes: Uint8Array | string): FileEntry => ({
  path,
  bytes: typeof bytes === 'string' ? utf8(bytes) : bytes,
});

/** IDX of unsigned bytes. */
export function idx(dimensions: readonly number[], values: ArrayLike<number>): Uint8Array {
  const size = dimensions.flatMap((n) => [n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
  return Uint8Array.from([0, 0, 8, dimensions.length, ...size, ...Array.from(values)]);
}

/** A .npy file of version 1 with this header and these bytes behind it. */
export function npy(descr: string, shape: readonly number[], body: Uint8Array, fortran = false): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': (${tuple}), }`;
  const header = utf8(text.padEnd(117) + '\n');
  return Uint8Array.from([0x93, ...utf8('NUMPY'), 1, 0, header.length, 0, ...header, ...body]);
}
export const floats = (values: readonly number[]): Uint8Array =>
  new Uint8Array(Float64Array.from(values).buffer);

/** A header of a regular file in ustar, with its content padded. */
export function tar(files: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const blocks = Object.entries(files).flatMap(([name, content]) => {
    const header = new Uint8Array(512);
    header.set(utf8(name), 0);
    header.set(utf8(content.length.toString(8).padStart(11, '0')), 124);
    header.set(utf8('        '), 148);
    header[156] = 48;
    header.set(utf8('ustar\x0000'), 257);
    const sum = header.reduce((a, b) => a + b, 0);
    header.set(utf8(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    const padded = new Uint8Array(Math.ceil(content.length / 512) * 512);
    padded.set(content);
    return [header, padded];
  });
  return concat([...blocks, new Uint8Array(1024)]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
  return all;
}

/** A PNG as far as its header goes: enough for what reads sizes. */
export function pngHead(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

export const zip = (files: Readonly<Record<string, Uint8Array>>, level: 0 | 6 = 6): Uint8Array =>
  zipSync({ ...files }, { level });

/** What came of files as the import worker sees them, but for the pixels: pictures are as bright as their label. */
export interface Imported {
  samples: ImportedSamples | null;
  /** Why they were refused. */
  problem: string | null;
  choices: ImportChoices | null;
  faults: string[];
  album: Album | null;
}

/** The whole way from files to samples; pictures are not decoded, but planned, placed and sized as they would be. */
export async function importOf(files: FileEntry[], options: Partial<ImportOptions> = {}): Promise<Imported> {
  const faults = new ImportFaults();
  const result: Imported = { samples: null, problem: null, choices: null, faults: [], album: null };
  try {
    const material = sortFiles(files, faults, () => undefined);
    if (material.kind === 'pictures') result.album = material.album;
    const made = await makeSamples(
      material,
      { ...NO_OPTIONS, ...options },
      faults,
      (album, size) => Promise.resolve(asDecoded(album, size, material.name)),
      (choices) => (result.choices = choices),
    );
    result.samples = made.samples;
    result.choices = made.choices;
  } catch (error) {
    // Anything else than a refusal in words is a crash.
    if (!(error instanceof DataError)) throw error;
    result.problem = error.message;
  }
  return { ...result, faults: faults.report.listed };
}

function asDecoded(
  album: Album,
  size: { width: number; height: number },
  file: string,
): ImportedSamples & { allGrey: boolean } {
  const { pictures, notes } = planAlbum(album, size, file);
  const area = size.width * size.height;
  return {
    sample: 'picture',
    ...size,
    channels: 1,
    count: pictures.length,
    values: Uint8Array.from(
      { length: area * pictures.length },
      (_, i) => pictures[Math.floor(i / area)].label,
    ),
    labels: Uint16Array.from(pictures, ({ label }) => label),
    names: album.names,
    test: album.given ? Uint8Array.from(pictures, ({ test }) => Number(test)) : null,
    columns: null,
    notes,
    allGrey: true,
  };
}

/** The value that feature j of sample i stands for. */
export function importedValue({ samples }: Imported, i: number, j: number): number {
  if (!samples?.columns) return NaN;
  const { low, span } = samples.columns;
  return low[j] + (samples.values[i * samples.width + j] / 255) * span[j];
}
