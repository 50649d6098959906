import { float64 } from '../../network/linear';
import { crossEntropy } from '../../network/reference';
import { gatherRange } from '../../data/gather';
import type { DataSource, EngineModel, Observation } from '../../training/engine';
import type { Configuration } from '../../configuration/schema';
import type { EvaluationPoint } from '../protocol';
import type { Runner } from './runner';

/** Test images looked at while training; the whole split is for the pause. */
export const WATCHED = 1000;
/** Test images of the invariance reports (float64). */
export const PROBE = 512;

/** How many of the watched test images are there yet. */
export function watched(source: DataSource): number {
  return Math.min(WATCHED, source.test.ready);
}

/** One look at the watched test images. */
export async function lookAt(
  model: EngineModel,
  source: DataSource,
  measure: Configuration['measure'],
): Promise<Observation> {
  return model.observe('test', 0, watched(source), measure);
}

/** Cross-entropy (nats) and right answers of an observation that starts at test image `from`. */
export function score(
  seen: Observation,
  source: DataSource,
  from: number,
): { loss: number; correct: number } {
  const labels = source.test.labels.subarray(from, from + seen.n);
  return crossEntropy(float64(seen.logits), labels, seen.n, source.classes);
}

export function pointOf(runner: Runner, source: DataSource, seen: Observation): EvaluationPoint {
  const { loss, correct } = score(seen, source, 0);
  const units = seen.unitMeanSquare.reduce((sum, layer) => sum + layer.length, 0);
  const alive = seen.unitMeanSquare.reduce((sum, layer) => sum + layer.filter((h2) => h2 > 1e-12).length, 0);
  return {
    runner: runner.id,
    step: runner.step,
    n: seen.n,
    accuracy: correct / seen.n,
    loss,
    energy: seen.energy,
    layerEnergy: [...seen.layerEnergy],
    squaredNorms: seen.squaredNorms,
    unitMeanSquare: seen.unitMeanSquare,
    aliveUnits: units ? alive / units : 1,
  };
}

/** The fixed probe of the invariance reports: the first PROBE test images, standardised, with labels. */
export function probeOf(source: DataSource): { x: Float32Array; labels: Uint8Array; n: number } {
  const n = Math.min(PROBE, source.test.ready);
  const x = new Float32Array(n * source.size);
  gatherRange(source, source.test, 0, n, x);
  return { x, labels: source.test.labels.slice(0, n), n };
}
