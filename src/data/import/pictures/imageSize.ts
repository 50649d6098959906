const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** Size of a picture in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** Tag of the orientation in Exif; 5 to 8 lie on their side. */
const ORIENTATION = 0x0112;

/** The orientation an Exif segment gives, 1 to 8; 1 where it gives none. */
function orientationIn(bytes: Uint8Array, view: DataView, from: number, end: number): number {
  if (end - from < 14 || ascii(bytes, from, 4) !== 'Exif') return 1;
  const tiff = from + 6;
  const little = ascii(bytes, tiff, 2) === 'II';
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > end) return 1;
  const entries = view.getUint16(directory, little);
  for (let i = 0, at = directory + 2; i < entries && at + 12 <= end; i++, at += 12) {
    if (view.getUint16(at, little) !== ORIENTATION) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/**
 * A JPEG's size stands in its first frame header (SOF0…SOF15 without DHT, JPG, DAC), behind segments of announced lengths. Browsers turn a
 * picture as its Exif says: one that lies on its side has width and height changed over.
 */
function jpegSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  let at = 2;
  let lies = false;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      return lies ? { height: width, width: height } : { height, width };
    }
    const next = at + 2 + view.getUint16(at + 2);
    if (marker === 0xe1) lies ||= orientationIn(bytes, view, at + 4, Math.min(next, bytes.length)) >= 5;
    at = next;
  }
  return null;
}

function webpSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  if (bytes.length < 30) return null;
  const kind = ascii(bytes, 12, 4);
  const three = (at: number): number => bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16);
  if (kind === 'VP8X') return { width: 1 + three(24), height: 1 + three(27) };
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind === 'VP8 ')
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  return null;
}

/** The size a PNG, GIF, JPEG or WebP declares, read from its header alone: known before anything is decoded. Null where it cannot be read. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = ((): ImageSize | null => {
    if (bytes.length < 12) return null;
    if (bytes[0] === 0x89)
      return bytes.length >= 24 ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
    if (bytes[0] === 0x47) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    return bytes[0] === 0xff ? jpegSize(bytes, view) : webpSize(bytes, view);
  })();
  return size && size.width > 0 && size.height > 0 ? size : null;
}
