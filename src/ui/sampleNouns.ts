import type { DatasetId } from '../data/ids';
import { DATASETS, type SampleKind } from '../data/registry';

/** What a sample of each kind is called. */
export const SAMPLE_NOUNS: Readonly<Record<SampleKind, string>> = {
  picture: 'image',
  point: 'point',
  text: 'text',
  trace: 'trace',
  events: 'recording',
  features: 'sample',
};

/** One sample of a data set, and several. */
export interface SampleNouns {
  one: string;
  many: string;
}

export function sampleNouns(data: DatasetId): SampleNouns {
  const one = SAMPLE_NOUNS[DATASETS[data].sample];
  return { one, many: `${one}s` };
}
