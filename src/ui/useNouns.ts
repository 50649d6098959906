import { useLab } from '../store/lab';
import { type Nouns, nounsOf } from './nouns';

/** What the samples in use are called. */
export function useNouns(): Nouns {
  const data = useLab((state) => state.configuration.data);
  // The entry of the visitor's own data is filled in place.
  useLab((state) => state.own);
  return nounsOf(data);
}
