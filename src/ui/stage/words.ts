import { DATASETS } from '../../data/registry';
import { useLab } from '../../store/lab';

/** The name of an input that has no place in a picture: a coordinate, a feature, or the words hashed to a column. */
export function inputName(k: number): string {
  const { configuration } = useLab.getState();
  const { sample } = DATASETS[configuration.data];
  if (sample === 'point') return 'xy'[k] ?? `input ${k + 1}`;
  return `input ${k + 1}`;
}
