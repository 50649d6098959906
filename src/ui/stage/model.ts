import { widths } from '../../network/network';
import type { Gallery, LabState } from '../../store/state';
import type { PathFrame, Snapshot } from '../../worker/protocol';
import { steadyLargest } from './bars';
import { inputPatterns } from './patterns';
import { galleryCount, taskOfImage } from './images';
import { meanSquares, normsOf, readImage, type Reading } from './reading';
import { magnitudeQuantile, Scales } from './scale';

/** What the stage shows, all of it computed from one snapshot. */
export interface StageModel {
  snapshot: Snapshot;
  /** Widths from input to output. */
  size: number[];
  /** Room kept per hidden layer until "Fit". */
  kept: number[];
  focus: number;
  /** Row norms and σ per hidden layer. */
  norms: Float64Array[];
  sigma: (Float64Array | null)[];
  /** Lengths of the solid bars per hidden layer, in the bar mode (signed for the studied image). */
  bars: { mode: LabState['ui']['barMode']; values: (Float64Array | null)[]; over: string };
  /** Ends of the bars' scales per layer. */
  barEnds: number[];
  tiles: { units: number[]; patterns: Float32Array[]; end: number };
  matrixEnd: number;
  outputEnd: number;
  reading: Reading | null;
  /** Length of half a class bar, in logits. */
  logitEnd: number;
  /** Logits at the start of the open path, for the hairline originals. */
  originals: Float64Array | null;
  path: PathFrame | null;
  theta: number;
  /** Rows below this index were there before the latest growth of the focus layer. */
  grownFrom: number | null;
}

/** What the stage remembers between two models of one run. */
export interface Memory {
  scales: Scales;
  tiles: number[];
  tilesOf: string;
  kept: number[];
  /** The snapshot before the open path. */
  start: Snapshot | null;
  /** An evaluation made before the latest operation: its figures are of another basis. */
  staleEvaluation: LabState['evaluations']['main'];
  report: LabState['lastReport'];
}

export const newMemory = (): Memory => ({
  scales: new Scales(),
  tiles: [],
  tilesOf: '',
  kept: [],
  start: null,
  staleEvaluation: undefined,
  report: null,
});

/** Images of the gallery that stand in where the engine's mean h² is of another basis. */
const STAND_IN = 48;

const TILES = 12;

/** σ of n units: as stored, and zero beyond the rank; null where it is of another width. */
function sigmaOf(stored: Float64Array | undefined, n: number): Float64Array | null {
  if (!stored || stored.length < n) return null;
  return stored.length === n ? stored : stored.subarray(0, n);
}

function solidBars(
  state: LabState,
  snapshot: Snapshot,
  norms: Float64Array[],
  reading: Reading | null,
  memory: Memory,
): StageModel['bars'] {
  const mode = state.ui.barMode;
  if (mode === 'sigma') return { mode, values: norms, over: 'row norm in the present basis' };
  if (mode === 'image')
    return { mode, values: reading ? reading.h : norms.map(() => null), over: 'h of the image under study' };
  const point = state.evaluations.main;
  const current =
    point !== undefined &&
    state.frame === null &&
    point !== memory.staleEvaluation &&
    norms.every((own, l) => point.unitMeanSquare[l]?.length === own.length);
  if (current) {
    const values = point.unitMeanSquare.map((v) => Float64Array.from(v));
    return { mode, values, over: `mean h² over ${point.n.toLocaleString('en-US')} test images` };
  }
  const gallery: Gallery | null = state.gallery;
  const count = gallery ? Math.min(STAND_IN, galleryCount(gallery)) : 0;
  const values = gallery && count > 0 ? meanSquares(snapshot, gallery, count) : null;
  return {
    mode,
    values: values ?? norms.map(() => null),
    over: values ? `mean h² over ${count} test images` : 'waiting for test images',
  };
}

/** Units kept in the frame: the widest this layer has been since the last "Fit". */
function keptWidths(memory: Memory, own: number[]): number[] {
  if (memory.kept.length !== own.length) memory.kept = [];
  memory.kept = own.map((n, l) => Math.max(n, memory.kept[l] ?? 0));
  return memory.kept;
}

/** The part of an input pattern that belongs to the studied image's task; the first where that task has none. */
export function blockOf(
  pattern: Float32Array,
  blocks: readonly number[] | undefined,
  gallery: Gallery | null,
  studied: number,
): Float32Array {
  if (!blocks) return pattern;
  const size = pattern.length / blocks.length;
  const task = gallery && studied < galleryCount(gallery) ? taskOfImage(gallery, studied) : blocks[0];
  const block = Math.max(0, blocks.indexOf(task));
  return pattern.subarray(block * size, (block + 1) * size);
}

export function buildModel(state: LabState, memory: Memory): StageModel | null {
  const snapshot = state.snapshots.main;
  if (!snapshot) return null;
  const { spec, weights } = snapshot;
  const size = widths(spec);
  const depth = spec.hidden.length;
  const focus = Math.max(0, Math.min(state.ui.focus, depth - 1));
  const frozen = state.ui.held !== null || state.frame !== null;
  if (state.frame === null) memory.start = snapshot;
  if (state.lastReport !== memory.report) {
    memory.report = state.lastReport;
    memory.staleEvaluation = state.evaluations.main;
    memory.tiles = [];
  }
  const norms = normsOf(snapshot);
  const reading = readImage(snapshot, state.gallery, state.ui.studied);
  const sigma = norms.map((own, l) => sigmaOf(state.sigma?.layers[l], own.length));
  const bars = solidBars(state, snapshot, norms, reading, memory);
  const barEnds = norms.map((_, l) => {
    const values = bars.values[l];
    let end = values ? values.reduce((m, v) => Math.max(m, Math.abs(v)), 0) : 0;
    if (bars.mode === 'sigma') end = Math.max(1, end, sigma[l]?.[0] ?? 0);
    return memory.scales.follow(`bars/${bars.mode}/${l}`, end, frozen);
  });

  const place = `${focus}/${size[focus + 1] < TILES}`;
  if (memory.tilesOf !== place) memory.tiles = [];
  memory.tilesOf = place;
  const units = steadyLargest(memory.tiles, norms[focus], TILES);
  memory.tiles = units;
  // Of inputs in blocks, a tile shows the block the studied image fills.
  const patterns = inputPatterns(weights, size, focus, units).map((pattern) =>
    blockOf(pattern, spec.blocks, state.gallery, state.ui.studied),
  );
  const own =
    focus === 0
      ? magnitudeQuantile(weights[0], 0.99)
      : Math.max(...patterns.map((p) => magnitudeQuantile(p, 0.99)), 0);
  const report = state.lastReport?.report;
  const grown =
    report?.operation.kind === 'grow' && report.operation.layer === focus ? report.operation.count : 0;
  return {
    snapshot,
    size,
    kept: keptWidths(memory, size.slice(1, -1)),
    focus,
    norms,
    sigma,
    bars,
    barEnds,
    tiles: { units, patterns, end: memory.scales.follow(`tiles/${focus}`, own, frozen) },
    matrixEnd: memory.scales.follow(`w/${focus + 1}`, magnitudeQuantile(weights[focus + 1], 0.99), frozen),
    outputEnd: memory.scales.follow(`w/${depth}`, magnitudeQuantile(weights[depth], 0.99), frozen),
    reading,
    logitEnd: memory.scales.follow(
      'logits',
      reading ? reading.logits.reduce((m, v) => Math.max(m, Math.abs(v)), 0) : 0,
      frozen,
    ),
    originals:
      state.frame && memory.start
        ? (readImage(memory.start, state.gallery, state.ui.studied)?.logits ?? null)
        : null,
    path: state.frame,
    theta: state.configuration.theta,
    grownFrom: grown > 0 ? size[focus + 1] - grown : null,
  };
}
