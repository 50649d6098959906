import { formatInterval } from '../../../drawing/format';
import type { EstimateInterval, PlotData, PointsPlot, PlotTable } from '../../../drawing/plot/types';
import type { ExperimentReport } from '../../../experiments/types';
import { criterionStatus } from '../../../experiments/verdict';

/** The parts of a verdict's rule in two sets of results, side by side. */
export function criteriaTable(
  a: ExperimentReport,
  b: ExperimentReport,
  names: readonly [string, string],
): PlotTable {
  const labels = [...new Set([...a.verdict.criteria, ...b.verdict.criteria].map(({ label }) => label))];
  const cell = (report: ExperimentReport, label: string): string => {
    const found = report.verdict.criteria.find((one) => one.label === label);
    return found
      ? `${formatInterval(found.interval, 'number')}, n = ${found.interval.n}: ${criterionStatus(found)}`
      : '–';
  };
  return {
    id: 'criteria',
    title: 'The parts of the rule, side by side',
    columns: [{ label: 'Part' }, { label: names[0] }, { label: names[1] }, { label: 'Intervals' }],
    rows: labels.map((label) => {
      const [one, other] = [a, b].map(
        (report) => report.verdict.criteria.find((criterion) => criterion.label === label)?.interval,
      );
      return [label, cell(a, label), cell(b, label), intervalsOverlap(one, other)];
    }),
  };
}

/** Whether two intervals have values in common. */
function intervalsOverlap(a: EstimateInterval | undefined, b: EstimateInterval | undefined): string {
  if (!a || !b || ![a.low, a.high, b.low, b.high].every(Number.isFinite)) return 'cannot say';
  return a.low <= b.high && b.low <= a.high ? 'overlap' : 'apart';
}

/** Two plots of means as one, each series named by its set; null for plots of other kinds or of different axes. */
export function combinePlots(a: PlotData, b: PlotData, names: readonly [string, string]): PointsPlot | null {
  if (a.kind !== 'points' || b.kind !== 'points') return null;
  if (a.x.scale !== b.x.scale || a.y.scale !== b.y.scale) return null;
  const x =
    a.x.scale === 'category' && b.x.scale === 'category'
      ? { ...a.x, categories: [...new Set([...a.x.categories, ...b.x.categories])] }
      : a.x;
  const named = ({ series }: PointsPlot, name: string) =>
    series.map(({ label, points }) => ({
      label: `${label} · ${name}`,
      // Runs of two sets have the same names: behind a mean of both there is no one link.
      points: points.map((point) => ({
        ...point,
        runs: point.runs.map(({ value }) => ({ value, trial: '' })),
      })),
    }));
  return { ...a, x, series: [...named(a, names[0]), ...named(b, names[1])] };
}
