import { useLab } from '../store/lab';
import { type SampleNouns, sampleNouns } from './sampleNouns';

/** What the samples in use are called. */
export function useSampleNouns(): SampleNouns {
  const data = useLab((state) => state.configuration.data);
  // The entry of the visitor's own data is filled in place.
  useLab((state) => state.own);
  return sampleNouns(data);
}
