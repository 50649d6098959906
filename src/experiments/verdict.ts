import type { EstimateInterval } from '../drawing/plot/types';

/** The verdict: the claim was reproduced, was not, or this many runs (or runs of this size) cannot say. */
export type VerdictOutcome = 'reproduced' | 'not reproduced' | 'cannot say';

/** One part of a verdict's rule: an interval that has to lie above a bound, below one, or between two. */
export interface VerdictCriterion {
  /** What must hold, with its bound: "E falls at least 300-fold on MNIST". */
  label: string;
  interval: EstimateInterval;
  above?: number;
  below?: number;
}

/**
 * How a criterion stands. It is `met` where the whole interval lies within the bounds, `missed` where the whole interval
 * lies beyond one of them, else `open`. The bound itself does not count as within: where nothing changes in any run the
 * interval is [0, 0], and that is not "above 0".
 */
export type CriterionStatus = 'met' | 'missed' | 'open';

/**
 * Says how a criterion stands. A bound that is left out is kept by every interval. An interval whose limits are NaN
 * leaves the criterion open.
 */
export function criterionStatus({
  interval: { low, high },
  above = -Infinity,
  below = Infinity,
}: VerdictCriterion): CriterionStatus {
  if (low > above && high < below) return 'met';
  return high < above || low > below ? 'missed' : 'open';
}

/**
 * The verdict of a rule: reproduced where every criterion is met, not reproduced where one is missed, else cannot say.
 * Where fewer than `minimum` values are behind a criterion, or there are no criteria, it is cannot say.
 */
export function verdictOf(
  criteria: readonly VerdictCriterion[],
  minimum: number,
): { outcome: VerdictOutcome; because: string } {
  const cannot = (because: string): { outcome: VerdictOutcome; because: string } => ({
    outcome: 'cannot say',
    because,
  });
  if (criteria.length === 0) return cannot('There are no results yet.');
  const fewest = Math.min(...criteria.map(({ interval }) => interval.n));
  if (!(fewest >= minimum)) return cannot(`n = ${fewest}, and the rule asks for ${minimum} at least.`);
  const first = (wanted: CriterionStatus): VerdictCriterion | undefined =>
    criteria.find((one) => criterionStatus(one) === wanted);
  const missed = first('missed');
  if (missed) return { outcome: 'not reproduced', because: `Missed: ${missed.label}.` };
  const open = first('open');
  if (open) return cannot(`The interval does not decide: ${open.label}.`);
  return {
    outcome: 'reproduced',
    because:
      criteria.length === 1
        ? `Met: ${criteria[0].label}.`
        : `All ${criteria.length} parts of the rule are met.`,
  };
}
