import { DataError } from '../../formats/error';
import { groupedCount } from '../limits';
import { baseName, foldersOf, stemOf } from './paths';
import { type Meaning, meaningOf, splitFolder, type Split } from './words';

/** What an array or IDX file is for. */
export type Role =
  | 'train samples'
  | 'train labels'
  | 'test samples'
  | 'test labels'
  | 'class names'
  | 'feature names'
  | 'none';
export const ROLES: readonly Role[] = [
  'train samples',
  'train labels',
  'test samples',
  'test labels',
  'class names',
  'feature names',
  'none',
];

/** An array as far as it must be known to say what it is for. */
export interface Holding {
  path: string;
  archive?: string;
  /** Sizes of its dimensions; none for a single value. */
  shape: readonly number[];
  /** Whether its values are texts. */
  textual: boolean;
  /** Why it cannot be read; null where it can. */
  fault: string | null;
}

/** An array as the visitor sees it: name, shape in words, and what it is taken for; null where that is unclear. */
export interface PartView {
  name: string;
  shape: string;
  role: Role | null;
}

/** ImportedSamples with their labels. */
export interface Pair<T> {
  samples: T;
  labels: T;
  split: Split | null;
}

/** What the arrays of an import are for. */
export interface Roles<T> {
  views: PartView[];
  pairs: Pair<T>[];
  classNames: T | null;
  featureNames: T | null;
  notes: string[];
}

/** It is not clear what belongs to what: the visitor must say. */
class UnclearError extends DataError {}

interface Part<T> extends Meaning {
  of: T;
  name: string;
  role: Role | null;
  /** Whether its name says what it holds. */
  named: boolean;
  asked: boolean;
}

const isFlat = ({ shape }: Holding): boolean => shape.length === 1 || (shape.length === 2 && shape[1] === 1);
const rows = ({ of }: { of: Holding }): number => of.shape[0] ?? 0;

/** The name an array goes by: its file's, and its archive's where several are open. */
export function partName({ path, archive }: Holding, several: boolean): string {
  return archive && several ? `${baseName(archive)}/${baseName(path)}` : baseName(path);
}

/** What the names say of an array: its own first, then its archive's, then its folders'. */
function meaning({ path, archive }: Holding): Meaning {
  const own = meaningOf(stemOf(path));
  const outer = archive ? meaningOf(stemOf(archive)) : null;
  const folder = foldersOf(path)
    .map(splitFolder)
    .findLast((split) => split !== null);
  // Numbers that a program gave (arr_0) are no names.
  const anonymous = /^arr_\d+$/.test(stemOf(path));
  return {
    split: own.split ?? outer?.split ?? folder ?? null,
    validation: own.validation || (outer?.validation ?? false),
    part: own.part ?? outer?.part ?? null,
    rest: anonymous ? (outer?.rest ?? '') : own.rest,
  };
}

/**
 * Finds out what each array is for, by the words of its name, its archive's and its folders'; where these say nothing, two arrays are told
 * apart by their shapes. `asked` is what the visitor says. Labels go with the samples of the same part of the set and the same name, never
 * with others that merely are as many. Throws an `UnclearError` where the names do not say, and a `DataError` where something is missing.
 * `told` hears of what each array is taken for before anything is thrown; `shaped` is what its form alone says, over any name.
 */
export function rolesOf<T extends Holding>(
  holdings: readonly T[],
  asked: Readonly<Record<string, Role>>,
  told: (views: PartView[]) => void,
  shaped: (holding: T) => 'samples' | 'labels' | null = () => null,
): Roles<T> {
  const several = new Set(holdings.map(({ archive }) => archive)).size > 1;
  const parts = holdings.map((of): Part<T> => {
    const name = partName(of, several);
    const words = meaning(of);
    const form = shaped(of);
    const own = name in asked ? asked[name] : null;
    return {
      of,
      name,
      ...words,
      named: words.part !== null,
      part: form ?? words.part,
      role: own,
      asked: own !== null,
    };
  });
  const notes: string[] = [];
  for (const part of parts) {
    const { fault, shape } = part.of;
    if (part.asked) continue;
    if (fault !== null || shape.length === 0 || shape.includes(0)) part.role = 'none';
  }
  const open = parts.filter(({ role }) => role === null);
  assign(
    open,
    parts.some(({ asked: own }) => own),
    notes,
  );
  const views = parts.map(({ name, of, role }) => ({ name, role, shape: shapeWords(of) }));
  told(views);
  const unclear = parts.filter(({ role }) => role === null);
  if (unclear.length > 0)
    throw new UnclearError(
      unclear[0].name,
      `the names do not say what ${unclear.length > 1 ? `these ${unclear.length} arrays are` : 'it is'} for: say below which are samples and which are labels`,
    );
  const pairs = pair(parts, notes);
  const left = parts.filter(({ role, asked: own }) => role === 'none' && !own);
  if (left.length > 0)
    notes.push(
      `Left out: ${left.map(({ name, of }) => `${name} (${of.fault ?? shapeWords(of)})`).join(', ')}.`,
    );
  if (
    parts.some(({ validation, role }) => validation && role === 'test samples') &&
    parts.some(({ validation, role }) => !validation && role === 'test samples')
  )
    notes.push('Samples for validation and for testing are taken together as tests.');
  const single = (role: Role): T | null => parts.find((part) => part.role === role)?.of ?? null;
  return { views, pairs, classNames: single('class names'), featureNames: single('feature names'), notes };
}

const shapeWords = ({ shape, textual, fault }: Holding): string => {
  if (fault !== null) return 'not readable';
  if (shape.length === 0) return 'a single value';
  return `${shape.map(groupedCount).join(' × ')}${textual ? ' texts' : ''}`;
};

/** Gives each part its role where the names, or two shapes, say it; leaves it null where they do not, or are being `asked` about. */
function assign<T extends Holding>(open: Part<T>[], asked: boolean, notes: string[]): void {
  const give = (part: Part<T>, what: 'samples' | 'labels'): void => {
    part.role = `${part.split ?? 'train'} ${what}`;
  };
  const samples = open.filter(({ part, of }) => part === 'samples' && !of.textual);
  const counts = new Set(samples.map(rows));
  for (const part of open) {
    const { of } = part;
    if (part.part === 'class names' || part.part === 'feature names') part.role = part.part;
    // A list of classes beside one label per sample.
    else if (part.part === 'labels' && of.textual && counts.size > 0 && !counts.has(rows(part)))
      part.role = 'class names';
    else if (part.part === 'samples' && of.textual)
      part.role = isFlat(of) && part.rest === '' ? 'feature names' : 'none';
    else if (part.part) give(part, part.part);
  }
  const unnamed = open.filter(({ role }) => role === null);
  // Where the visitor has begun to say, nothing is guessed of those that are left.
  if (unnamed.length === 0 || asked) return;
  const having = (what: string, split: Split | null): boolean =>
    open.some(({ role, split: own }) => own === split && role !== null && role.endsWith(what));
  for (const part of unnamed) {
    // `train.npy` beside `train_labels.npy`.
    const alone = unnamed.filter(({ split }) => split === part.split).length === 1;
    if (!alone || (part.split === null && open.length - unnamed.length !== 1)) continue;
    if (having('labels', part.split) && !having('samples', part.split)) give(part, 'samples');
    else if (
      having('samples', part.split) &&
      !having('labels', part.split) &&
      (isFlat(part.of) || part.of.textual)
    )
      give(part, 'labels');
  }
  const rest = unnamed.filter(({ role }) => role === null);
  const known = ['samples', 'labels'].every((what) => open.some(({ role }) => role?.endsWith(what)));
  if (known) for (const part of rest) part.role = 'none';
  else if (rest.length === 2 && open.length === 2) {
    const [flat, full] = [...rest].sort(
      (a, b) => Number(isFlat(b.of) || b.of.textual) - Number(isFlat(a.of) || a.of.textual),
    );
    const apart = (isFlat(flat.of) || flat.of.textual) && !isFlat(full.of) && !full.of.textual;
    if (!apart || rows(flat) !== rows(full)) return;
    give(flat, 'labels');
    give(full, 'samples');
    flat.split = full.split = null;
    notes.push(`${full.name} is taken for the samples and ${flat.name} for their labels, by their shapes.`);
  }
}

/** ImportedSamples with the labels of the same part of the set and the same name. */
function pair<T extends Holding>(parts: Part<T>[], notes: string[]): Pair<T>[] {
  const samples = parts.filter(({ role }) => role?.endsWith('samples'));
  const labels = parts.filter(({ role }) => role?.endsWith('labels'));
  if (samples.length === 0 && labels.length === 0) {
    const faulty = parts.find(({ of }) => of.fault !== null);
    throw new DataError(
      faulty?.name ?? parts.at(0)?.name ?? 'arrays',
      faulty?.of.fault ?? 'none of the arrays holds samples',
    );
  }
  if (samples.length === 0)
    throw new DataError(labels[0].name, 'there are labels alone: drop the samples (X, images) with them');
  if (labels.length === 0) throw missingLabels(samples[0]);
  const only = samples.length === 1 && labels.length === 1;
  // Names that say nothing of the part: one pair is one set.
  if (only && (samples[0].split === null || labels[0].split === null) && !samples[0].asked)
    labels[0].role = samples[0].role === 'test samples' ? 'test labels' : 'train labels';
  const found: Pair<T>[] = [];
  for (const split of ['train', 'test'] as const) {
    const own = samples.filter(({ role }) => role === `${split} samples`);
    const theirs = labels.filter(({ role }) => role === `${split} labels`);
    if (own.length === 0 && theirs.length > 0)
      throw new DataError(
        theirs[0].name,
        'its samples are missing: there are labels alone for this part of the set',
      );
    const chosen = theirs.length === 1 && own.length > 1 ? richest(own, notes) : own;
    for (const one of chosen)
      found.push({ samples: one.of, labels: labelsFor(one, chosen, theirs).of, split });
    if (chosen.length > 0 && theirs.length > chosen.length) throw tooMany(chosen[0], theirs);
  }
  const both = found.some(({ split }) => split === 'train') && found.some(({ split }) => split === 'test');
  return both ? found : found.map((one) => ({ ...one, split: null }));
}

const missingLabels = ({ name, of }: { name: string; of: Holding }): DataError =>
  new DataError(
    name,
    `its labels are missing: drop the file of ${groupedCount(of.shape[0] ?? 0)} labels with it (y.npy, …-labels-idx1-ubyte, or one .npz that holds both)`,
  );

const tooMany = (samples: { name: string }, labels: readonly { name: string }[]): DataError =>
  new UnclearError(
    samples.name,
    `${labels.map(({ name }) => name).join(' and ')} are all labels that may be its: say below which are, and leave the others out`,
  );

/** Of several forms of the same samples (rows, and pictures) the one with most dimensions. */
function richest<T extends Holding>(own: Part<T>[], notes: string[]): Part<T>[] {
  const same = own.every((part) => rows(part) === rows(own[0]));
  const most = Math.max(...own.map(({ of }) => of.shape.length));
  const best = own.filter(({ of }) => of.shape.length === most);
  if (!same || best.length > 1)
    throw new UnclearError(
      own[0].name,
      `${own.map(({ name }) => name).join(' and ')} may both be the samples of the same labels: say below which are, and leave the others out`,
    );
  for (const part of own) if (part !== best[0]) part.role = 'none';
  notes.push(`${best[0].name} is taken for the samples; the others are the same in fewer dimensions.`);
  return best;
}

function labelsFor<T extends Holding>(
  samples: Part<T>,
  all: readonly Part<T>[],
  labels: readonly Part<T>[],
): Part<T> {
  if (labels.length === 0) throw missingLabels(samples);
  const alone = all.length === 1 && labels.length === 1;
  const named = alone ? labels : labels.filter(({ rest }) => rest === samples.rest);
  if (named.length === 0) throw all.length === 1 ? tooMany(samples, labels) : missingLabels(samples);
  if (named.length > 1) throw tooMany(samples, named);
  const [own] = named;
  const disagree =
    own.named && samples.named && own.rest !== '' && samples.rest !== '' && own.rest !== samples.rest;
  if (disagree && !(own.asked && samples.asked))
    throw new UnclearError(
      own.name,
      `its name and that of ${samples.name} do not agree: say below that they belong together, if they do`,
    );
  if (rows(own) !== rows(samples))
    throw new DataError(
      own.name,
      `it holds ${groupedCount(rows(own))} labels where ${samples.name} holds ${groupedCount(rows(samples))} ${samples.of.shape.length > 1 ? 'images' : 'samples'}`,
    );
  return own;
}
