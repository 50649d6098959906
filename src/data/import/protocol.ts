import type { OwnMeta } from '../own';
import type { FaultReport } from './faults';
import type { ImageSize } from './pictures/imageSize';
import type { SplitChoice } from './values/split';

/** What the visitor may choose before the data are taken; null leaves it to the lab. */
export interface ImportOptions {
  /** Table: number of the label column. */
  label: number | null;
  /** Table: whether the first row names the columns. */
  header: boolean | null;
  /** Table, arrays: rows that may be square grey pictures are taken for such. */
  pictures: boolean | null;
  /** Pictures: the size they get. */
  size: ImageSize | null;
  /** Pictures: grey although there are colours. */
  grey: boolean;
}

/** Nothing chosen: what the files themselves suggest. */
export const NO_OPTIONS: ImportOptions = {
  label: null,
  header: null,
  pictures: null,
  size: null,
  grey: false,
};

/** Page → import worker. Cancelling is ending the worker. */
export type ImportCommand =
  | { type: 'read'; files: { path: string; file: File }[] }
  | { type: 'choose'; options: ImportOptions }
  | { type: 'keep'; split: SplitChoice };

/** What there is to choose, and what is chosen. */
export interface ImportChoices {
  labels: { index: number; name: string; distinct: number }[] | null;
  label: number | null;
  header: boolean | null;
  /** Null where rows cannot be pictures. */
  pictures: boolean | null;
  sizes: ImageSize[] | null;
  /** Null where there are no colours to give up. */
  grey: boolean | null;
}

/** The data as they would be taken. */
export interface ImportPreview {
  name: string;
  sample: 'picture' | 'features';
  width: number;
  height: number;
  channels: number;
  count: number;
  classNames: string[];
  /** Samples per class. */
  counts: number[];
  /** Of those, how many the files call tests; null where they do not say. */
  given: number[] | null;
  /** A few samples per class, [class][sample]: bytes of pictures, or values of the first columns. */
  pictures: Uint8Array[][] | null;
  rows: { columns: string[]; values: number[][][] } | null;
  notes: string[];
}

/** Import worker → page. */
export type ImportReport =
  | { type: 'progress'; what: string; done: number; total: number }
  | { type: 'preview'; preview: ImportPreview; choices: ImportChoices; faults: FaultReport }
  /** The files cannot be taken as they are; `choices` where another choice may help. */
  | { type: 'refused'; problem: string; choices: ImportChoices | null; faults: FaultReport }
  | { type: 'kept'; meta: OwnMeta }
  | { type: 'failed'; problem: string };
