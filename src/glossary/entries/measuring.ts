import { OURS, TEXTBOOK } from '../sources';
import type { GlossaryEntry } from '../types';

/** Numbers on the page: what they are measured on, and how to read them. */
export const MEASURING_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'accuracy',
    term: 'accuracy',
    synonyms: ['acc.', 'test accuracy', 'test error'],
    sentence:
      'The share of images to which the network gives the right answer. Ten per cent is pure guessing where there are ten classes.',
    formula: '\\frac{1}{n} \\sum_{i=1}^{n} \\bigl[\\operatorname{argmax}_k y_{i,k} = c_i\\bigr]',
    where: { words: 'in the bar; lens Learn', goTo: { lens: 'learn' } },
    source: TEXTBOOK,
    related: ['n', 'test-images', 'linear-baseline', 'percentage-point'],
  },
  {
    id: 'n',
    term: 'n',
    synonyms: ['n =', 'number of images', 'number of runs'],
    sentence:
      'How many images, or in experiments how many runs, a number was measured on. The larger n, the less of it is luck.',
    where: { words: 'beside every accuracy and interval' },
    source: TEXTBOOK,
    related: ['accuracy', 'interval', 'test-images'],
  },
  {
    id: 'test-images',
    term: 'test images',
    synonyms: [
      'test image',
      'test split',
      'fixed test images',
      'training images',
      'training image',
      'training data',
    ],
    sentence:
      'Images kept out of training, to see how the network does on what it has never met. Those it learns from are the training images.',
    where: { words: 'lens Learn', goTo: { lens: 'learn' } },
    source: TEXTBOOK,
    related: ['accuracy', 'probe-images', 'n'],
  },
  {
    id: 'simulated',
    term: 'simulated',
    synonyms: ['simulated data', 'simulation'],
    sentence:
      'Said of data that a formula makes, such as heartbeats and moving edges here, and that nobody has measured. What holds for them need not hold for real ones.',
    where: { words: 'left on the stage; Set-up › Data', goTo: { control: 'setup-data' } },
    source: OURS,
    related: ['input', 'test-images'],
  },
  {
    id: 'probe-images',
    term: 'probe images',
    synonyms: ['probe set', 'probe image', 'probe'],
    sentence:
      'A small fixed set of images on which an operation is checked, or by which a criterion chooses: always the same, so that numbers can be compared.',
    where: { words: 'the report of an operation', goTo: { control: 'neurons' } },
    source: OURS,
    related: ['invariance-report', 'criterion', 'test-images'],
  },
  {
    id: 'linear-baseline',
    term: 'linear baseline',
    synonyms: ['softmax regression', 'baseline', 'dashed line', 'logistic regression'],
    sentence:
      'A network without any hidden layer, trained on the same batches. Its accuracy, the dashed line, is what can be had without a single hidden neuron.',
    formula: 'y = W x + b',
    where: { words: 'lens Learn, the dashed line “linear”', goTo: { lens: 'learn' } },
    source: OURS,
    related: ['linear', 'accuracy', 'twin'],
  },
  {
    id: 'percentage-point',
    term: 'point',
    synonyms: ['points', 'percentage point', 'percentage points', 'pp'],
    sentence:
      'The difference between two percentages: an accuracy that falls from 84 % to 82 % has lost two points.',
    where: { words: 'the report of an operation; lens Compare', goTo: { lens: 'compare' } },
    source: TEXTBOOK,
    related: ['accuracy', 'invariance-report'],
  },
  {
    id: 'reduction',
    term: 'reduction',
    symbol: '÷',
    synonyms: ['÷39', 'factor', 'times less'],
    sentence:
      '÷39 behind a number says: a thirty-ninth of what it is compared with. Of a number that grew it says ×.',
    where: { words: 'lens Energy', goTo: { lens: 'energy' } },
    source: OURS,
    related: ['waterfall', 'activation-energy'],
  },
  {
    id: 'standard-deviation',
    term: 'standard deviation',
    symbol: '±',
    synonyms: ['sd', 'spread', 'standard deviations', 'deviation'],
    sentence:
      'How far values typically lie from their mean. Written behind a number as ±, it says how much repeats differ.',
    formula: 's = \\sqrt{\\frac{1}{n-1} \\sum_i (v_i - \\bar v)^2}',
    where: {
      words: 'lens Energy, accuracy under noise; Experiments',
      goTo: { lens: 'energy', view: 'waterfall' },
    },
    source: TEXTBOOK,
    related: ['interval', 'coefficient-of-variation', 'n'],
  },
  {
    id: 'log-axis',
    term: 'log axis',
    synonyms: ['logarithmic axis', 'log scale', 'logarithmic'],
    sentence:
      'An axis on which equal distances are equal factors: from 1 to 10 is as far as from 10 to 100. It shows large and tiny values on one picture.',
    where: { words: 'the ⋯ under every chart', goTo: { lens: 'learn' } },
    source: TEXTBOOK,
    related: ['reduction', 'error-law'],
  },
  {
    id: 'float64',
    term: 'float64',
    synonyms: ['float32', 'double precision', '64 bits', '32 bits', 'rounding'],
    sentence:
      'Numbers kept to some 16 digits. Graphics cards use float32, some 7 digits; what has to be exact is computed in float64, so that rounding hides nothing.',
    where: { words: 'the invariance report; lens Energy', goTo: { control: 'neurons' } },
    source: 'IEEE 754',
    related: ['max-delta-logit', 'engine'],
  },
];
