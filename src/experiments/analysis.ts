import { meanInterval } from '../statistics/intervals';
import type { EstimateInterval, PlotPoint, RunValue } from './plot/types';
import type { FactorLevels, TrialResult } from './types';

/** The value of a run: a metric by its id, or a function of the result. Null where it has none. */
export type RunMeasure = string | ((result: TrialResult) => number | null);

/** That value of a result; null where there is no finite number. */
export function measureValue(result: TrialResult, value: RunMeasure): number | null {
  const found = typeof value === 'string' ? result.metrics[value] : value(result);
  return found != null && Number.isFinite(found) ? found : null;
}

/** Results whose factors have these levels, by seed. */
export function resultsAt(results: readonly TrialResult[], wanted: FactorLevels): TrialResult[] {
  return results
    .filter(({ factors }) => Object.entries(wanted).every(([id, level]) => factors[id] === level))
    .sort((a, b) => a.seed - b.seed);
}

/** Levels of a factor that occur, in the order of their first appearance. */
export function levelsOf<L extends string | number>(results: readonly TrialResult[], factor: string): L[] {
  return [...new Set(results.map(({ factors }) => factors[factor] as L))];
}

/** Runs with their value; those without one are left out. */
export function runsOf(results: readonly TrialResult[], value: RunMeasure): RunValue[] {
  return results.flatMap((result) => {
    const found = measureValue(result, value);
    return found === null ? [] : [{ value: found, trial: result.trial }];
  });
}

/** The values alone. */
export function runValues(results: readonly TrialResult[], value: RunMeasure): number[] {
  return runsOf(results, value).map((run) => run.value);
}

/** A point of a plot: the mean of some runs with its 95 % interval, and the runs. */
export function pointAt(x: number | string, results: readonly TrialResult[], value: RunMeasure): PlotPoint {
  const runs = runsOf(results, value);
  return { x, mean: meanInterval(runs.map((run) => run.value)), runs };
}

/** By seed, a value of runs against the same of runs that differ from them in a factor: seeds that have both. */
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

/** Mean difference of two sets of runs paired by seed, with its interval; `scale` 100 tells shares in percentage points. */
export function pairedDifference(
  results: readonly TrialResult[],
  against: readonly TrialResult[],
  value: RunMeasure,
  scale = 1,
): EstimateInterval {
  return meanInterval(seedPairs(results, against, value).map((pair) => scale * (pair.value - pair.other)));
}

/** Decimal logarithm of the ratio of two sets of runs paired by seed, with its interval: −3 is a thousandfold fall. */
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
