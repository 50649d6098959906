import { elementwiseId, type ElementwiseId } from '../../activations/lookup';
import { kernelSize, pooledSize } from '../../network/convolution';
import { inputWidths, mergeRule, weightParts, type WeightPart } from '../../network/merge';
import { layerWidths } from '../../network/network';
import { hasPsi, type ConvolutionSpec, type NetworkSpec } from '../../network/spec';

/** Units come in eights: a panel of weights writes as many. */
const PANEL = 8;
const up = (n: number, step: number): number => Math.ceil(n / step) * step;

/**
 * Floats from one row to the next: an odd number of cache lines, so that the same column of many rows does not fall on the same few sets
 * of the cache, with four lanes to spare.
 */
function rowStride(lanes: number): number {
  const lines = Math.ceil((lanes + 4) / 16);
  return 16 * (lines + ((lines + 1) % 2));
}

/** Weights of one part of a layer: rows and columns as in the network, lanes as in memory; `at` in floats from the block's begin. */
export interface PartLayout extends WeightPart {
  outLane: number;
  outLanes: number;
  inLane: number;
  inLanes: number;
  at: number;
}

/** Units of a layer that share an activation. */
export interface Segment {
  at: number;
  width: number;
  lanes: number;
  activation: ElementwiseId;
}

/** A convolution stage in memory. */
export interface ConvolutionLayout {
  spec: ConvolutionSpec;
  inChannels: number;
  outChannels: number;
  height: number;
  width: number;
  /** Floats of a row of the padded input, from one row of units to the next, and before the first unit. */
  inRow: number;
  outRow: number;
  interior: number;
  /** Floats of one row of kernels: three pixels of all channels, rounded up. */
  kernelRow: number;
}

/** One affine layer and its activation in memory. Places are in floats from the begin of the parameters. */
export interface LayerLayout {
  lanes: number;
  stride: number;
  /** Where each unit lies in a row of z, h and d. */
  unitLanes: Int32Array;
  /** Where each value the layer above reads lies in its row. */
  readLanes: Int32Array;
  /** Lanes the layer above reads: those of h, or of what paths are merged to. */
  rLanes: number;
  rStride: number;
  parts: PartLayout[];
  stage: ConvolutionLayout | null;
  segments: Segment[];
  isotropic: boolean;
  bias: number;
  psi: number | null;
  o: number | null;
}

export interface NetworkLayout {
  layers: LayerLayout[];
  /** Floats of all parameters; each moment has as many. */
  parameters: number;
  input: InputLayout;
}

/** What the first layer reads of an image. */
export interface InputLayout {
  stride: number;
  lanes: Int32Array;
  /** Of networks that begin with a convolution. */
  planes: { channels: number; height: number; width: number } | null;
}

const counted = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);

function inputOf(spec: NetworkSpec): InputLayout {
  const stage = spec.hidden.at(0)?.convolution;
  if (!stage) return { stride: rowStride(up(spec.inputs, 16)), lanes: counted(spec.inputs), planes: null };
  const { inChannels: channels, inHeight: height, inWidth: width } = stage;
  // Three pixels are read four floats at a time.
  const floats = (height + 2) * (width + 2) * channels + 16;
  return { stride: rowStride(floats), lanes: new Int32Array(0), planes: { channels, height, width } };
}

function stageOf(spec: NetworkSpec, l: number): ConvolutionLayout | null {
  const stage = spec.hidden.at(l)?.convolution;
  if (!stage || l >= spec.hidden.length) return null;
  const inChannels = l === 0 ? stage.inChannels : up(stage.inChannels, PANEL);
  const outChannels = up(stage.channels, PANEL);
  const { height, width } = pooledSize(stage);
  const border = l + 1 < spec.hidden.length && spec.hidden[l + 1].convolution ? 1 : 0;
  const outRow = (width + 2 * border) * outChannels;
  return {
    spec: stage,
    inChannels,
    outChannels,
    height,
    width,
    inRow: (stage.inWidth + 2) * inChannels,
    outRow,
    interior: border * (outRow + outChannels),
    kernelRow: up(3 * inChannels, 4),
  };
}

/** The units of a stage, counted [channel][y][x], as they lie. */
function stageLanes({ spec, height, width, outChannels, outRow, interior }: ConvolutionLayout): Int32Array {
  const cells = height * width;
  return Int32Array.from({ length: spec.channels * cells }, (_, i) => {
    const [cell, channel] = [i % cells, Math.floor(i / cells)];
    return interior + Math.floor(cell / width) * outRow + (cell % width) * outChannels + channel;
  });
}

/** The units of a stage as segments: whole rows where all channels are units, else one pixel each. */
function stageSegments({ spec, height, width, outChannels, outRow, interior }: ConvolutionLayout): Segment[] {
  const { activation, channels } = spec;
  if (channels === outChannels)
    return Array.from({ length: height }, (_, y) => {
      const lanes = width * outChannels;
      return { at: interior + y * outRow, width: lanes, lanes, activation };
    });
  return Array.from({ length: height * width }, (_, i) => ({
    at: interior + Math.floor(i / width) * outRow + (i % width) * outChannels,
    width: channels,
    lanes: outChannels,
    activation,
  }));
}

/** Segments of paths, each rounded up to whole panels. */
function pathSegments(paths: readonly { width: number; activation: ElementwiseId }[]): Segment[] {
  let at = 0;
  return paths.map(({ width, activation }) => {
    const lanes = up(width, PANEL);
    at += lanes;
    return { at: at - lanes, width, lanes, activation };
  });
}

const segmentLanes = (segments: readonly Segment[]): Int32Array =>
  Int32Array.from(segments.flatMap(({ at, width }) => Array.from({ length: width }, (_, i) => at + i)));

/** Where everything of a network lies; `parameters` in the order of layers: weights, biases, ψ, o. */
export function layoutOf(spec: NetworkSpec): NetworkLayout {
  const input = inputOf(spec);
  const layers: LayerLayout[] = [];
  const read = inputWidths(spec);
  const units = layerWidths(spec);
  let next = 0;
  const take = (floats: number): number => {
    next += up(floats, 16);
    return next - up(floats, 16);
  };
  for (let l = 0; l <= spec.hidden.length; l++) {
    const hidden = l < spec.hidden.length ? spec.hidden[l] : null;
    const below = l > 0 ? layers[l - 1] : null;
    const stage = stageOf(spec, l);
    const unitwise = elementwiseId(spec.activation);
    const isotropic = hidden !== null && !hidden.paths && !hidden.convolution && unitwise === null;
    const width = units[l + 1];
    const segments = !hidden
      ? []
      : stage
        ? stageSegments(stage)
        : pathSegments(hidden.paths ?? (unitwise ? [{ width, activation: unitwise }] : []));
    const plainLanes = up(width, PANEL);
    const lanes = stage
      ? (stage.height + (stage.interior ? 2 : 0)) * stage.outRow
      : segments.length > 0
        ? segments.reduce((sum, segment) => sum + segment.lanes, 0)
        : plainLanes;
    const unitLanes = stage
      ? stageLanes(stage)
      : segments.length > 0
        ? segmentLanes(segments)
        : counted(width);
    const merged = hidden?.paths && mergeRule(hidden).kind !== 'concatenate';
    const rLanes = merged ? segments[0].lanes : lanes;
    const stride = rowStride(stage ? lanes + 16 : lanes);
    const parts: PartLayout[] = [];
    if (!stage)
      weightParts(spec, l).forEach((part, p) => {
        const outLane = segments.length > 0 ? segments[p].at : 0;
        const outLanes = up(part.rows, PANEL);
        // A part that reads everything reads the lanes between paths as well, where there are zeros.
        const all = part.cols === read[l];
        const inLane = all || !below ? 0 : below.readLanes[part.col];
        const inLanes = all ? (below ? below.rLanes : up(part.cols, 4)) : up(part.cols, 4);
        parts.push({ ...part, outLane, outLanes, inLane, inLanes, at: take(inLanes * outLanes) });
      });
    const kernels = stage ? take(stage.spec.channels * 3 * stage.kernelRow) : 0;
    if (stage)
      parts.push({
        ...{ row: 0, rows: stage.spec.channels, col: 0, cols: kernelSize(stage.spec), at: kernels },
        ...{ outLane: 0, outLanes: stage.outChannels, inLane: 0, inLanes: 0 },
      });
    const bias = take(stage ? stage.outChannels : lanes);
    const psiBelow = l > 0 && layers[l - 1].isotropic && hasPsi(spec.hidden[l - 1].psi);
    layers.push({
      ...{ lanes, stride, unitLanes, parts, stage, segments, isotropic, bias, rLanes },
      readLanes: merged ? counted(segments[0].width) : unitLanes,
      rStride: merged ? rowStride(rLanes) : stride,
      psi: psiBelow ? take(lanes) : null,
      o: isotropic && hidden.o !== 'off' ? take(4) : null,
    });
  }
  return { layers, parameters: next, input };
}

/** Floats of what lies beside the rows: a kernel's place in the block of its stage. */
export function kernelPlace(
  { inChannels, kernelRow }: ConvolutionLayout,
  channel: number,
  column: number,
): number {
  const tap = column % 9;
  return (channel * 3 + Math.floor(tap / 3)) * kernelRow + (tap % 3) * inChannels + Math.floor(column / 9);
}
