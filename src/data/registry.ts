import type { DatasetId } from '../configuration/schema';
import measured from './measured.json';
import { type Points, SPIRALS, spirals } from './spirals';

/** What `npm run data` measures on a pack: sizes, packed bytes per file, mean and deviation of byte/byteMax over the training set. */
export interface Measured {
  width: number;
  height: number;
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
interface Described {
  id: DatasetId;
  label: string;
  describe: string;
  /** Values across and down, and planes; a sample has channels·width·height of them, plane by plane. */
  width: number;
  height: number;
  channels: number;
  /** By label, all tasks in turn. */
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

/** Ids of the sets that are packs of files. */
export type PackId = keyof typeof measured;

/** A set served as files. */
export interface PackEntry extends Described {
  kind: 'pack';
  id: PackId;
  files: Record<FileRole, DataFile>;
  /** Of byte/byteMax over all pixels of the training set. */
  mean: number;
  deviation: number;
}

/** Several packs of one shape as tasks, each cut to the smallest. */
export interface TasksEntry extends Described {
  kind: 'tasks';
  parts: readonly PackEntry[];
}

/** A set made in code, without any download. */
export interface GeneratedEntry extends Described {
  kind: 'generated';
  generate: (count: number, split: 'train' | 'test') => Points;
}

export type DatasetEntry = PackEntry | TasksEntry | GeneratedEntry;

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];

const entry = (
  id: PackId,
  words: Pick<PackEntry, 'label' | 'describe' | 'classNames' | 'attribution'>,
): PackEntry => {
  const { bytes, ...constants }: Measured = measured[id];
  const files = {
    trainImages: { name: 'train-images-idx3-ubyte.gz', bytes: bytes.trainImages },
    trainLabels: { name: 'train-labels-idx1-ubyte.gz', bytes: bytes.trainLabels },
    testImages: { name: 't10k-images-idx3-ubyte.gz', bytes: bytes.testImages },
    testLabels: { name: 't10k-labels-idx1-ubyte.gz', bytes: bytes.testLabels },
  };
  return {
    kind: 'pack',
    id,
    ...words,
    ...constants,
    tasks: null,
    channels: 1,
    sample: 'picture',
    simulated: false,
    files,
  };
};

/** The sets that are packs, by id. */
export const PACKS: Readonly<Record<PackId, PackEntry>> = {
  'fashion-mnist': entry('fashion-mnist', {
    label: 'Fashion-MNIST',
    describe: '70,000 photographs of clothes, shoes and bags, 28 × 28 pixels',
    classNames: [
      'T-shirt/top',
      'Trouser',
      'Pullover',
      'Dress',
      'Coat',
      'Sandal',
      'Shirt',
      'Sneaker',
      'Bag',
      'Ankle boot',
    ],
    attribution: {
      text: 'Fashion-MNIST © 2017 Zalando SE (Xiao, Rasul, Vollgraf)',
      licence: 'MIT',
      url: 'https://github.com/zalandoresearch/fashion-mnist',
    },
  }),
  mnist: entry('mnist', {
    label: 'MNIST',
    describe: '70,000 handwritten digits, 28 × 28 pixels',
    classNames: DIGITS,
    attribution: {
      text: 'MNIST © Yann LeCun and Corinna Cortes',
      licence: 'CC BY-SA 3.0',
      url: 'http://yann.lecun.com/exdb/mnist/',
    },
  }),
  digits: entry('digits', {
    label: 'Digits 8 × 8',
    describe: '1,797 small handwritten digits, 8 × 8 pixels: there in an instant',
    classNames: DIGITS,
    attribution: {
      text: 'Optical Recognition of Handwritten Digits (Alpaydin, Kaynak, 1998), UCI Machine Learning Repository',
      licence: 'CC BY 4.0, as far as we know',
      url: 'https://archive.ics.uci.edu/dataset/80/optical+recognition+of+handwritten+digits',
    },
  }),
  letters: entry('letters', {
    label: 'Letters A–J (rendered fonts, not EMNIST)',
    describe: 'Letters drawn from 64 open font families, some slanted, stretched and shifted, 28 × 28 pixels',
    classNames: LETTERS,
    attribution: {
      text: 'Rendered from 64 font families of Fontsource (named in the notice beside the files)',
      licence: 'pictures MIT, fonts OFL 1.1',
      url: 'https://fontsource.org',
    },
  }),
};

const TASK_PARTS = [PACKS.mnist, PACKS['fashion-mnist'], PACKS.letters] as const;
const smallest = (count: (part: PackEntry) => number): number => Math.min(...TASK_PARTS.map(count));

const TASKS: TasksEntry = {
  kind: 'tasks',
  id: 'tasks',
  label: 'Three tasks: digits, clothes, letters',
  describe:
    'MNIST, Fashion-MNIST and rendered letters, each with inputs and outputs of its own, cut to the smallest set',
  parts: TASK_PARTS,
  width: 28,
  height: 28,
  classNames: TASK_PARTS.flatMap((part) => part.classNames),
  tasks: ['MNIST', 'Fashion-MNIST', 'Letters'],
  channels: 1,
  sample: 'picture',
  simulated: false,
  trainCount: TASK_PARTS.length * smallest((part) => part.trainCount),
  testCount: TASK_PARTS.length * smallest((part) => part.testCount),
  byteMax: 255,
  attribution: {
    text: TASK_PARTS.map((part) => part.attribution.text).join('; '),
    licence: TASK_PARTS.map((part) => part.attribution.licence).join('; '),
    url: PACKS.letters.attribution.url,
  },
};

const SPIRAL: GeneratedEntry = {
  kind: 'generated',
  id: 'spirals',
  label: 'Spirals (simulated)',
  describe: 'Points of the plane on three spiral arms, made in your browser: for decision regions',
  generate: spirals,
  width: 2,
  height: 1,
  classNames: ['Arm 1', 'Arm 2', 'Arm 3'],
  tasks: null,
  channels: 1,
  sample: 'point',
  simulated: true,
  trainCount: SPIRALS.trainCount,
  testCount: SPIRALS.testCount,
  byteMax: 255,
  attribution: { text: 'Simulated by Parsimony', licence: 'MIT', url: 'https://opensource.org/license/mit' },
};

/** All data sets by id, in the order of the menu. */
export const DATASETS: Readonly<Record<DatasetId, DatasetEntry>> = {
  ...PACKS,
  tasks: TASKS,
  spirals: SPIRAL,
};
