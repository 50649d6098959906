import { gradients } from '../../energy/loss';
import type { DataSource } from '../../data/source';
import { gatherImages, gatherLabels } from '../../data/gather';
import { cloneTrainingState, zerosLike, type TrainingState } from '../../network/network';
import type { StepSettings } from '../engine';
import { optimiserStep } from '../optimisers';

/** The images of a batch, standardised, [indices, data.size], with their labels; `shiftStep` is the step whose augmentation they get. */
export function referenceBatch(
  data: DataSource,
  indices: Uint32Array,
  shiftStep: number | null,
): { x: Float32Array; labels: Uint8Array } {
  const x = new Float32Array(indices.length * data.size);
  const labels = new Uint8Array(indices.length);
  gatherImages(data, data.train, indices, 0, indices.length, x, shiftStep);
  gatherLabels(data.train, indices, 0, indices.length, labels);
  return { x, labels };
}

/**
 * Trains a network in float64, step by step, as every engine should: `indices` holds the training images of all steps, `batch` to a step.
 * Returns the state after the last step, and of each step the loss and the gradient it began with. The state given stays as it is.
 */
export function referenceSteps(
  state: TrainingState,
  data: DataSource,
  indices: Uint32Array,
  batch: number,
  settings: StepSettings,
): { state: TrainingState; seen: ReturnType<typeof gradients>[] } {
  const after = cloneTrainingState(state);
  const { spec, parameters } = after.network;
  const seen: ReturnType<typeof gradients>[] = [];
  for (let i = 0; i < indices.length / batch; i++) {
    const shiftStep = settings.augment === 'shift' ? after.optimiser.step : null;
    const { x, labels } = referenceBatch(data, indices.subarray(i * batch, (i + 1) * batch), shiftStep);
    const found = gradients(after.network, x, labels, settings);
    seen.push(found);
    // The optimiser moves log o.
    const moved = { ...parameters, o: parameters.o.map((o) => (o > 0 ? Math.log(o) : 0)) };
    after.optimiser.step += 1;
    const flat = [moved, found.tensors, after.optimiser.first, after.optimiser.second ?? zerosLike(spec)].map(
      (t) => [...t.weights.map((w) => w.data), ...t.biases, ...t.psi, t.o],
    );
    const trained = (t: number): boolean => {
      const psi = t - 2 * parameters.weights.length;
      return (
        psi < 0 ||
        psi >= parameters.psi.length ||
        spec.hidden[psi].psi === 'trained' ||
        spec.hidden[psi].psi === 'decay'
      );
    };
    flat[0].forEach((p, t) => {
      if (!trained(t)) return;
      const { weightDecay, decayAll } = settings.optimiser;
      const decay = t < moved.weights.length || decayAll ? weightDecay : 0;
      optimiserStep(settings.optimiser, after.optimiser.step, decay, p, flat[1][t], flat[2][t], flat[3][t]);
    });
    spec.hidden.forEach((layer, l) => layer.o === 'trained' && (parameters.o[l] = Math.exp(moved.o[l])));
  }
  return { state: after, seen };
}
