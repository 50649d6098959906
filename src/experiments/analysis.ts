import { meanInterval } from '../statistics/intervals';
import type { EstimateInterval, PlotPoint, RunValue } from '../drawing/plot/types';
import type { FactorLevels, TrialResult } from './types';

/**
 * How to read a value off a run: the id of a metric, or a function of the result. Null where the run has no such value.
 */
export type RunMeasure = string | ((result: TrialResult) => number | null);

/** Reads the value off a result; null where it is missing or not finite. */
export function measureValue(result: TrialResult, value: RunMeasure): number | null {
  const found = typeof value === 'string' ? result.metrics[value] : value(result);
  return found != null && Number.isFinite(found) ? found : null;
}

/** The results whose factors have these levels, in the order of their seeds. */
export function resultsAt(results: readonly TrialResult[], wanted: FactorLevels): TrialResult[] {
  return results
    .filter(({ factors }) => Object.entries(wanted).every(([id, level]) => factors[id] === level))
    .sort((a, b) => a.seed - b.seed);
}

/** The levels of a factor that occur in the results, in the order of their first appearance. */
export function levelsOf<L extends string | number>(results: readonly TrialResult[], factor: string): L[] {
  return [...new Set(results.map(({ factors }) => factors[factor] as L))];
}

/** The values of runs with the trials they come from; runs without a value are left out. */
export function runsOf(results: readonly TrialResult[], value: RunMeasure): RunValue[] {
  return results.flatMap((result) => {
    const found = measureValue(result, value);
    return found === null ? [] : [{ value: found, trial: result.trial }];
  });
}

/** The values of runs; runs without a value are left out. */
export function runValues(results: readonly TrialResult[], value: RunMeasure): number[] {
  return runsOf(results, value).map((run) => run.value);
}

/** A point of a plot: the mean of some runs with its 95 % interval, and the runs. */
export function pointAt(x: number | string, results: readonly TrialResult[], value: RunMeasure): PlotPoint {
  const runs = runsOf(results, value);
  return { x, mean: meanInterval(runs.map((run) => run.value)), runs };
}

/**
 * Pairs runs by their seed: the value of a run, and the value of the run with the same seed in `against`. Seeds that
 * have only one of them are left out.
 */
export function seedPairs(
  results: readonly TrialResult[],
  against: readonly TrialResult[],
  value: RunMeasure,
): { seed: number; value: number; other: number; trial: string }[] {
  const others = new Map(against.map((result) => [result.seed, measureValue(result, value)]));
  return results.flatMap((result) => {
    const [own, other] = [measureValue(result, value), others.get(result.seed)];
    return own === null || other == null
      ? []
      : [{ seed: result.seed, value: own, other, trial: result.trial }];
  });
}

/**
 * Mean difference of runs paired by seed, with its 95 % interval. `scale` multiplies it: 100 gives shares in percentage
 * points.
 */
export function pairedDifference(
  results: readonly TrialResult[],
  against: readonly TrialResult[],
  value: RunMeasure,
  scale = 1,
): EstimateInterval {
  return meanInterval(seedPairs(results, against, value).map((pair) => scale * (pair.value - pair.other)));
}

/** Mean decimal logarithm of the ratio of runs paired by seed, with its 95 % interval: −3 is a thousandfold fall. */
export function pairedDecades(
  results: readonly TrialResult[],
  against: readonly TrialResult[],
  value: RunMeasure,
): EstimateInterval {
  return meanInterval(
    seedPairs(results, against, value)
      .filter((pair) => pair.value > 0 && pair.other > 0)
      .map((pair) => Math.log10(pair.value / pair.other)),
  );
}
