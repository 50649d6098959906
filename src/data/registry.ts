import type { DatasetId } from './ids';
import type {
  DatasetEntry,
  GeneratedEntry,
  PackStatistics,
  PackEntry,
  PackId,
  SimulatedEntry,
  TasksEntry,
  TextsEntry,
} from './entries';
import measured from './measured.json';
import { OWN_ENTRY } from './ownEntry';
import { EVENT_FRAMES } from './simulate/events';
import { ECG_TRACE } from './simulate/heartbeats';
import { HEART_STATES } from './simulate/tachogram';
import { SPIRALS, spirals } from './spirals';

export type * from './entries';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J'];

const SIMULATED = {
  text: 'Simulated by Parsimony',
  licence: 'MIT',
  url: 'https://opensource.org/license/mit',
};

const entry = (
  id: PackId,
  words: Pick<PackEntry, 'label' | 'describe' | 'classNames' | 'attribution'>,
): PackEntry => {
  const { bytes, ...constants }: PackStatistics = measured[id];
  const rank = constants.channels > 1 ? 4 : 3;
  const files = {
    trainImages: { name: `train-images-idx${rank}-ubyte.gz`, bytes: bytes.trainImages },
    trainLabels: { name: 'train-labels-idx1-ubyte.gz', bytes: bytes.trainLabels },
    testImages: { name: `t10k-images-idx${rank}-ubyte.gz`, bytes: bytes.testImages },
    testLabels: { name: 't10k-labels-idx1-ubyte.gz', bytes: bytes.testLabels },
  };
  return {
    kind: 'pack',
    id,
    ...words,
    ...constants,
    tasks: null,
    sample: 'picture',
    simulated: false,
    files,
  };
};

function textConstants({
  bytes,
  ...constants
}: PackStatistics): Omit<PackStatistics, 'bytes'> & Pick<TextsEntry, 'files'> {
  const files = {
    trainImages: { name: 'train-texts.txt.gz', bytes: bytes.trainImages },
    trainLabels: { name: 'train-labels-idx1-ubyte.gz', bytes: bytes.trainLabels },
    testImages: { name: 't10k-texts.txt.gz', bytes: bytes.testImages },
    testLabels: { name: 't10k-labels-idx1-ubyte.gz', bytes: bytes.testLabels },
  };
  return { ...constants, files };
}

/** The sets that are packs of pictures, by id. */
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
  emoji: entry('emoji', {
    label: 'Emoji (colour)',
    describe:
      'Emoji as three open sets draw them, 32 × 32 pixels in colour: drawings, not photographs. Which of nine groups? No emoji is in both training and test',
    classNames: [
      'Smileys & emotion',
      'People & body',
      'Animals & nature',
      'Food & drink',
      'Travel & places',
      'Activities',
      'Objects',
      'Symbols',
      'Flags',
    ],
    attribution: {
      text: 'Noto Emoji © Google Inc; Twemoji © Twitter, Inc and other contributors; Fluent Emoji © Microsoft Corporation',
      licence: 'Apache 2.0; CC BY 4.0; MIT',
      url: 'https://github.com/iconify/icon-sets',
    },
  }),
};

const GLOSSES: TextsEntry = {
  kind: 'texts',
  id: 'glosses',
  label: 'Glosses (text)',
  describe:
    '20,000 definitions of nouns from a dictionary, as counts of words hashed to 2,048 columns: which of ten topics?',
  classNames: [
    'Animal',
    'Plant',
    'Food',
    'Person',
    'Location',
    'Artifact',
    'Body',
    'Communication',
    'State',
    'Act',
  ],
  ...textConstants(measured.glosses),
  tasks: null,
  sample: 'text',
  simulated: false,
  attribution: {
    text: 'WordNet 3.1 © 2011 Princeton University',
    licence: 'WordNet licence',
    url: 'https://wordnet.princeton.edu/',
  },
};

const HEARTBEATS: SimulatedEntry = {
  kind: 'simulated',
  id: 'heartbeats',
  label: 'Heartbeats (simulated)',
  describe:
    'Ten seconds of an electrocardiogram at 50 Hz, simulated by a published model (McSharry et al. 2003) from rhythms of four states whose heart-rate variability differs',
  from: null,
  width: ECG_TRACE.values,
  height: 1,
  channels: 1,
  classNames: HEART_STATES.map(({ name }) => name),
  tasks: null,
  sample: 'trace',
  simulated: true,
  trainCount: 4000,
  testCount: 1000,
  byteMax: 255,
  ...measured.heartbeats,
  attribution: SIMULATED,
};

const EVENTS: SimulatedEntry = {
  kind: 'simulated',
  id: 'events',
  label: 'Event camera (simulated)',
  describe:
    'MNIST digits as an event camera would see them, simulated in your browser: counts of ON and OFF events in 12 frames of 26 ms, 17 × 17 cells',
  from: PACKS.mnist,
  width: EVENT_FRAMES.side,
  height: EVENT_FRAMES.side,
  channels: EVENT_FRAMES.bins * EVENT_FRAMES.polarities,
  classNames: DIGITS,
  tasks: null,
  sample: 'events',
  simulated: true,
  trainCount: 4000,
  testCount: 1000,
  // Events of a cell in a frame that few go beyond.
  byteMax: 16,
  ...measured.events,
  attribution: {
    text: `Simulated by Parsimony from ${PACKS.mnist.attribution.text}; calibrated on N-MNIST (Orchard et al. 2015)`,
    licence: PACKS.mnist.attribution.licence,
    url: PACKS.mnist.attribution.url,
  },
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
  attribution: SIMULATED,
};

/** All data sets by id, in the order of the menu. */
export const DATASETS: Readonly<Record<DatasetId, DatasetEntry>> = {
  ...PACKS,
  glosses: GLOSSES,
  heartbeats: HEARTBEATS,
  events: EVENTS,
  tasks: TASKS,
  spirals: SPIRAL,
  own: OWN_ENTRY,
};
