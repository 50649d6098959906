import { beforeAll, describe, expect, it, vi } from 'vitest';
import { gradients } from '../energy/loss';
import { decodeConfiguration, encodeConfiguration } from '../configuration/url';
import { readNetwork, writeNetwork } from '../network/files/networkFile';
import { exampleNetwork, gradientError } from '../network/testing';
import { specOf } from '../network/architectures/registry';
import { DEFAULT_CONFIGURATION } from '../configuration/schema';
import { networkInBasis } from '../topology/operations/basis';
import { gatherImages } from '../data/gather';
import type { Engine } from '../training/engine';
import { openCpu } from '../training/tfjs/backends';
import {
  disagreements,
  fixtureNetwork,
  gradientOnlySettings,
  randomData,
  randomState,
} from '../training/check/fixtures';
import { referenceForward } from '../network/reference';
import { CPU_TILES, GPU_TILES } from '../training/webgpu/plan/bufferLayout';
import { describePlan } from '../training/webgpu/plan/describePlan';
import { ACTIVATIONS, activationOf, type ActivationId } from './lookup';
import { BELL, NEW_ELEMENTWISE, NEW_ISOTROPIC, SWISH, THRESHOLD_LENGTH } from './testing';

vi.mock('./registry', async (original) => {
  const { ACTIVATION_REGISTRY } = await original<typeof import('./registry')>();
  const { BELL: bell, SWISH: swish, THRESHOLD_LENGTH: threshold } = await import('./testing');
  return { ACTIVATION_REGISTRY: [...ACTIVATION_REGISTRY, threshold, swish, bell] };
});

const NEW: readonly ActivationId[] = [NEW_ISOTROPIC, ...NEW_ELEMENTWISE];
const settings = { lambda: 0.7, measure: 'mean-square', psiDecay: 0.1 } as const;

describe('an activation that is a file and a line in the registry', () => {
  it('is in menus, addresses and files', () => {
    expect(ACTIVATIONS.map(({ label }) => label)).toEqual(
      expect.arrayContaining([THRESHOLD_LENGTH.label, SWISH.label, BELL.label]),
    );
    for (const activation of NEW) {
      const address = encodeConfiguration({ ...DEFAULT_CONFIGURATION, activation });
      expect(decodeConfiguration(address).configuration.activation).toBe(activation);
      const { network } = exampleNetwork({ hidden: [5, 4], activation });
      const nothing = { standardisation: null, provenance: null, configuration: null };
      expect(readNetwork(writeNetwork(network, nothing, 'F64')).network).toEqual(network);
    }
  });

  it('is differentiated by the float64 reference', () => {
    for (const activation of NEW)
      for (const normalise of [false, activation !== NEW_ISOTROPIC]) {
        const sample = exampleNetwork({ hidden: [6, 4], activation, psi: 'decay' });
        if (normalise) sample.network.spec.hidden.forEach((layer) => (layer.normalise = true));
        expect(gradientError(sample, settings)).toBeLessThan(1e-6);
      }
  });

  it('keeps its function in any basis, where it is isotropic', () => {
    const { network, x, n } = exampleNetwork({ hidden: [5, 4], activation: NEW_ISOTROPIC });
    const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
    const r = { rows: 5, cols: 5, data: new Float64Array(25) };
    for (let i = 0; i < 5; i++) r.data[6 * i] = 1;
    r.data.set([c, -s], 0);
    r.data.set([s, c], 5);
    const before = referenceForward(network, x, n).logits;
    const after = referenceForward(networkInBasis(network, 0, r), x, n).logits;
    after.forEach((logit, i) => expect(logit).toBeCloseTo(before[i], 12));
  });

  describe('on tfjs', () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await openCpu(() => undefined);
      return () => engine.dispose();
    });

    it.each(NEW)('%s trains as float64 says', async (activation) => {
      const spec = fixtureNetwork(6, [7, 5], 3, activation);
      const data = randomData(6, 3, 32);
      const indices = Uint32Array.from({ length: 13 }, (_, i) => i);
      const state = randomState(spec, 3, true);
      const controls = gradientOnlySettings({ ...settings });
      const model = engine.createModel(state, data);
      await model.train(indices, 13, 1, controls);
      const x = new Float32Array(13 * 6);
      gatherImages(data, data.train, indices, 0, 13, x);
      const labels = data.train.labels.subarray(0, 13);
      const expected = gradients(state.network, x, labels, controls);
      const { optimiser } = await model.exportState();
      expect(disagreements(optimiser.first, expected.tensors, 1e-4)).toEqual([]);
      const sgd = { id: 'sgd', learningRate: 0.1, weightDecay: 0, decayAll: false, momentum: 0 } as const;
      const losses: number[] = [];
      for (let i = 0; i < 3; i++) {
        await model.train(
          Uint32Array.from({ length: 13 * 20 }, (_, k) => k % 13),
          13,
          20,
          {
            ...controls,
            lambda: 0,
            optimiser: sgd,
          },
        );
        const { values } = await model.metrics();
        losses.push(values[0]);
      }
      model.dispose();
      expect(losses[2]).toBeLessThan(losses[0]);
    });
  });

  it('has kernels, which keep what it needs', () => {
    const plan = (activation: ActivationId, tiles = GPU_TILES): string =>
      describePlan({
        spec: fixtureNetwork(6, [7, 5], 3, activation),
        ...{ models: 1, batch: 16, rows: 16, ownBatches: false, tiles, shifts: false },
      })
        .step.map(({ code }) => code)
        .join('\n');
    for (const tiles of [GPU_TILES, CPU_TILES]) {
      const threshold = plan(NEW_ISOTROPIC, tiles);
      expect(threshold).toContain('fn thresholdLength');
      expect(threshold).toContain('pow(thresholdLength(length + all_norm0)');
      expect(threshold).not.toContain('isotropicTanh');
      // Its scale can be 0, so z is kept and read, never taken for h/s.
      expect(threshold).toContain('if (true)');
      expect(threshold).toMatch(/let z00 = below/);
      const swish = plan(NEW_ELEMENTWISE[0], tiles);
      expect(swish).toContain('swishSlope(z00)');
      // f(0) = 1: what lies beyond the units in use is set to 0.
      const bell = plan(NEW_ELEMENTWISE[1], tiles);
      expect(bell).toMatch(
        /select\(vec4f\(\), 1\.0 \/ \(1\.0 \+ a00 \* a00\), .* < vec4u\(sizeOf\(model, 1u\)\)\)/,
      );
      expect(plan('tanh', tiles)).not.toContain('swish');
    }
  });

  it('is chosen by the architectures', () => {
    const planes = { channels: 1, height: 8, width: 8 };
    const shape = { inputs: 64, outputs: 3, planes };
    const cnn = (activation: ActivationId) =>
      specOf(
        { ...DEFAULT_CONFIGURATION, architecture: 'cnn', channels: [4], hidden: [5], activation },
        shape,
      );
    expect(cnn(NEW_ELEMENTWISE[0]).hidden[0].convolution?.activation).toBe('swish');
    expect(cnn(NEW_ISOTROPIC).hidden[0].convolution?.activation).toBe('relu');
    expect(cnn(NEW_ISOTROPIC).hidden[1]).toMatchObject({ o: DEFAULT_CONFIGURATION.oMode });
    expect(activationOf(NEW_ISOTROPIC)).toBe(THRESHOLD_LENGTH);
  });
});
