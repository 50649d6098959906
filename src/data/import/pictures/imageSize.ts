const ascii = (bytes: Uint8Array, from: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(from, from + length));

/** Size of a picture in pixels. */
export interface ImageSize {
  width: number;
  height: number;
}

/** A JPEG's size stands in its first frame header (SOF0…SOF15 without DHT, JPG, DAC), behind segments of announced lengths. */
function jpegSize(bytes: Uint8Array, view: DataView): ImageSize | null {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1];
    if (marker === 0xff) {
      at++;
      continue;
    }
    const frame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (frame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
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
