import { isIsotropicActivation } from '../../activations/lookup';
import * as tf from '@tensorflow/tfjs-core';
import { checkPaths, parameterMask, withMerge } from '../../network/merge';
import { cloneSpec, type Network, type ParameterTensors, type TrainingState } from '../../network/network';
import { O_FLOOR, type Merge, type NetworkSpec } from '../../network/spec';
import type { LayerTensors } from './forward';
import type { TrainedTensor } from './optimiser';
import { sliceVectors, packVectors, vectorSlots, unpackVectors, type VectorSlot } from './packedVectors';

/** Parameters and moments of one network on the current backend: a variable per weight matrix and one packed vector. */
export class DeviceParameters {
  readonly spec: NetworkSpec;
  /** The weight matrices by layer, then the packed vector. */
  readonly trained: TrainedTensor[];
  private readonly slots: VectorSlot[];
  /** 1 where a weight is there and 0 between separate paths; null where all of a matrix is there. */
  private readonly masks: (tf.Tensor2D | null)[];
  /** o and ψ that are in the forward pass but not trained. */
  private readonly fixedO: (tf.Variable | null)[];
  private readonly fixedPsi: (tf.Tensor1D | null)[];

  constructor(state: TrainingState) {
    const { network, optimiser } = state;
    checkPaths(network.spec);
    this.spec = cloneSpec(network.spec);
    this.slots = vectorSlots(this.spec);
    const isotropic = isIsotropicActivation(this.spec.activation);
    const { parameters } = network;
    const { first, second } = optimiser;
    this.trained = parameters.weights.map((w, l) => {
      const shape: [number, number] = [w.rows, w.cols];
      return {
        matrix: true,
        value: variable(w.data, shape),
        first: variable(first.weights[l].data, shape),
        second: second && variable(second.weights[l].data, shape),
      };
    });
    this.masks = parameters.weights.map(({ rows, cols }, l) => {
      const mask = parameterMask(this.spec, l);
      return mask && tf.tensor2d(Float32Array.from(mask), [rows, cols]);
    });
    const vector = packVectors(this.slots, parameters, true);
    this.trained.push({
      matrix: false,
      value: variable(vector, [vector.length]),
      first: variable(packVectors(this.slots, first, false), [vector.length]),
      second: second && variable(packVectors(this.slots, second, false), [vector.length]),
    });
    this.fixedO = this.spec.hidden.map((layer, i) =>
      isotropic && layer.o === 'fixed' ? variable([parameters.o[i]], [1]) : null,
    );
    this.fixedPsi = this.spec.hidden.map((layer, i) =>
      isotropic && layer.psi === 'fixed' ? tf.tensor1d(Float32Array.from(parameters.psi[i])) : null,
    );
  }

  /** What gradients are taken by, one flat list: the matrices, then the slots of the packed vector (call inside a tidy). */
  leaves(): tf.Tensor[] {
    return [...this.matrices(), ...sliceVectors(this.slots, this.vector().value as tf.Tensor1D)];
  }

  /** The forward pass's parameters made of leaves, and the ψ under decay. */
  assemble(leaves: tf.Tensor[]): { layers: LayerTensors; decayingPsi: tf.Tensor1D[] } {
    const matrices = this.spec.hidden.length + 1;
    const layers: LayerTensors = {
      weights: leaves.slice(0, matrices).map((leaf, l) => {
        const mask = this.masks[l];
        return (mask ? tf.mul(leaf, mask) : leaf) as tf.Tensor2D;
      }),
      biases: [],
      psi: [...this.fixedPsi],
      o: [...this.fixedO],
    };
    const decayingPsi: tf.Tensor1D[] = [];
    this.slots.forEach(({ kind, layer }, i) => {
      const leaf = leaves[matrices + i] as tf.Tensor1D;
      if (kind === 'bias') layers.biases.push(leaf);
      else if (kind === 'logO') layers.o[layer] = tf.exp(leaf);
      else {
        layers.psi[layer] = leaf;
        if (this.spec.hidden[layer].psi === 'decay') decayingPsi.push(leaf);
      }
    });
    return { layers, decayingPsi };
  }

  /** Gradients by leaf brought into the shape of `trained`. */
  collect(gradients: tf.Tensor[]): tf.Tensor[] {
    const matrices = this.spec.hidden.length + 1;
    const vectors = gradients.slice(matrices) as tf.Tensor1D[];
    return [...gradients.slice(0, matrices), vectors.length === 1 ? vectors[0] : tf.concat1d(vectors)];
  }

  /** Float64 copies of the parameters. */
  async network(): Promise<Network> {
    const spec = cloneSpec(this.spec);
    const [parameters, o, psi] = await Promise.all([
      this.read((t) => t.value, true),
      readAll(this.fixedO),
      readAll(this.fixedPsi),
    ]);
    o.forEach((value, i) => value && (parameters.o[i] = value[0]));
    psi.forEach((value, i) => value && parameters.psi[i].set(value));
    return { spec, parameters };
  }

  /** Float64 copies of everything, with `step` as the optimiser's. */
  async state(step: number): Promise<TrainingState> {
    const adam = this.trained.every((t) => t.second !== null);
    // All reads are asked for before the first answer, so that they see one moment.
    const [network, first, second] = await Promise.all([
      this.network(),
      this.read((t) => t.first, false),
      adam ? this.read((t) => t.second, false) : null,
    ]);
    return { network, optimiser: { step, first, second } };
  }

  private async read(
    of: (t: TrainedTensor) => tf.Variable | null,
    logarithm: boolean,
  ): Promise<ParameterTensors> {
    const values = (await readAll(this.trained.map(of))).map((v) => v ?? new Float32Array(0));
    return unpackVectors(this.spec, this.slots, values.slice(0, -1), values[values.length - 1], logarithm);
  }

  /** Sets o of one hidden layer (not below O_FLOOR); where it is trained, log o's moments are cleared. Throws where o is off. */
  setO(layer: number, value: number): void {
    if (!Number.isFinite(value) || value < 0) throw new Error(`o must be a number ≥ 0, got ${value}.`);
    const o = Math.max(O_FLOOR, value);
    const fixed = this.fixedO[layer] as tf.Variable | null | undefined;
    if (fixed) {
      tf.tidy(() => fixed.assign(tf.tensor1d([o])));
      return;
    }
    const slot = this.slots.find((s) => s.kind === 'logO' && s.layer === layer);
    if (!slot) throw new Error(`o of hidden layer ${layer + 1} is off.`);
    const vector = this.vector();
    const put = (target: tf.Variable, entry: number): void =>
      tf.tidy(() => {
        const before = tf.slice(target, 0, slot.from);
        const after = tf.slice(target, slot.from + 1, target.size - slot.from - 1);
        target.assign(tf.concat([before, tf.tensor1d([entry]), after]));
      });
    put(vector.value, Math.log(o));
    put(vector.first, 0);
    if (vector.second) put(vector.second, 0);
  }

  /** Sets the numbers of one hidden layer's merge. Throws where it is not merged that way. */
  setMerge(layer: number, merge: Merge): void {
    const { hidden } = this.spec;
    if (layer in hidden) hidden[layer] = withMerge(hidden[layer], merge);
    else throw new Error(`There is no hidden layer ${layer + 1}.`);
  }

  dispose(): void {
    for (const { value, first, second } of this.trained) [value, first, second].forEach((v) => v?.dispose());
    [...this.fixedO, ...this.fixedPsi, ...this.masks].forEach((t) => t?.dispose());
  }

  matrices(): tf.Variable[] {
    return this.trained.slice(0, -1).map((t) => t.value);
  }

  private vector(): TrainedTensor {
    return this.trained[this.trained.length - 1];
  }
}

/** Values of tensors, null where there is none; every read is asked for before the first answer. */
function readAll(tensors: (tf.Tensor | null)[]): Promise<(Float32Array | null)[]> {
  return Promise.all(tensors.map((t) => (t ? t.data<'float32'>() : Promise.resolve(null))));
}

/** A variable of float32 copies of `data`. */
function variable(data: ArrayLike<number>, shape: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor(Float32Array.from(data), shape, 'float32')));
}
