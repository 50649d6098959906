/** Table k carries a byte on over k further bytes of zero: four bytes are then one step ("slicing by four"). */
const TABLES = Array.from({ length: 4 }, () => new Uint32Array(256));
for (let n = 0; n < 256; n++) {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  TABLES[0][n] = c;
}
for (let k = 1; k < 4; k++)
  for (let n = 0; n < 256; n++) TABLES[k][n] = TABLES[0][TABLES[k - 1][n] & 255] ^ (TABLES[k - 1][n] >>> 8);
const [T0, T1, T2, T3] = TABLES;

/** The value a CRC-32 begins with. */
export const CRC_START = 0xffffffff;

/** Continues a CRC-32 (ISO 3309, as in gzip and zip) over `bytes`, from the value `crc` of the bytes before. */
export function crcOver(crc: number, bytes: Uint8Array): number {
  let at = 0;
  const whole = bytes.length & ~3;
  for (; at < whole; at += 4) {
    crc ^= bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
    crc = T3[crc & 255] ^ T2[(crc >>> 8) & 255] ^ T1[(crc >>> 16) & 255] ^ T0[crc >>> 24];
  }
  for (; at < bytes.length; at++) crc = T0[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  return crc;
}

/** The finished value, as files store it. */
export const crcEnd = (crc: number): number => (crc ^ 0xffffffff) >>> 0;
