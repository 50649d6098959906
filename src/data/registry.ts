import type { DatasetId } from '../configuration/schema';
import measured from './measured.json';

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

/** A data set as menus and loaders see it. */
export interface DatasetEntry {
  id: DatasetId;
  label: string;
  describe: string;
  files: Record<FileRole, DataFile>;
  /** Pixels across and down; a network has width·height inputs. */
  width: number;
  height: number;
  classNames: readonly string[];
  trainCount: number;
  testCount: number;
  /** The byte that stands for 1: pixels are byte/byteMax. */
  byteMax: number;
  /** Of byte/byteMax over all pixels of the training set. */
  mean: number;
  deviation: number;
  attribution: { text: string; licence: string; url: string };
}

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

const entry = (
  id: DatasetId,
  words: Pick<DatasetEntry, 'label' | 'describe' | 'classNames' | 'attribution'>,
): DatasetEntry => {
  const { bytes, ...constants }: Measured = measured[id];
  const files = {
    trainImages: { name: 'train-images-idx3-ubyte.gz', bytes: bytes.trainImages },
    trainLabels: { name: 'train-labels-idx1-ubyte.gz', bytes: bytes.trainLabels },
    testImages: { name: 't10k-images-idx3-ubyte.gz', bytes: bytes.testImages },
    testLabels: { name: 't10k-labels-idx1-ubyte.gz', bytes: bytes.testLabels },
  };
  return { id, ...words, ...constants, files };
};

/** All data sets by id, in the order of the menu. */
export const DATASETS: Readonly<Record<DatasetId, DatasetEntry>> = {
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
};
