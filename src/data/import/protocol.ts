import type { OwnMeta } from '../ownEntry';
import type { FaultReport } from './faults';
import type { ImageSize } from './pictures/imageSize';
import type { PartView, Role } from './pairing/roles';
import type { Turn } from './pictures/turn';
import type { Decimal } from './tables/numbers';
import type { ColumnView } from './tables/samples';
import type { SplitChoice } from './values/split';

/** What the visitor may choose before the data are taken; null leaves it to the lab. */
export interface ImportOptions {
  /** ImportedTable: number of the label column. */
  label: number | null;
  /** ImportedTable: whether the first row names the columns. */
  header: boolean | null;
  /** ImportedTable: what commas in numbers are. */
  decimal: Decimal | null;
  /** ImportedTable: columns ticked or unticked by hand. */
  columns: Readonly<Record<number, boolean>>;
  /** ImportedTable: rows with missing values are left out, or the values filled in. */
  missing: 'drop' | 'fill';
  /** ImportedTable, arrays: values that dwarf all others are cut to the range of the others. */
  cut: boolean;
  /** Arrays, IDX: what arrays are for, by their names. */
  roles: Readonly<Record<string, Role>>;
  /** ImportedTable, arrays: rows that may be square grey pictures are taken for such. */
  pictures: boolean | null;
  /** Pictures: the size they get. */
  size: ImageSize | null;
  /** Pictures: grey although there are colours. */
  grey: boolean;
  /** Pictures: how they are turned and mirrored. */
  turn: Turn;
}

/** Nothing chosen: what the files themselves suggest. */
export const NO_OPTIONS: ImportOptions = {
  label: null,
  header: null,
  decimal: null,
  columns: {},
  missing: 'drop',
  cut: true,
  roles: {},
  pictures: null,
  size: null,
  grey: false,
  turn: 'none',
};

/** Page → import worker. Cancelling is ending the worker. */
export type ImportCommand =
  | { type: 'read'; files: { path: string; file: File }[] }
  | { type: 'choose'; options: ImportOptions }
  | { type: 'keep'; split: SplitChoice };

/** What there is to choose, and what is chosen; null where there is nothing to choose. */
export interface ImportChoices {
  labels: { index: number; name: string; distinct: number }[] | null;
  label: number | null;
  header: boolean | null;
  /** Null where no number holds a comma. */
  decimal: Decimal | null;
  /** ColumnCodes of a table, the first of them where they are very many. */
  columns: ColumnView[] | null;
  /** How many columns there are in all. */
  columnCount: number;
  /** Null where nothing is missing. */
  missing: 'drop' | 'fill' | null;
  /** Null where no value dwarfs the others. */
  cut: boolean | null;
  /** Arrays by name, with what they are taken for. */
  parts: PartView[] | null;
  /** Null where rows cannot be pictures. */
  pictures: boolean | null;
  sizes: ImageSize[] | null;
  /** Null where there are no colours to give up. */
  grey: boolean | null;
  /** Null where samples are no pictures. */
  turn: Turn | null;
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
  /** ImportedSamples per class. */
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
