import { errorMessage } from '../../base/errorMessage';
import type { StudyPlan } from '../../experiments/mergeResults';
import { Failure } from '../failure';
import type { Shard } from './resultsFile';

/** A word that must be one of those known. */
export function oneOf<T extends string>(value: string, known: readonly T[], flag: string): T {
  const found = known.find((name) => name === value);
  if (found === undefined) throw new Failure(`${flag} ${value} is not one of ${known.join(', ')}.`);
  return found;
}

/** A sentence of the experiments' own as a Failure. */
export function asFailure<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Failure(errorMessage(error), { cause: error });
  }
}

/** A whole number from 1 on. */
export function wholeNumber(text: string, flag: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value < 1) throw new Failure(`${flag} ${text} is not a number from 1 on.`);
  return value;
}

/** "K/N" as a shard. */
export function shardFrom(text: string): Shard {
  const [k, n, ...rest] = text.split('/').map((part) => wholeNumber(part, '--shard'));
  if (rest.length > 0 || !(k <= n)) throw new Failure(`--shard ${text} is not K/N with K from 1 to N.`);
  return { k, n };
}

/** "FACTOR=LEVEL,LEVEL" words as levels by factor; undefined where there are none. */
export function onlyFrom(words: readonly string[]): StudyPlan['only'] {
  if (words.length === 0) return undefined;
  const wanted: Record<string, string[]> = {};
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 1 || at === word.length - 1) throw new Failure(`--only ${word} is not FACTOR=LEVEL.`);
    (wanted[word.slice(0, at)] ??= []).push(...word.slice(at + 1).split(','));
  }
  return wanted;
}
