import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { convolutionUnits } from '../../../network/convolution';
import { weightParts, weightShapes } from '../../../network/merge';
import type { NetworkSpec } from '../../../network/spec';
import type { Gallery, LabState } from '../../../store/state';
import type { PathFrame, Snapshot } from '../../../worker/protocol';
import { steadyLargest } from './bars';
import { type ValueForm, inputForm, kernelForm, mosaic } from '../geometry/valueForms';
import { currentMeanSquare, type PathEnergy, pathEnergies, type StageBars, solidBars } from './energies';
import { galleryCount, taskOfImage } from '../samples/images';
import { pathNames } from './names';
import { unitPatterns } from '../samples/patterns';
import { rowNormsOf, predictImage, type ImagePrediction } from './prediction';
import { magnitudeQuantile, ScaleSet } from './steadyScale';
import { hasSigma, type LayerShape, pathStart, layerShapes } from '../geometry/shape';

/** What the units of the focus layer read, largest first by pathway. */
export interface StageTiles {
  groups: number[][];
  /** By unit: those of the groups, or all channels of a convolution. */
  patterns: ReadonlyMap<number, Float32Array>;
  /** −1: patterns of the input; else the convolution whose maps they read. */
  base: number;
  form: ValueForm;
  end: number;
}

/** What the stage shows, all of it computed from one snapshot. */
export interface StageModel {
  snapshot: Snapshot;
  /** What is drawn of each layer from input to output: inputs, units or channels, outputs. */
  size: number[];
  shapes: LayerShape[];
  /** Room kept per hidden layer until "Fit". */
  kept: number[];
  focus: number;
  /** Row norms and σ per hidden layer; σ is null where it is unknown or means nothing (pathways, convolutions). */
  norms: Float64Array[];
  sigma: (Float64Array | null)[];
  bars: StageBars;
  /** Ends of the bars' scales per layer. */
  barEnds: number[];
  /** Names of the pathways of each hidden layer. */
  paths: readonly (readonly string[])[];
  /** Energy of each pathway of each hidden layer; null where it is not divided, or not yet measured. */
  energies: (PathEnergy[] | null)[];
  tiles: StageTiles;
  /** End of the scale of the maps of the focus layer. */
  mapEnd: number;
  matrixEnd: number;
  outputEnd: number;
  reading: ImagePrediction | null;
  /** Length of half a class bar, in logits. */
  logitEnd: number;
  /** Logits at the start of the open path, for the hairline originals. */
  originals: Float64Array | null;
  path: PathFrame | null;
  theta: number;
  /** Rows below this index were there before the latest growth of the focus layer. */
  grownFrom: number | null;
}

/** All of a model that a layout depends on, as one text. */
export const shapeKey = ({ focus, size, kept, shapes }: StageModel): string =>
  JSON.stringify({ focus, size, kept, shapes });

/** What the stage remembers between two models of one run. */
export interface StageMemory {
  scales: ScaleSet;
  tiles: number[][];
  tilesOf: string;
  kept: number[];
  /** The snapshot before the open path. */
  start: Snapshot | null;
  /** An evaluation made before the latest operation: its figures are of another basis. */
  staleEvaluation: LabState['evaluations']['main'];
  report: LabState['lastReport'];
}

export const newStageMemory = (): StageMemory => ({
  scales: new ScaleSet(),
  tiles: [],
  tilesOf: '',
  kept: [],
  start: null,
  staleEvaluation: undefined,
  report: null,
});

const TILES = 12;

/** σ of a layer's n rows: as stored, and zero beyond the rank; null where it is of another width or the layer has none. */
function sigmaOf(stored: Float64Array | undefined, shape: LayerShape): Float64Array | null {
  const n = shape.rows;
  if (!stored || stored.length < n || !hasSigma(shape)) return null;
  return stored.length === n ? stored : stored.subarray(0, n);
}

/** Units kept in the frame: the widest this layer has been since the last "Fit". */
function keptWidths(memory: StageMemory, own: number[]): number[] {
  if (memory.kept.length !== own.length) memory.kept = [];
  memory.kept = own.map((n, l) => Math.max(n, memory.kept[l] ?? 0));
  return memory.kept;
}

/** The part of an input pattern that belongs to the studied image's task; the first where that task has none. */
export function patternBlock(
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

/** Weights of an affine layer that are there: without the zeros between separate pathways. */
function present(spec: NetworkSpec, l: number, weights: Float32Array): Float32Array {
  const { cols } = weightShapes(spec)[l];
  const parts = weightParts(spec, l);
  if (parts.every((part) => part.cols === cols)) return weights;
  const out = new Float32Array(parts.reduce((sum, part) => sum + part.rows * part.cols, 0));
  let at = 0;
  for (const part of parts)
    for (let i = part.row; i < part.row + part.rows; i++, at += part.cols)
      out.set(weights.subarray(i * cols + part.col, i * cols + part.col + part.cols), at);
  return out;
}

/** How what a layer's units read is drawn. */
export function layerForm(
  { hidden, inputs, blocks }: NetworkSpec,
  layer: number,
  base: number,
  data: DatasetId,
): ValueForm {
  const entry = DATASETS[data];
  const fits = entry.channels * entry.width * entry.height * (blocks?.length ?? 1) === inputs;
  const input = fits ? inputForm(entry) : null;
  const kernel = hidden[layer].convolution;
  if (kernel) return kernelForm(kernel, layer === 0 ? input : null);
  const below = base >= 0 ? hidden[base].convolution : undefined;
  if (below) {
    const { rows, map } = layerShapes({ hidden, inputs, outputs: 1, activation: 'relu' })[base];
    return mosaic(rows, map?.height ?? 1, map?.width ?? convolutionUnits(below));
  }
  return input ?? { kind: 'list' };
}

/** What all or the largest units of the focus layer read. */
function tilesOf(
  state: LabState,
  memory: StageMemory,
  { spec, weights }: Snapshot,
  shape: LayerShape,
  focus: number,
  norms: Float64Array,
): StageTiles {
  const each = Math.floor(TILES / shape.paths.length);
  const place = `${focus}/${shape.paths.map((n) => n < each).join()}`;
  if (memory.tilesOf !== place) memory.tiles = [];
  memory.tilesOf = place;
  memory.tiles = shape.paths.map((width, path) => {
    const from = pathStart(shape, path);
    const before = (memory.tiles[path] ?? []).map((unit) => unit - from);
    const own = norms.subarray(from, from + width);
    return steadyLargest(before, own, each).map((unit) => from + unit);
  });
  const units = shape.map ? Array.from({ length: shape.rows }, (_, k) => k) : memory.tiles.flat();
  const { base, values } = unitPatterns(spec, weights, focus, units);
  // Of inputs in blocks, a tile shows the block the studied image fills.
  const cut = values.map((pattern) =>
    base < 0 && !shape.map ? patternBlock(pattern, spec.blocks, state.gallery, state.ui.studied) : pattern,
  );
  const form = layerForm(spec, focus, base, state.configuration.data);
  // A list shows its largest values alone: its scale ends with them.
  const most = (p: Float32Array): number => p.reduce((end, w) => Math.max(end, Math.abs(w)), 0);
  const own =
    form.kind === 'list'
      ? Math.max(...cut.map(most), 0)
      : focus === 0 || shape.map
        ? magnitudeQuantile(weights[focus], 0.99)
        : Math.max(...cut.map((p) => magnitudeQuantile(p, 0.99)), 0);
  const frozen = state.ui.held !== null || state.frame !== null;
  return {
    groups: memory.tiles,
    patterns: new Map(units.map((unit, k) => [unit, cut[k]])),
    base,
    form,
    end: memory.scales.follow(`tiles/${focus}`, own, frozen),
  };
}

export function buildStageModel(state: LabState, memory: StageMemory): StageModel | null {
  const snapshot = state.snapshots.main;
  if (!snapshot) return null;
  const { spec, weights } = snapshot;
  const shapes = layerShapes(spec);
  const size = [spec.inputs, ...shapes.map(({ rows }) => rows), spec.outputs];
  const depth = spec.hidden.length;
  const focus = Math.max(0, Math.min(state.ui.focus, depth - 1));
  const frozen = state.ui.held !== null || state.frame !== null;
  if (state.frame === null) memory.start = snapshot;
  if (state.lastReport !== memory.report) {
    memory.report = state.lastReport;
    memory.staleEvaluation = state.evaluations.main;
    memory.tiles = [];
  }
  const norms = rowNormsOf(snapshot);
  const reading = predictImage(snapshot, state.gallery, state.ui.studied);
  const sigma = shapes.map((shape, l) => sigmaOf(state.sigma?.layers[l], shape));
  const measured = currentMeanSquare(state, spec, memory.staleEvaluation);
  const bars = solidBars(state, snapshot, shapes, norms, reading, measured);
  const barEnds = norms.map((_, l) => {
    const values = bars.values[l];
    let end = values ? values.reduce((m, v) => Math.max(m, Math.abs(v)), 0) : 0;
    if (bars.mode === 'sigma' && hasSigma(shapes[l])) end = Math.max(1, end, sigma[l]?.[0] ?? 0);
    return memory.scales.follow(`bars/${bars.mode}/${l}`, end, frozen);
  });
  const report = state.lastReport?.report;
  const grown =
    report?.operation.kind === 'grow' && report.operation.layer === focus ? report.operation.count : 0;
  const ends = (l: number): number =>
    memory.scales.follow(`w/${l}`, magnitudeQuantile(present(spec, l, weights[l]), 0.99), frozen);
  const map = shapes[focus].map && reading ? magnitudeQuantile(reading.h[focus], 0.995) : 0;
  return {
    snapshot,
    size,
    shapes,
    kept: keptWidths(memory, size.slice(1, -1)),
    focus,
    norms,
    sigma,
    bars,
    barEnds,
    paths: shapes.map(({ paths }) => pathNames(state.configuration.architecture, paths.length)),
    energies: shapes.map((shape, l) => pathEnergies(shape, measured?.values[l] ?? null)),
    tiles: tilesOf(state, memory, snapshot, shapes[focus], focus, norms[focus]),
    mapEnd: memory.scales.follow(`maps/${focus}`, map, frozen),
    matrixEnd: ends(focus + 1),
    outputEnd: ends(depth),
    reading,
    logitEnd: memory.scales.follow(
      'logits',
      reading ? reading.logits.reduce((m, v) => Math.max(m, Math.abs(v)), 0) : 0,
      frozen,
    ),
    originals:
      state.frame && memory.start
        ? (predictImage(memory.start, state.gallery, state.ui.studied)?.logits ?? null)
        : null,
    path: state.frame,
    theta: state.configuration.theta,
    grownFrom: grown > 0 ? size[focus + 1] - grown : null,
  };
}
