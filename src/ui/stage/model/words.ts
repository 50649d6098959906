import { DATASETS } from '../../../data/registry';
import { useLab } from '../../../store/lab';
import type { Gallery } from '../../../store/state';
import { wordsByColumn } from '../samples/samples';

/** Words named of a column at most. */
const MOST = 3;

const known = new WeakMap<Gallery, ReadonlyMap<number, string[]>>();

/** Words of the gallery's texts that are hashed to a column; none where none of them is. */
function wordsOf(gallery: Gallery, column: number): readonly string[] {
  if (!gallery.texts) return [];
  let words = known.get(gallery);
  if (!words) known.set(gallery, (words = wordsByColumn(gallery.texts)));
  return words.get(column) ?? [];
}

/** The name of an input that has no place in a picture: a coordinate, a column of the visitor's own table, or the words hashed to a column. */
export function inputName(k: number): string {
  const { configuration, gallery } = useLab.getState();
  const entry = DATASETS[configuration.data];
  const { sample } = entry;
  const named = entry.kind === 'own' ? entry.features?.[k] : undefined;
  if (named) return named;
  if (sample === 'point') return 'xy'[k] ?? `input ${k + 1}`;
  if (sample === 'features') return `feature ${k + 1}`;
  if (sample !== 'text' || gallery?.dataset !== configuration.data) return `input ${k + 1}`;
  const words = wordsOf(gallery, k);
  return words.length > 0 ? words.slice(0, MOST).join(', ') : `column ${k + 1}`;
}
