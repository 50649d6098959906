import type { AdaptDecision } from '../../run/automatic';
import { type RidgeSample, RidgeSamples } from './ridgeSamples';
import type { NetworkSpec } from '../../network/spec';
import { METRIC_COLUMNS } from '../../training/engine';
import type { EvaluationPoint, MetricsBlock, RunnerId, WidthsPoint } from '../../worker/protocol';
import { SeriesTable, type StoredTable } from './seriesTable';
import { addTrailPoint, joinTrails, noTrails, type WidthTrails, trailUntil } from './widthTrails';

/** An evaluation as the charts keep it. */
export interface HistoryEvaluation extends EvaluationPoint {
  /** Per hidden layer, mean h² of each pathway in turn; null where a layer is not divided. Absent where none is. */
  pathMeanSquare?: (number[] | null)[];
}

/** The history of a run as it is stored with a checkpoint. Branches are not stored. */
export interface StoredHistory {
  tables: Record<RunnerId, StoredTable>;
  evaluations: HistoryEvaluation[];
  spectra: SpectrumPoint[];
  widths: WidthTrails;
  decisions: AdaptDecision[];
  /** Absent in histories stored before there were ridgelines. */
  moments?: RidgeSample[];
}

/** What an undo took back: the steps after it. Charts show them grey, and exports still contain them. */
export interface AbandonedBranch {
  id: number;
  fromStep: number;
  toStep: number;
  tables: Record<RunnerId, SeriesTable>;
  evaluations: HistoryEvaluation[];
  spectra: SpectrumPoint[];
}

/** σ of each hidden layer, largest first, at one step. */
export interface SpectrumPoint {
  step: number;
  sigma: Float64Array[];
}

/** Accuracy with so many units left in a layer, measured right after a removal or growth. */
export interface UnitsPoint {
  step: number;
  layer: number;
  units: number;
  accuracy: number;
  n: number;
}

/** Metrics of step s are those of the batch that step s trained on (s counts from 1). */
export const METRIC_INDEX = Object.fromEntries(METRIC_COLUMNS.map((name, i) => [name, i])) as Record<
  (typeof METRIC_COLUMNS)[number],
  number
>;
/** Column of E of hidden layer i. */
export const layerEnergyColumn = (layer: number): number => METRIC_COLUMNS.length + layer;

/** The most decisions of automatic adaptation that are kept; older ones are dropped. */
const MOST_DECISIONS = 4000;

/** The most points of σ over time that are kept; charts have no more pixels to show them. */
const MOST_SPECTRA = 1200;

const RUNNERS: readonly RunnerId[] = ['main', 'baseline', 'twin'];

/**
 * The history of one run, for the charts. It is changed in place, because it grows with every step; `historyVersion` of
 * the store tells views when to draw it again.
 */
export class History {
  tables: Record<RunnerId, SeriesTable> = fresh();
  evaluations: HistoryEvaluation[] = [];
  branches: AbandonedBranch[] = [];
  /** What the ridgelines are drawn from. */
  readonly moments = { main: new RidgeSamples(), twin: new RidgeSamples() };
  /** σ of each hidden layer over time, for the Spectrum lens. */
  spectra: SpectrumPoint[] = [];
  /** The trace of removals and growths, in order. */
  units: UnitsPoint[] = [];
  /** Widths from inputs to outputs of main network and twin, as step lines: each point holds from its step on. */
  widths: WidthTrails = noTrails();
  /** What automatic adaptation decided, with the σ that caused it, oldest first. */
  decisions: AdaptDecision[] = [];

  clear(): void {
    this.widths = noTrails();
    this.decisions = [];
    this.units = [];
    for (const moments of Object.values(this.moments)) moments.clear();
    this.tables = fresh();
    this.evaluations = [];
    this.branches = [];
    this.spectra = [];
  }

  stored(): StoredHistory {
    const { main, baseline, twin } = this.tables;
    const tables = { main: main.stored(), baseline: baseline.stored(), twin: twin.stored() };
    const { evaluations, spectra, widths, decisions } = this;
    return { tables, evaluations, spectra, widths, decisions, moments: this.moments.main.all() };
  }

  /** Puts a stored history up to `step` in front of what is there. */
  adopt(stored: StoredHistory, step: number): void {
    for (const runner of RUNNERS) {
      const past = SeriesTable.from(stored.tables[runner]);
      past.cutAfter(step);
      past.appendTable(this.tables[runner]);
      this.tables[runner] = past;
    }
    this.evaluations = [...stored.evaluations.filter((p) => p.step <= step), ...this.evaluations];
    this.spectra = [...stored.spectra.filter((p) => p.step <= step), ...this.spectra];
    this.decisions = [...stored.decisions.filter((d) => d.step <= step), ...this.decisions];
    for (const runner of RUNNERS)
      this.widths[runner] = joinTrails(trailUntil(stored.widths[runner], step), this.widths[runner]);
    this.moments.main.adopt(stored.moments ?? [], step);
  }

  clearRunner(runner: RunnerId): void {
    this.tables[runner] = new SeriesTable();
    this.widths[runner] = [];
    if (runner !== 'baseline') this.moments[runner].clear();
    this.evaluations = this.evaluations.filter((point) => point.runner !== runner);
  }

  append(block: MetricsBlock): void {
    this.tables[block.runner].append(block);
  }

  /**
   * Adds an evaluation. Norms and energies of single units are kept for the newest evaluation of each network only: they
   * feed gauges and no curves, and at about 10 kB each would fill the memory of a long run. Where `spec` of the network
   * is given, the energies of its pathways are kept.
   */
  addEvaluation(point: EvaluationPoint, spec?: NetworkSpec): void {
    const last = this.evaluations.findLastIndex(({ runner }) => runner === point.runner);
    if (last >= 0)
      this.evaluations[last] = { ...this.evaluations[last], squaredNorms: [], unitMeanSquare: [] };
    const pathways = spec && pathMeanSquares(point, spec);
    this.evaluations.push(pathways ? { ...point, pathMeanSquare: pathways } : point);
  }

  /** Adds the present σ. When there are too many, every second older point is dropped, so that memory does not grow. */
  addSpectrum(point: SpectrumPoint): void {
    const last = this.spectra.at(-1);
    if (last && point.step <= last.step) return;
    this.spectra.push(point);
    if (this.spectra.length > MOST_SPECTRA) this.spectra = this.spectra.filter((_, i) => i % 2 === 0);
  }

  addWidths(runner: RunnerId, point: WidthsPoint): void {
    addTrailPoint(this.widths[runner], point);
  }

  addDecisions(decisions: readonly AdaptDecision[]): void {
    this.decisions.push(...decisions);
    if (this.decisions.length > MOST_DECISIONS) this.decisions = this.decisions.slice(-MOST_DECISIONS);
  }

  /**
   * Adds a point to the trace of removals. A trace belongs to one layer at one step; a point of another layer or step
   * starts a new one.
   */
  addUnits(point: UnitsPoint): void {
    const last = this.units.at(-1);
    if (last && (last.step !== point.step || last.layer !== point.layer)) this.units = [];
    this.units.push(point);
  }

  /** Goes back to `step`, as undo does. What came after it becomes a branch, if there was anything. */
  rewind(step: number): void {
    const toStep = Math.max(
      step,
      ...RUNNERS.map((r) => this.lastStep(r)),
      ...this.evaluations.map((p) => p.step),
    );
    // Looks at the very step, but for each runner's first, came after an operation there: they are undone with it.
    const seen = new Set<RunnerId>();
    const undone = this.evaluations.filter((point) => {
      if (point.step !== step) return point.step > step;
      const again = seen.has(point.runner);
      seen.add(point.runner);
      return again;
    });
    const branch: AbandonedBranch = {
      id: this.branches.length + 1,
      fromStep: step,
      toStep,
      tables: {
        main: this.tables.main.cutAfter(step),
        baseline: this.tables.baseline.cutAfter(step),
        twin: this.tables.twin.cutAfter(step),
      },
      evaluations: undone,
      spectra: this.spectra.filter((point) => point.step > step),
    };
    this.evaluations = this.evaluations.filter((point) => !undone.includes(point));
    this.spectra = this.spectra.filter((s) => s.step <= step);
    this.decisions = this.decisions.filter((d) => d.step <= step);
    for (const runner of RUNNERS) this.widths[runner] = trailUntil(this.widths[runner], step);
    for (const moments of Object.values(this.moments)) moments.rewind(step);
    this.units = [];
    if (toStep > step || undone.length > 0) this.branches.push(branch);
  }

  lastStep(runner: RunnerId): number {
    const table = this.tables[runner];
    return table.rows ? table.stepAt(table.rows - 1) : 0;
  }

  latestEvaluation(runner: RunnerId): EvaluationPoint | undefined {
    return this.evaluations.findLast((point) => point.runner === runner);
  }

  /**
   * Mean of a column over the last `count` rows, which is steadier than the value of one batch; NaN where there are no
   * rows.
   */
  recentMean(runner: RunnerId, column: number, count: number): number {
    const table = this.tables[runner];
    const from = Math.max(0, table.rows - count);
    let sum = 0;
    for (let r = from; r < table.rows; r++) sum += table.at(r, column);
    return sum / (table.rows - from);
  }
}

/** mean h² by pathway; null where no layer is divided, or the point is of a network of other widths. */
function pathMeanSquares(
  { unitMeanSquare }: EvaluationPoint,
  { hidden }: NetworkSpec,
): HistoryEvaluation['pathMeanSquare'] | null {
  const fits = hidden.every(({ width }, l) => unitMeanSquare[l]?.length === width);
  if (!fits || !hidden.some(({ paths }) => paths)) return null;
  return hidden.map(({ paths }, l) => {
    let from = 0;
    return (
      paths?.map(({ width }) => {
        const units = unitMeanSquare[l].subarray(from, (from += width));
        return units.reduce((sum, v) => sum + v, 0) / width;
      }) ?? null
    );
  });
}

function fresh(): Record<RunnerId, SeriesTable> {
  return { main: new SeriesTable(), baseline: new SeriesTable(), twin: new SeriesTable() };
}
