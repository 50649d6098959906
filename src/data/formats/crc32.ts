const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  return c;
});

/** The value a CRC-32 begins with. */
export const CRC_START = 0xffffffff;

/** Continues a CRC-32 (ISO 3309, as in gzip and zip) over `bytes`, from the value `crc` of the bytes before. */
export function crcOver(crc: number, bytes: Uint8Array): number {
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return crc;
}

/** The finished value, as files store it. */
export const crcEnd = (crc: number): number => (crc ^ 0xffffffff) >>> 0;
