/** Which part of a set a name says its samples are. */
export type Split = 'train' | 'test';
/** What a name says an array or file holds. */
export type Part = 'samples' | 'labels' | 'class names' | 'feature names';

/** What the words of a name say. */
export interface Meaning {
  split: Split | null;
  part: Part | null;
  /** Whether the split is one of validation, which counts as test. */
  validation: boolean;
  /** Every other word: what images and their labels have in common. */
  rest: string;
}

const TRAIN = ['train', 'training', 'trn'];
const VALIDATION = ['val', 'valid', 'validation', 'dev'];
const TEST = ['test', 'testing', 'tst', 't10k', 'eval', 'evaluation', 'holdout', ...VALIDATION];
const LABELS = [
  'y',
  'label',
  'labels',
  'lbl',
  'lbls',
  'target',
  'targets',
  'class',
  'classes',
  'answer',
  'answers',
];
/** `data` and its like say less than the others: `train_data_labels` are labels. */
const SAMPLES = [
  'x',
  'image',
  'images',
  'img',
  'imgs',
  'feature',
  'features',
  'pixel',
  'pixels',
  'input',
  'inputs',
  'data',
  'sample',
  'samples',
];
const NAMES = ['name', 'names'];
/** Words that say nothing of what is meant. */
const FILLER = [
  'idx',
  'ubyte',
  'set',
  'sets',
  'dataset',
  'datasets',
  'split',
  'splits',
  'seg',
  'folder',
  'dir',
  'file',
  'files',
  'picture',
  'pictures',
  'photo',
  'photos',
  'raw',
  'all',
  'full',
  'final',
  'new',
  'my',
  'the',
  'npy',
  'npz',
  'gz',
  'csv',
];
const KNOWN = new Set([...TRAIN, ...TEST, ...LABELS, ...SAMPLES, ...NAMES, ...FILLER]);

/** A run of letters as known words, where all of it is such (`xtrain`, `testimages`); else as it is. */
function segmented(run: string): string[] {
  const from = (at: number): string[] | null => {
    if (at === run.length) return [];
    for (let end = run.length; end > at; end--) {
      const word = run.slice(at, end);
      if (!KNOWN.has(word)) continue;
      const others = from(end);
      if (others) return [word, ...others];
    }
    return null;
  };
  return run.length > 30 ? [run] : (from(0) ?? [run]);
}

/** The words of a name in lower case: divided by signs, by capitals in the middle (`xTrain`), and by numbers. */
export function wordsOf(name: string): string[] {
  return (
    name
      .normalize('NFC')
      .replace(/idx\d/gi, ' ')
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
      .toLowerCase()
      .match(/t10k|\p{L}+|\d+/gu)
      ?.flatMap((run) => (run === 't10k' ? [run] : segmented(run))) ?? []
  );
}

const has = (words: readonly string[], list: readonly string[]): boolean =>
  words.some((word) => list.includes(word));

/** What a name says: which part of the set, images or labels, and what is left of it. */
export function meaningOf(name: string): Meaning {
  const words = wordsOf(name);
  const [train, test] = [has(words, TRAIN), has(words, TEST)];
  const named = has(words, NAMES);
  const [labels, samples] = [has(words, LABELS), has(words, SAMPLES)];
  let part: Part | null = null;
  if (named && labels) part = 'class names';
  else if (named && (samples || has(words, ['column', 'columns']))) part = 'feature names';
  else if (words.join() === 'x,y') part = null;
  else if (labels) part = 'labels';
  else if (samples) part = 'samples';
  return {
    split: train === test ? null : train ? 'train' : 'test',
    validation: has(words, VALIDATION),
    part,
    rest: words.filter((word) => !KNOWN.has(word)).join(' '),
  };
}

/** Which part of the set a folder is, where that is all its name says: `train`, `test_data`, `seg_train`, but not `test tubes`. */
export function splitFolder(name: string): Split | null {
  const words = wordsOf(name).filter((word) => !/^\d+$/.test(word));
  const { split } = meaningOf(name);
  return split && words.every((word) => KNOWN.has(word) && !LABELS.includes(word)) ? split : null;
}
