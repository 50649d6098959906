const MEBI = 2 ** 20;

/** What an import may be at most and at least. Each refusal names its limit. */
export const IMPORT_LIMITS = {
  /** Files dropped, or entries of a tar (a zip lists 65,534 at most). */
  files: 100_000,
  /** Bytes of all files dropped. */
  packed: 512 * MEBI,
  /** Bytes of everything unpacked, counted while it unpacks. */
  inflated: 512 * MEBI,
  /** Values of one sample: 64 × 64 pixels in colour. */
  values: 12_288,
  samples: 1_000_000,
  /** Bytes of samples kept: what every WebGPU device binds at once. */
  kept: 128 * MEBI,
  /** As many as the configuration can list. */
  classes: 30,
  /** Different labels beyond which a column is a measurement and not a class. */
  labels: 1000,
  leastSamples: 20,
  /** Bytes of one cell of a table: more is a quote that was never closed. */
  cell: 10_000,
  /** Pixels of one picture before it is scaled down. */
  pixels: 40_000_000,
  /** Problems listed one by one; the rest are counted. */
  listed: 20,
} as const;

/** "12.3 MB" (of 2²⁰ bytes); what would be 0.0 MB in KB. */
export const megabytes = (bytes: number): string =>
  bytes < 0.05 * MEBI
    ? `${Math.ceil(bytes / 1024)} KB`
    : `${(bytes / MEBI).toFixed(bytes < 10 * MEBI ? 1 : 0)} MB`;

/** "12,288". */
export const groupedCount = (n: number): string => n.toLocaleString('en-US');
