import type { NetworkSpec } from '../../../network/spec';
import type { LabState } from '../../../store/state';
import type { Snapshot } from '../../../worker/protocol';
import { sampleNouns } from '../../sampleNouns';
import { galleryCount } from '../samples/images';
import { galleryMeanSquares, type ImagePrediction } from './prediction';
import { isDivided, type LayerShape, pathStart, rowMeans } from '../geometry/shape';

/** Images of the gallery that stand in where the engine's mean h² is of another basis. */
const STAND_IN = 48;

/** mean h² of each unit per hidden layer, over n test images. */
interface MeanSquare {
  values: Float64Array[];
  n: number;
}

/** The latest evaluation's mean h² of each unit; null where there is none of the network as it stands. */
export function currentMeanSquare(
  state: LabState,
  { hidden }: NetworkSpec,
  stale: LabState['evaluations']['main'],
): MeanSquare | null {
  const point = state.evaluations.main;
  const current =
    point !== undefined &&
    state.frame === null &&
    point !== stale &&
    hidden.every(({ width }, l) => point.unitMeanSquare[l]?.length === width);
  if (!current) return null;
  return { values: point.unitMeanSquare.map((v) => Float64Array.from(v)), n: point.n };
}

/** Energy of one pathway: mean h² of its units, and its share of the layer's Σh² (null while that is 0). */
export interface PathEnergy {
  mean: number;
  share: number | null;
}

/** Energy by pathway from each unit's mean h²; null where a layer is not divided, or there are none. */
export function pathEnergies(shape: LayerShape, meanSquare: Float64Array | null): PathEnergy[] | null {
  if (!isDivided(shape) || !meanSquare) return null;
  const sums = shape.paths.map((width, path) => {
    const from = pathStart(shape, path);
    return meanSquare.subarray(from, from + width).reduce((sum, v) => sum + v, 0);
  });
  const all = sums.reduce((a, b) => a + b, 0);
  return sums.map((sum, path) => ({ mean: sum / shape.paths[path], share: all > 0 ? sum / all : null }));
}

/** Lengths of the solid bars per hidden layer, in the bar mode (signed for the studied image), and what they are in words. */
export interface StageBars {
  mode: LabState['ui']['barMode'];
  values: (Float64Array | null)[];
  over: string;
}

/** Lengths of the solid bars in the bar mode; of a convolution one for each channel. */
export function solidBars(
  state: LabState,
  snapshot: Snapshot,
  shapes: readonly LayerShape[],
  norms: Float64Array[],
  reading: ImagePrediction | null,
  measured: MeanSquare | null,
): StageBars {
  const mode = state.ui.barMode;
  const { one, many } = sampleNouns(state.configuration.data);
  const rows = (all: ArrayLike<number>[]): Float64Array[] => all.map((v, l) => rowMeans(shapes[l], v));
  if (mode === 'sigma') return { mode, values: norms, over: 'row norm in the present basis' };
  if (mode === 'image')
    return {
      mode,
      values: reading ? rows(reading.h) : norms.map(() => null),
      over: shapes[state.ui.focus]?.map
        ? `mean h of each map, ${one} under study`
        : `h of the ${one} under study`,
    };
  if (measured) {
    const over = `mean h² over ${measured.n.toLocaleString('en-US')} test ${many}`;
    return { mode, values: rows(measured.values), over };
  }
  const { gallery } = state;
  const count = gallery ? Math.min(STAND_IN, galleryCount(gallery)) : 0;
  const values = gallery && count > 0 ? galleryMeanSquares(snapshot, gallery, count) : null;
  return {
    mode,
    values: values ? rows(values) : norms.map(() => null),
    over: values ? `mean h² over ${count} test ${many}` : `waiting for test ${many}`,
  };
}
