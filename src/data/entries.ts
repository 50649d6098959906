import type { DatasetId } from './ids';
import type measured from './measured.json';
import type { LabelledPoints } from './spirals';

/** What `npm run data` measures on a pack: sizes, packed bytes per file, mean and deviation of byte/byteMax over the training set. */
export interface PackStatistics {
  width: number;
  height: number;
  channels: number;
  byteMax: number;
  trainCount: number;
  testCount: number;
  mean: number;
  deviation: number;
  bytes: Record<FileRole, number>;
}
export type FileRole = 'trainImages' | 'trainLabels' | 'testImages' | 'testLabels';

/** A served file: name inside data/<id>/, and its size in bytes as packed. */
export interface DataFile {
  name: string;
  bytes: number;
}

/**
 * What a sample is, and so how it is shown: a picture (planes [channel][y][x]), a point of the plane, a short text (its inputs are
 * counts of hashed words), a trace over time (one value per time step), event frames ([bin][polarity][y][x]), or plain features.
 */
export type SampleKind = 'picture' | 'point' | 'text' | 'trace' | 'events' | 'features';

/** A data set as menus and views see it. */
export interface DatasetDescription {
  id: DatasetId;
  label: string;
  describe: string;
  /** The number of values across and down, and of planes. A sample has channels·width·height values, plane by plane. */
  width: number;
  height: number;
  channels: number;
  /** The names of the classes, by label; where there are several tasks, those of all tasks one after another. */
  classNames: readonly string[];
  /** Names of the tasks of a set made of several (labels are task·c + class), else null. */
  tasks: readonly string[] | null;
  sample: SampleKind;
  /** True where the data are made by published equations and not measured: marked *simulated* wherever they appear. */
  simulated: boolean;
  trainCount: number;
  testCount: number;
  /** The byte that stands for 1: inputs are made of byte/byteMax. */
  byteMax: number;
  attribution: { text: string; licence: string; url: string };
}

/** Ids of the sets that are packs of pictures. */
export type PackId = Exclude<keyof typeof measured, 'glosses' | SimulatedId>;
/** Ids of the sets that are simulated sample by sample. */
export type SimulatedId = 'heartbeats' | 'events';

/** A data set that is served as files. */
export interface FilesEntry extends DatasetDescription {
  files: Record<FileRole, DataFile>;
  /** Mean and standard deviation of byte/byteMax over all values of the training set. */
  mean: number;
  deviation: number;
}

/** Pictures as IDX files: [n, height, width], or [n, channels, height, width] where there are several planes. */
export interface PackEntry extends FilesEntry {
  kind: 'pack';
  id: PackId;
}

/** Short texts, one to a line; their inputs are counts of hashed words (text/hash.ts). */
export interface TextsEntry extends FilesEntry {
  kind: 'texts';
  id: 'glosses';
}

/**
 * A data set that is simulated sample by sample while training goes on; from the images of a pack (`from`), or from
 * nothing.
 */
export interface SimulatedEntry extends DatasetDescription {
  kind: 'simulated';
  id: SimulatedId;
  from: PackEntry | null;
  /** Of byte/byteMax over all values of the training set, measured by `npm run data`. */
  mean: number;
  deviation: number;
}

/** A set whose parts are several packs of one shape, each a task. All are cut to the size of the smallest. */
export interface TasksEntry extends DatasetDescription {
  kind: 'tasks';
  parts: readonly PackEntry[];
}

/** A data set that is made in code, without any download. */
export interface GeneratedEntry extends DatasetDescription {
  kind: 'generated';
  generate: (count: number, split: 'train' | 'test') => LabelledPoints;
}

/**
 * The visitor's own data, which lie in this browser's storage. The entry is filled while the page lives (ownEntry.ts);
 * its `trainCount` is 0 where there are none.
 */
export interface OwnEntry extends DatasetDescription {
  kind: 'own';
  id: 'own';
  /** When the data were imported (milliseconds since 1970); this tells one own set from another. */
  savedAt: number;
  /** Names of the columns of a table; null where they are not known. */
  features: readonly string[] | null;
}

export type DatasetEntry = PackEntry | TextsEntry | SimulatedEntry | TasksEntry | GeneratedEntry | OwnEntry;
