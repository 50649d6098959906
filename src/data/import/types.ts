/** A file as it came, or an entry of an archive; `path` is only read for the names of class folder and file. */
export interface FileEntry {
  path: string;
  /** Path of the archive it came out of, if any: its name may say something, too. */
  archive?: string;
  bytes: Uint8Array;
}

/** How the bytes of feature column j stand for values: value = low[j] + byte/255 · span[j]. */
export interface ColumnCodes {
  names: string[];
  low: Float64Array;
  span: Float64Array;
}

/** What a format yields: samples as bytes [count, channels·height·width] with labels that index `names`. */
export interface ImportedSamples {
  sample: 'picture' | 'features';
  width: number;
  height: number;
  channels: number;
  count: number;
  values: Uint8Array;
  labels: Uint16Array;
  names: string[];
  /** Per sample 1 where the files themselves call it a test sample; null where they do not say. */
  test: Uint8Array | null;
  columns: ColumnCodes | null;
  /** What was decided on the way, in sentences. */
  notes: string[];
}

/** Values per sample. */
export const valuesPerSample = ({
  width,
  height,
  channels,
}: Pick<ImportedSamples, 'width' | 'height' | 'channels'>): number => width * height * channels;
