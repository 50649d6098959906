import type { DatasetId } from '../configuration/schema';
import { DATASETS, type SampleKind } from '../data/registry';

/** What a sample of each kind is called. */
export const NOUNS: Readonly<Record<SampleKind, string>> = {
  picture: 'image',
  point: 'point',
  text: 'text',
  trace: 'trace',
  events: 'recording',
  features: 'sample',
};

/** One sample of a data set, and several. */
export interface Nouns {
  one: string;
  many: string;
}

export function nounsOf(data: DatasetId): Nouns {
  const one = NOUNS[DATASETS[data].sample];
  return { one, many: `${one}s` };
}
