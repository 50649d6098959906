import { DataError } from '../../formats/error';
import type { ImportFaults } from '../faults';
import { evenSubset } from '../values/finishImport';
import { type ImageSize, imageSize } from './imageSize';
import { isPicture } from '../kinds';
import { groupedCount, IMPORT_LIMITS } from '../limits';
import { placesOf } from '../pairing/folders';
import { baseName } from '../pairing/paths';
import type { FileEntry } from '../types';

/** A picture still encoded, whose class is the name of its folder. */
export interface EncodedPicture extends ImageSize {
  path: string;
  bytes: Uint8Array;
  label: number;
  test: boolean;
}

/** Pictures by class, before they are decoded. */
export interface Album {
  pictures: EncodedPicture[];
  names: string[];
  /** Whether the folders say which are tests. */
  given: boolean;
  /** Different sizes, most frequent first. */
  sizes: (ImageSize & { count: number })[];
  notes: string[];
}

/** Largest side of pictures kept pixel by pixel. */
const LARGEST_SIDE = 64;
/** Sides that pictures may be scaled to. */
const PICTURE_SIDES = [16, 28, 32, 48, 64] as const;

/** Reads headers alone: what is no picture, has no folder or is too large is left out and named. */
export function collectPictures(entries: readonly FileEntry[], faults: ImportFaults): Album {
  const pictures: EncodedPicture[] = [];
  const known = new Map<string, number>();
  const marks = new Set<string | null>();
  const sound: (FileEntry & ImageSize)[] = [];
  for (const entry of entries) {
    const file = baseName(entry.path);
    const size = isPicture(entry.bytes) ? imageSize(entry.bytes) : null;
    if (!isPicture(entry.bytes)) faults.add(file, 'it is no picture the lab reads (PNG, JPEG, GIF, WebP)');
    else if (!size) faults.add(file, 'its header is damaged or cut off');
    else if (size.width * size.height > IMPORT_LIMITS.pixels)
      faults.add(
        file,
        `it declares ${groupedCount(size.width)} × ${groupedCount(size.height)} pixels, more than are decoded`,
      );
    else sound.push({ ...entry, ...size });
  }
  const places = placesOf(sound);
  sound.forEach(({ path, bytes, width, height }, i) => {
    const { label, split, outside } = places[i];
    const file = baseName(path);
    if (outside)
      faults.add(file, 'it lies neither in a folder for training nor in one for tests, as others do');
    else if (label === null) faults.add(file, 'it lies in no folder: the folder names the class');
    else {
      if (!known.has(label)) known.set(label, known.size);
      marks.add(split);
      pictures.push({ path, bytes, width, height, label: known.get(label) ?? 0, test: split === 'test' });
    }
  });
  const tally = new Map<string, ImageSize & { count: number }>();
  for (const { width, height } of pictures) {
    const key = `${width} ${height}`;
    const found = tally.get(key) ?? { width, height, count: 0 };
    found.count++;
    tally.set(key, found);
  }
  return {
    pictures,
    names: [...known.keys()],
    given: marks.has('test') && marks.has('train'),
    sizes: [...tally.values()].sort((a, b) => b.count - a.count || a.width - b.width),
    notes: [],
  };
}

/** Share of the pictures that must have one size for it to be that of all. */
const COMMON = 0.5;

/** The size pictures get unless the visitor chooses: that of at least half of them where it is small enough, else 32 × 32. */
export function defaultSize({ sizes, pictures }: Album): ImageSize {
  const [{ width, height, count }] = sizes;
  const small = width <= LARGEST_SIDE && height <= LARGEST_SIDE;
  return small && count >= COMMON * pictures.length ? { width, height } : { width: 32, height: 32 };
}

/** Sizes to choose from: the most frequent ones that are small enough, and squares. */
export function sizeChoices({ sizes }: Album): ImageSize[] {
  const small = sizes
    .filter(({ width, height }) => width <= LARGEST_SIDE && height <= LARGEST_SIDE)
    .slice(0, 3);
  const all = [...small, ...PICTURE_SIDES.map((side) => ({ width: side, height: side }))];
  return all
    .map(({ width, height }) => ({ width, height }))
    .filter(
      (one, i) => all.findIndex((other) => other.width === one.width && other.height === one.height) === i,
    );
}

/** The part of an album that fits in memory at `size`, evenly by class, and what is said about sizes. */
export function planAlbum(
  album: Album,
  size: ImageSize,
  file: string,
): { pictures: EncodedPicture[]; notes: string[] } {
  if (album.pictures.length === 0) throw new DataError(file, 'no picture could be read: see the list');
  const notes: string[] = [];
  const other = album.pictures.filter(
    ({ width, height }) => width !== size.width || height !== size.height,
  ).length;
  if (other > 0)
    notes.push(
      `${groupedCount(other)} of ${groupedCount(album.pictures.length)} pictures have another size than ${size.width} × ${size.height}: each is scaled until it fills that size, and what stands over is cut off at both sides.`,
    );
  const part = evenSubset(
    album.pictures.map(({ label }) => label),
    Math.floor(IMPORT_LIMITS.kept / (3 * size.width * size.height + 4)),
  );
  if (part)
    notes.push(
      `${groupedCount(album.pictures.length)} pictures of that size are more than the lab keeps: ${groupedCount(part.length)} are read, evenly from every class.`,
    );
  return { pictures: part ? Array.from(part, (i) => album.pictures[i]) : album.pictures, notes };
}

/** A crop of a picture in the shape of `to`, as large as possible and in the middle. */
export function coverCrop(
  from: ImageSize,
  to: ImageSize,
): { x: number; y: number; width: number; height: number } {
  const scale = Math.min(from.width / to.width, from.height / to.height);
  const [width, height] = [to.width * scale, to.height * scale];
  return { x: (from.width - width) / 2, y: (from.height - height) / 2, width, height };
}

/** Weights of red, green and blue in grey (Rec. 601). */
const GREY = [0.299, 0.587, 0.114] as const;
/** Red, green and blue this close are grey: JPEG leaves as much behind. */
const CLOSE = 8;

/** Whether all pixels of RGBA bytes are grey. */
export function isGrey(rgba: Uint8ClampedArray): boolean {
  for (let i = 0; i < rgba.length; i += 4) {
    if (Math.abs(rgba[i] - rgba[i + 1]) > CLOSE || Math.abs(rgba[i] - rgba[i + 2]) > CLOSE) return false;
  }
  return true;
}

/** Writes RGBA pixels as three planes. */
export function writePlanes(rgba: Uint8ClampedArray, out: Uint8Array, at: number): void {
  const area = rgba.length / 4;
  for (let i = 0; i < area; i++) for (let c = 0; c < 3; c++) out[at + c * area + i] = rgba[4 * i + c];
}

/** Pictures of three planes as grey ones. */
export function toGrey(values: Uint8Array, count: number, area: number): Uint8Array {
  const out = new Uint8Array(count * area);
  for (let i = 0; i < count; i++) {
    const from = 3 * i * area;
    for (let p = 0; p < area; p++)
      out[i * area + p] = Math.round(
        GREY[0] * values[from + p] +
          GREY[1] * values[from + area + p] +
          GREY[2] * values[from + 2 * area + p],
      );
  }
  return out;
}
