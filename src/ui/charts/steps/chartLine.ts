import type { History, HistoryEvaluation as Seen } from '../../../store/series/history';
import type { SeriesTable } from '../../../store/series/seriesTable';
import type { RunnerId } from '../../../worker/protocol';
import { lowerBound, type SeriesRows } from './decimate';

/**
 * How a line is drawn. strong: the network under study; line: beside it; dotted: a part of another line; faint: raw values
 * behind a mean; control and twin: the baseline and the twin, grey, each with its dash; branch: abandoned by undo, grey.
 */
export type LineStyle = 'strong' | 'line' | 'dotted' | 'faint' | 'control' | 'twin' | 'branch';

/** One line of a chart: rows that are read but never copied, and how they look. */
export interface ChartLine extends SeriesRows {
  id: string;
  /** Written at the line's end; null for lines that speak through another. */
  label: string | null;
  /** CSS colour, by role. */
  colour: string;
  look: LineStyle;
  /** Smooth by construction: one row a pixel is enough. */
  smooth?: boolean;
  /** In a stack: the height its value is drawn at, on the linear axis; the area below it down to the line before is filled. */
  topAt?: (row: number) => number;
}

type Face = Pick<ChartLine, 'id' | 'label' | 'colour' | 'look'>;

/** A column of a table of steps. */
export function columnRows(table: SeriesTable, column: number): SeriesRows {
  return { n: table.rows, stepAt: (r) => table.stepAt(r), valueAt: (r) => table.at(r, column) };
}

/** Mean of each row and up to `window` − 1 rows before it: what "mean of the last 25 steps" says. */
export function trailingMean(rows: SeriesRows, window: number): SeriesRows {
  return {
    ...rows,
    valueAt: (row) => {
      const from = Math.max(0, row - window + 1);
      let sum = 0;
      for (let r = from; r <= row; r++) sum += rows.valueAt(r);
      return sum / (row - from + 1);
    },
  };
}

/** Evaluations of one runner as rows. */
export function evaluationRows(
  points: readonly Seen[],
  runner: RunnerId,
  value: (point: Seen) => number = (point) => point.accuracy,
): SeriesRows {
  const own = points.filter((point) => point.runner === runner);
  return { n: own.length, stepAt: (r) => own[r].step, valueAt: (r) => value(own[r]) };
}

export const chartLine = (face: Face, rows: SeriesRows, smooth = false): ChartLine => ({
  ...face,
  ...rows,
  smooth,
});

/** `rest` with the last row of `trunk` at or before `step` in front, so that a branch hangs on its run. */
function grafted(trunk: SeriesRows, rest: SeriesRows, step: number): SeriesRows {
  const at = lowerBound(trunk, step + 1) - 1;
  if (at < 0 || !rest.n) return rest;
  return {
    n: rest.n + 1,
    stepAt: (r) => (r === 0 ? trunk.stepAt(at) : rest.stepAt(r - 1)),
    valueAt: (r) => (r === 0 ? trunk.valueAt(at) : rest.valueAt(r - 1)),
  };
}

/** More abandoned continuations than this are not told apart; the newest are drawn, all are exported. */
const BRANCHES_DRAWN = 12;

/** The main run's abandoned continuations as grey lines. `rowsOf` picks what is drawn from a part of the history. */
export function branchLines(
  history: History,
  rowsOf: (part: Pick<History, 'tables' | 'evaluations'>) => SeriesRows,
  smooth = false,
): ChartLine[] {
  const trunk = rowsOf(history);
  return history.branches
    .slice(-BRANCHES_DRAWN)
    .map((branch) =>
      chartLine(
        { id: `branch-${branch.id}`, label: null, colour: 'var(--control)', look: 'branch' },
        grafted(trunk, rowsOf(branch), branch.fromStep),
        smooth,
      ),
    );
}

/** Last step any chart shows: of the runs, their branches and the present step. At least 20, so that an axis exists. */
export function runExtent(history: History, step: number): number {
  return Math.max(
    20,
    step,
    history.lastStep('main'),
    history.evaluations.at(-1)?.step ?? 0,
    ...history.branches.map((branch) => branch.toStep),
  );
}

/** The row in force at `step`: the last at or before it (the first after it before the run's first row). */
export function rowAt(rows: SeriesRows, step: number): { step: number; value: number } | null {
  if (!rows.n) return null;
  const row = Math.max(0, lowerBound(rows, step + 1) - 1);
  return { step: rows.stepAt(row), value: rows.valueAt(row) };
}
