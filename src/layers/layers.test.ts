import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { ISOTROPIC_TANH } from '../activations/isotropicTanh';
import { MEASURES } from '../energy/measures';
import { seededRandom } from '../network/random';
import { openCpu, openWasm } from '../training/tfjs/backends';
import { layerEnergy, networkEnergy } from './energy';
import { isotropicLayer, isotropicScaleTensor } from './isotropic';
import { matrixProduct } from './product';
import { correctCount, softmaxCrossEntropy } from './softmaxCrossEntropy';

describe.each([
  { name: 'cpu', open: openCpu },
  { name: 'wasm', open: openWasm },
])('layers on $name', ({ open }) => {
  beforeAll(async () => {
    await open(() => undefined);
  });

  it('has s and ∂s/∂o to float32 precision from m = 0 to the far shell', async () => {
    const m = [0, 1e-4, 1e-2, 0.1, 0.2, 0.2999, 0.3, 0.3001, 0.5, 1, 3, 10, 50, 1e4];
    const q = m.map((v) => Math.fround(v * v));
    const { value, grad } = tf.valueAndGrad((at) => isotropicScaleTensor(ISOTROPIC_TANH, at))(tf.tensor1d(q));
    const s = await value.data();
    const bySquare = await grad.data();
    q.forEach((at, i) => {
      expect(s[i] / ISOTROPIC_TANH.scale(at), `s at m = ${m[i]}`).toBeCloseTo(1, 6);
      expect(bySquare[i] / (ISOTROPIC_TANH.slope(at) / 2), `∂s/∂o at m = ${m[i]}`).toBeCloseTo(1, 4);
    });
    expect(s[0]).toBe(1);
    expect(bySquare[0]).toBeCloseTo(-1 / 3, 7);
  });

  it('is smooth for an isotropic layer at z = 0, with and without o', async () => {
    const z = tf.zeros<tf.Rank.R2>([2, 3]);
    const weights = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const off = tf.grad((x: tf.Tensor) =>
      tf.sum(tf.mul(isotropicLayer(ISOTROPIC_TANH, x as tf.Tensor2D, null).h, weights)),
    )(z);
    expect(Array.from(await off.data())).toEqual([1, 2, 3, 4, 5, 6]);
    const [, byO] = tf.grads((x, o) =>
      tf.sum(tf.mul(isotropicLayer(ISOTROPIC_TANH, x as tf.Tensor2D, o).h, weights)),
    )([z, tf.tensor1d([1])]);
    expect(Array.from(await byO.data())).toEqual([0]);
  });

  it('has energies as energy/measures.ts defines them, and no push on silent units', async () => {
    const rng = seededRandom(2, 'energies');
    const values = Float32Array.from({ length: 15 }, (_, i) =>
      i % 4 === 0 || i < 5 ? 0 : 0.05 * rng.normal(),
    );
    for (const measure of MEASURES) {
      const energy = (h: tf.Tensor): tf.Scalar => layerEnergy(measure.id, h as tf.Tensor2D);
      const { value, grad } = tf.valueAndGrad(energy)(tf.tensor2d(values, [3, 5]));
      expect((await value.data())[0] / measure.layer(values, 3, 5)).toBeCloseTo(1, 5);
      const expected = new Float64Array(15);
      measure.addGradient(values, 3, 5, 1, 1, expected);
      (await grad.data()).forEach((g, i) => expect(g).toBeCloseTo(expected[i], 4));
      const network = networkEnergy(measure.id, [tf.scalar(1), tf.scalar(3)]);
      expect((await network.data())[0]).toBe(measure.combine([1, 3]));
    }
  });

  it('survives logits of any size, and counts right answers once, ties to the first', async () => {
    const logits = tf.tensor2d([1e4, -1e4, 0, 0, 0, 0, 1, 2, 3], [3, 3]);
    const labels = tf.tensor1d([0, 1, 2], 'int32');
    const oneHot = tf.oneHot(labels, 3) as tf.Tensor2D;
    const loss = (y: tf.Tensor): tf.Scalar => softmaxCrossEntropy(y as tf.Tensor2D, oneHot);
    const { value, grad } = tf.valueAndGrad(loss)(logits);
    const third = Math.log(1 + Math.exp(-1) + Math.exp(-2));
    expect((await value.data())[0]).toBeCloseTo((Math.log(3) + third) / 3, 5);
    expect((await grad.data()).every(Number.isFinite)).toBe(true);
    expect((await correctCount(logits, labels).data())[0]).toBe(2);
  });

  it('multiplies with either side transposed', async () => {
    const a = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const b = tf.tensor2d([1, 0, 2, 0, 1, 1], [2, 3]);
    expect(Array.from(await matrixProduct(a, b, false, true).data())).toEqual([7, 5, 16, 11]);
    expect(Array.from(await matrixProduct(a, b, true, false).data())).toEqual([1, 4, 6, 2, 5, 9, 3, 6, 12]);
  });
});
