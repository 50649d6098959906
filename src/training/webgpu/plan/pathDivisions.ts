import { mergeNumbers, mergeRule } from '../../../network/merge';
import type { ElementwiseId } from '../../../activations/lookup';
import type { HiddenSpec, Merge, NetworkSpec } from '../../../network/spec';

/** A path in the memory of a plan: its units begin at vec4 `start` of a row and take `vectors` of them. */
export interface PlannedPath {
  activation: ElementwiseId;
  width: number;
  from: number | null;
  start: number;
  vectors: number;
}

/** How a layer is divided into paths. A plan is compiled for it; only the numbers of its merge are data. */
export interface PathDivision {
  paths: readonly PlannedPath[];
  merge: Merge['kind'];
  /** vec4s of all units, each path rounded up, and of what the layer above reads. */
  vectors: number;
  read: number;
  /** Which vec4 of `mix` in the models' table holds the numbers of the merge. */
  mix: number;
}

/** The most layers of a network that add or multiply: what the models' table has room for. */
export const MAX_WEIGHTED_MERGES = 4;
/** Where a layer has more vec4s than this, each invocation takes two. */
export const MAX_INVOCATIONS = 256;

function divisionOf(layer: HiddenSpec, mix: number): PathDivision | null {
  if (!layer.paths) return null;
  let vectors = 0;
  const paths = layer.paths.map(({ activation, width, from }) => {
    const own = Math.ceil(width / 4);
    vectors += own;
    return { activation, width, from, start: vectors - own, vectors: own };
  });
  if (vectors > MAX_INVOCATIONS) vectors += vectors % 2;
  const merge = mergeRule(layer).kind;
  return { paths, merge, vectors, read: merge === 'concatenate' ? vectors : paths[0].vectors, mix };
}

const mixes = (layer: HiddenSpec): boolean => mergeNumbers(mergeRule(layer)).length > 0;

/** By layer from inputs to outputs; null where a layer has no paths. Throws where more layers add or multiply than there is room for. */
export function pathDivisions({ hidden }: NetworkSpec): (PathDivision | null)[] {
  let mix = 0;
  const found = hidden.map((layer) => divisionOf(layer, mixes(layer) ? mix++ : 0));
  if (mix > MAX_WEIGHTED_MERGES)
    throw new Error(
      `The compiled engine adds or multiplies paths in up to ${MAX_WEIGHTED_MERGES} layers, not ${mix}.`,
    );
  return [null, ...found, null];
}

/**
 * The coefficients or offsets of all merges, four floats for each layer that has any, as the models' table holds them.
 */
export function mergeCoefficients({ hidden }: NetworkSpec): Float32Array {
  const mix = new Float32Array(4 * MAX_WEIGHTED_MERGES);
  hidden.filter(mixes).forEach((layer, m) => mix.set(mergeNumbers(mergeRule(layer)), 4 * m));
  return mix;
}

/** For each of a layer's `count` units, its place in a row of memory, in floats. */
export function dividedUnitLanes(division: PathDivision | null, count: number): Int32Array {
  if (!division) return Int32Array.from({ length: count }, (_, i) => i);
  return Int32Array.from(
    division.paths.flatMap(({ start, width }) => Array.from({ length: width }, (_, i) => 4 * start + i)),
  );
}

/** For each of the `count` values that the layer above reads, its place in a row of memory, in floats. */
export function dividedReadLanes(division: PathDivision | null, count: number): Int32Array {
  return dividedUnitLanes(division?.merge === 'concatenate' ? division : null, count);
}

/** The vec4s k with begin ≤ k < end. */
export type VectorRange = readonly [begin: number, end: number];

/** Which vec4s of the layer below each path reads; null where all of them read all. */
export function pathReads(division: PathDivision | null, below: PathDivision | null): VectorRange[] | null {
  if (!division || !below || division.paths.every(({ from }) => from === null)) return null;
  return division.paths.map(({ from }) => {
    if (from === null) return [0, below.read];
    const { start, vectors } = below.paths[from];
    return [start, start + vectors];
  });
}

/**
 * For each path of this layer, the vec4s of the layer above that read it; null where all of them do. Those between
 * that do not read it have weights of 0.
 */
export function pathReadBy(division: PathDivision, above: PathDivision | null): VectorRange[] | null {
  if (!above || above.paths.every(({ from }) => from === null)) return null;
  return division.paths.map((_, p) => {
    const readers = above.paths.filter(({ from }) => from === null || from === p);
    if (readers.length === 0) return [0, 0];
    const last = readers[readers.length - 1];
    return [readers[0].start, last.start + last.vectors];
  });
}
