import { baseName } from './pairing/paths';

/** What a file is, by its first bytes; its name only decides where bytes cannot. */
export type FileKind = 'idx' | 'npy' | 'cifar' | 'picture' | 'text' | 'zip' | 'gzip' | 'tar' | 'other';

/** CIFAR-10: one label and 32 × 32 pixels in three planes. */
export const CIFAR_RECORD = 1 + 3 * 32 * 32;

export const starts = (bytes: Uint8Array, ...magic: number[]): boolean =>
  bytes.length >= magic.length && magic.every((byte, i) => bytes[i] === byte);
export const ascii = (bytes: Uint8Array, from: number, text: string): boolean =>
  bytes.length >= from + text.length && Array.from(text).every((c, i) => bytes[from + i] === c.charCodeAt(0));

/** Whether bytes begin like a picture the browser decodes. */
export function isPicture(bytes: Uint8Array): boolean {
  return (
    starts(bytes, 0x89, 0x50, 0x4e, 0x47) ||
    starts(bytes, 0xff, 0xd8, 0xff) ||
    ascii(bytes, 0, 'GIF8') ||
    (ascii(bytes, 0, 'RIFF') && ascii(bytes, 8, 'WEBP'))
  );
}

/** Looks at a file (all of its bytes, or at least the first 512). */
export function fileKindOf(path: string, bytes: Uint8Array): FileKind {
  const name = baseName(path).toLowerCase();
  if (starts(bytes, 0x93) && ascii(bytes, 1, 'NUMPY')) return 'npy';
  if (starts(bytes, 0x50, 0x4b, 3, 4) || starts(bytes, 0x50, 0x4b, 5, 6)) return 'zip';
  if (starts(bytes, 0x1f, 0x8b)) return 'gzip';
  if (isPicture(bytes)) return 'picture';
  if (ascii(bytes, 257, 'ustar')) return 'tar';
  // Archives that unpack themselves begin with a program.
  if (name.endsWith('.zip')) return 'zip';
  if (name.endsWith('.bin')) return 'cifar';
  if (
    bytes.length >= 4 &&
    bytes[0] === 0 &&
    bytes[1] === 0 &&
    bytes[2] >= 8 &&
    bytes[2] <= 14 &&
    bytes[3] < 9
  )
    return 'idx';
  if (/(idx\d|ubyte)/.test(name)) return 'idx';
  if (/\.(csv|tsv|tab|txt|data|dat)$/.test(name)) return 'text';
  if (/\.npy$/.test(name)) return 'npy';
  if (/\.(png|jpe?g|gif|webp)$/.test(name)) return 'picture';
  return 'other';
}

/** What the lab reads, in words: said wherever a file is none of it. */
export const ACCEPTED_FORMATS =
  'IDX (images and labels, gzipped or not), CIFAR-10 binary (.bin or the .tar.gz), CSV with a column of labels, NumPy (.npy for X and y, or .npz), and pictures (PNG, JPEG, GIF, WebP) in one folder or zip per class';
