import * as tf from '@tensorflow/tfjs-core';
import type { EnergySite, MeasureId } from '../../energy/ids';
import type { DataSource } from '../../data/source';
// The core registers no gradients by itself.
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { gatherImages, gatherLabels } from '../../data/gather';
import { outputsOf } from '../../data/tasks';
import { layerEnergy, networkEnergy } from '../../layers/energy';
import { correctCount, softmaxCrossEntropy, withinBlock } from '../../layers/softmaxCrossEntropy';
import type { Network, TrainingState } from '../../network/network';
import type { Merge } from '../../network/spec';
import { sizesName } from '../../network/architectures/counts';
import { debugLine, metricsText, stepTimeText } from '../debug';
import type { StepSettings, EngineModel, Observation, StepMetrics } from '../engine';
import { tensorForward } from './forward';
import { MetricRows } from './metrics';
import { observeTensors } from './observe';
import { updateTensor } from './optimiser';
import { DeviceParameters } from './deviceParameters';

/** One network trained with tfjs ops and gradients on the backend that `activate` makes current. */
export class TfjsModel implements EngineModel {
  private weights: DeviceParameters;
  private step: number;
  private readonly rows = new MetricRows();
  private disposed = false;

  constructor(
    state: TrainingState,
    private readonly data: DataSource,
    private readonly activate: () => void,
    private readonly onDispose: (model: TfjsModel) => void,
  ) {
    activate();
    this.weights = new DeviceParameters(state);
    this.step = state.optimiser.step;
    this.describe();
  }

  private describe(): void {
    const { spec, trained } = this.weights;
    const sizes = sizesName(spec);
    debugLine('plan', () => `${sizes} on tfjs (${tf.getBackend()}): ${trained.length} trained tensors`);
  }

  train(indices: Uint32Array, batch: number, steps: number, controls: StepSettings): void {
    if (indices.length < batch * steps)
      throw new Error(
        `${steps} steps of ${batch} images need ${batch * steps} indices, got ${indices.length}.`,
      );
    this.activate();
    const from = performance.now();
    debugLine('submission', () => `${steps} steps of ${batch} images, from step ${this.step}`);
    const { data } = this;
    for (let i = 0; i < steps; i++) {
      // New arrays each step: backends other than wasm may keep them until the tensor is uploaded.
      const { inputs, blocks } = this.weights.spec;
      const images = new Float32Array(batch * inputs);
      const labels = new Int32Array(batch);
      const shiftStep = controls.augment === 'shift' ? this.step : null;
      gatherImages(data, data.train, indices, i * batch, batch, images, shiftStep, blocks);
      gatherLabels(data.train, indices, i * batch, batch, labels);
      tf.tidy(() =>
        this.trainOn(
          tf.tensor2d(images, [batch, inputs]),
          tf.tensor1d(outputsOf(data, blocks, labels), 'int32'),
          controls,
        ),
      );
    }
    // Backends on the CPU have computed them now; those on a GPU have them in their queue.
    debugLine(
      'timing',
      () => `${steps} steps taken or queued in ${stepTimeText(performance.now() - from, steps)}`,
    );
  }

  /** One step on x [n, inputs] and labels [n]; inside a tidy. */
  private trainOn(x: tf.Tensor2D, labels: tf.Tensor1D, controls: StepSettings): void {
    const { weights } = this;
    const { lambda, measure, psiDecay } = controls;
    const { raw, gradients } = this.differentiate(x, labels, controls);
    const squares = gradients.map((g) => tf.sum(tf.square(g)));
    const squaredNorm = tf.reshape(
      squares.reduce((a, b) => tf.add(a, b)),
      [1],
    );
    const row = tf.concat1d([
      tf.slice1d(raw as tf.Tensor1D, 0, 3),
      squaredNorm as tf.Tensor1D,
      tf.slice1d(raw as tf.Tensor1D, 3, raw.size - 3),
    ]);
    raw.dispose();
    this.rows.add({ raw: tf.keep(row), lambda, measure, psiDecay });
    this.step += 1;
    weights.trained.forEach((trained, i) => {
      updateTensor(trained, gradients[i], this.step, controls.optimiser);
    });
  }

  /** Gradients of CE + λ·E + psiDecay·Σ‖ψ‖² in the shape of `weights.trained`, and [CE, correct, Σ‖ψ‖², E per layer]. */
  private differentiate(
    x: tf.Tensor2D,
    labels: tf.Tensor1D,
    { lambda, measure, site, psiDecay }: StepSettings,
  ): { raw: tf.Tensor; gradients: tf.Tensor[] } {
    const { weights } = this;
    const oneHot = tf.oneHot(labels, weights.spec.outputs) as tf.Tensor2D;
    const kept: tf.Tensor[] = [];
    const loss = (...leaves: tf.Tensor[]): tf.Scalar => {
      const { layers, decayingPsi } = weights.assemble(leaves);
      const { logits: all, hidden } = tensorForward(weights.spec, layers, x);
      const { blocks } = weights.spec;
      const logits = blocks ? withinBlock(all, labels, blocks.length) : all;
      const dataLoss = softmaxCrossEntropy(logits, oneHot);
      const energies = hidden.map(({ z, h }) => layerEnergy(measure, site === 'pre' ? z : h));
      const psi = decayingPsi
        .map((p) => tf.sum<tf.Scalar>(tf.square(p)))
        .reduce<tf.Scalar | null>((a, b) => (a ? tf.add(a, b) : b), null);
      const correct = correctCount(logits, labels);
      // Kept: the tape's own tidy would dispose what the function does not return.
      const columns: tf.Tensor[] = [dataLoss, correct, psi ?? tf.scalar(0), ...energies];
      kept.push(tf.keep(tf.stack(columns)));
      let total = dataLoss;
      // An exact 0 leaves the term out of the tape: it contributes nothing, not even 0·∞.
      if (lambda !== 0 && energies.length > 0)
        total = tf.add(total, tf.mul(networkEnergy(measure, energies), lambda));
      if (psiDecay !== 0 && psi) total = tf.add(total, tf.mul(psi, psiDecay));
      return total;
    };
    const { grads } = tf.valueAndGrads(loss)(weights.leaves());
    return { raw: kept[0], gradients: weights.collect(grads) };
  }

  async metrics(): Promise<StepMetrics> {
    this.activate();
    const from = performance.now();
    const read = await this.rows.read(this.weights.spec.hidden.length);
    debugLine('timing', () => metricsText(read.rows, performance.now() - from));
    return read;
  }

  observe(
    split: 'train' | 'test',
    from: number,
    count: number,
    measure: MeasureId,
    site?: EnergySite,
  ): Promise<Observation> {
    this.activate();
    const { weights, data } = this;
    return observeTensors(
      weights.spec,
      () => weights.assemble(weights.leaves()).layers,
      data,
      split,
      from,
      count,
      measure,
      site,
    );
  }

  exportState(): Promise<TrainingState> {
    this.activate();
    return this.weights.state(this.step);
  }

  exportNetwork(): Promise<Network> {
    this.activate();
    return this.weights.network();
  }

  importState(state: TrainingState): void {
    this.activate();
    const next = new DeviceParameters(state);
    // Rows in waiting have a column per hidden layer.
    if (next.spec.hidden.length !== this.weights.spec.hidden.length) this.rows.clear();
    this.weights.dispose();
    this.weights = next;
    this.step = state.optimiser.step;
    this.describe();
  }

  setO(layer: number, value: number): void {
    this.activate();
    this.weights.setO(layer, value);
  }

  setMerge(layer: number, merge: Merge): void {
    this.weights.setMerge(layer, merge);
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.rows.clear();
    this.weights.dispose();
    this.onDispose(this);
  }
}
