import { reportOf } from '../../../experiments/report';
import type { Recipe, ExperimentReport } from '../../../experiments/types';
import type { ResultSet } from '../../state/sets';

/** What a set of results says; null where they do not fit what this version of the recipe expects. */
export function reportSafely(
  recipe: Recipe,
  { size, results }: Pick<ResultSet, 'size' | 'results'>,
  planned?: number,
): ExperimentReport | null {
  try {
    return reportOf(recipe, size, results, planned);
  } catch {
    return null;
  }
}
