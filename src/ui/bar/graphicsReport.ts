import type { GraphicsOutcome } from '../../worker/protocol';

/** The outcome of a self-check as JSON for an issue: versions, adapter and, by kind of network, what differed from float64. */
export function graphicsReport(outcome: GraphicsOutcome): string {
  const { results, checkedAt, ...rest } = outcome;
  return JSON.stringify(
    {
      format: 'parsimony-graphics-check',
      ...rest,
      checkedAt: new Date(checkedAt).toISOString(),
      differences: results.filter(({ differences }) => differences.length > 0),
      agreed: results.filter(({ differences }) => differences.length === 0).map(({ id }) => id),
    },
    null,
    2,
  );
}
