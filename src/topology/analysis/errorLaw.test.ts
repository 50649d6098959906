import { describe, expect, it } from 'vitest';
import { cloneNetwork, type Network } from '../../network/network';
import { exampleNetwork } from '../../network/testing';
import type { OMode, PsiMode } from '../../network/spec';
import { networkDeviation } from '../testing';
import { errorLaw, prepareErrorLaw, removalErrors } from './errorLaw';
import { withoutUnit, inDiagonalBasis } from './testing';
import { CORRECTION_MODES } from './types';

const MODES: [OMode, PsiMode][] = [
  ['trained', 'decay'],
  ['fixed', 'fixed'],
  ['off', 'trained'],
  ['trained', 'expectation'],
  ['off', 'off'],
];

/** The network with the smallest unit of a layer scaled to `sigma` and given `bStar`, built entry by entry. */
function scaled(
  network: Network,
  layer: number,
  sigma: number,
  bStar: number,
): { network: Network; unit: number } {
  const out = inDiagonalBasis(cloneNetwork(network), layer);
  const { parameters } = out;
  const w = parameters.weights[layer];
  const norms = Array.from({ length: w.rows }, (_, i) =>
    Math.hypot(...w.data.subarray(i * w.cols, (i + 1) * w.cols)),
  );
  const unit = norms.findLastIndex((norm) => norm > 1e-9);
  const factor = sigma / norms[unit];
  for (let j = 0; j < w.cols; j++) w.data[unit * w.cols + j] *= factor;
  if (layer > 0) parameters.psi[layer - 1][unit] *= factor;
  parameters.biases[layer][unit] = bStar;
  return { network: out, unit };
}

describe('the error law', () => {
  it.each(MODES)('has slope 1 with both corrections, whatever the modes (o %s, ψ %s)', (o, psi) => {
    for (let seed = 1; seed <= 6; seed++)
      for (const layer of [0, 1, 2])
        for (const bStar of [null, 0.5]) {
          const { network, ...probe } = exampleNetwork({ hidden: [9, 7, 6], inputs: 12, o, psi, seed });
          const law = errorLaw(network, layer, bStar, probe);
          expect(law.sigmas).toHaveLength(13);
          expect(law.sigmas[12]).toBeCloseTo(1e-6, 15);
          expect(law.slope, `seed ${seed}, layer ${layer}`).toBeGreaterThan(0.9);
          expect(law.slope).toBeLessThan(1.1);
          expect(law.curves['o+psi'][12]).toBeLessThan(1e-2);
        }
  });

  it('levels off without a correction, on shelves that rise with b*', () => {
    for (let seed = 1; seed <= 5; seed++) {
      const { network, ...probe } = exampleNetwork({ hidden: [9, 7], inputs: 12, seed });
      const shelves = [0.05, 0.2, 0.8].map((bStar) => {
        const { curves } = errorLaw(network, 0, bStar, probe);
        return (['o', 'psi', 'none'] as const).map((mode) => {
          // A shelf: the last two decades of σ change nothing.
          expect(curves[mode][12] / curves[mode][8]).toBeCloseTo(1, 1);
          expect(curves[mode][12]).toBeGreaterThan(100 * curves['o+psi'][12]);
          return curves[mode][12];
        });
      });
      for (const mode of [0, 1, 2]) {
        expect(shelves[1][mode]).toBeGreaterThan(2 * shelves[0][mode]);
        expect(shelves[2][mode]).toBeGreaterThan(2 * shelves[1][mode]);
      }
    }
  });

  it('is what cutting the scaled network entry by entry gives, in every mode', () => {
    for (const layer of [0, 1])
      for (const [o, psi] of MODES) {
        const { network, ...probe } = exampleNetwork({ hidden: [8, 6], inputs: 10, o, psi, seed: 4 });
        const { sigmas, curves } = errorLaw(network, layer, 0.3, probe);
        for (const i of [0, 5, 8]) {
          const before = scaled(network, layer, sigmas[i], 0.3);
          for (const mode of CORRECTION_MODES) {
            const corrections = { o: mode.startsWith('o'), psi: mode.endsWith('psi') };
            const after = withoutUnit(before.network, layer, before.unit, corrections);
            const { epsilonScaledPercent } = networkDeviation(before.network, after, probe.x, probe.labels);
            expect(curves[mode][i]).toBeGreaterThan(0);
            expect(Math.abs(curves[mode][i] - epsilonScaledPercent), `${mode} ${i}`).toBeLessThan(1e-9);
          }
        }
      }
  });

  it('is exact in float64 at σ = 0, and only with both corrections', () => {
    for (const layer of [0, 1]) {
      const { network, ...probe } = exampleNetwork({ hidden: [8, 6], inputs: 10, seed: 2 });
      const errors = removalErrors(prepareErrorLaw(network, layer, 0.7, probe), 0, probe.labels);
      expect(errors['o+psi']).toBeLessThan(1e-12);
      for (const mode of ['o', 'psi', 'none'] as const) expect(errors[mode]).toBeGreaterThan(0.1);
    }
  });

  it('begins at the trained network itself, with the unit a removal takes first', () => {
    const { network, ...probe } = exampleNetwork({ hidden: [8, 6], inputs: 10, seed: 5 });
    const law = errorLaw(network, 0, null, probe);
    expect(law.sigmas[0]).toBe(law.sigma);
    const turned = inDiagonalBasis(network, 0);
    const { epsilonScaledPercent } = networkDeviation(
      network,
      withoutUnit(turned, 0, 7, { o: true, psi: true }),
      probe.x,
      probe.labels,
    );
    expect(law.curves['o+psi'][0]).toBeCloseTo(epsilonScaledPercent, 9);
    expect(law.bStar).toBe(turned.parameters.biases[0][7]);
  });

  it('passes over units without a direction, and refuses elementwise networks', () => {
    // Wider than its inputs: the last four have σ = 0.
    const { network, ...probe } = exampleNetwork({ hidden: [9, 6], inputs: 5 });
    expect(errorLaw(network, 0, 0.5, probe).sigma).toBeGreaterThan(0.1);
    const tanh = exampleNetwork({ hidden: [8, 6], activation: 'tanh' });
    expect(() => errorLaw(tanh.network, 0, null, tanh)).toThrow(/isotropic/);
    expect(() => errorLaw(network, 2, null, probe)).toThrow(/no hidden layer 3/);
  });
});
