import type { RegulationId } from '../settings';
import type { HiddenSpec, Merge } from '../spec';
import { type Architecture, DENSE_SIZES, specFromLayers, type SpecConfiguration } from './architecture';

/** How the two paths of the last layer meet, by regulation; both are of one width but for `concatenate`. */
export const REGULATIONS: readonly { id: RegulationId; label: string; describe: string; merge: Merge }[] = [
  {
    id: 'concatenate',
    label: 'Side by side: [f ; s]',
    describe: 'The outputs read both paths as they are.',
    merge: { kind: 'concatenate' },
  },
  {
    id: 'add',
    label: 'Additive: f + s',
    describe: 'The glial path shifts the neuronal one, unit by unit.',
    merge: { kind: 'add', coefficients: [1, 1] },
  },
  {
    id: 'multiply',
    label: 'Multiplicative: f·(1 + s)',
    describe: 'The glial path scales the neuronal one between 0 and 2.',
    merge: { kind: 'multiply', offsets: [0, 1] },
  },
  {
    id: 'gate',
    label: 'Gate: f·sigmoid(z)',
    describe:
      'The glial path opens and shuts the neuronal one: its last layer is the sigmoid of its pre-activation z in place of tanh z (the sigmoid of tanh z could not shut).',
    merge: { kind: 'multiply', offsets: [0, 0] },
  },
];

/** Glial units beside so many neuronal ones: none at ratio 0, else at least one. */
function gliaWidth(ratio: number, neurons: number): number {
  return ratio === 0 ? 0 : Math.max(1, Math.round(ratio * neurons));
}

function layers({ hidden, gliaRatio, regulation, normalise }: SpecConfiguration): HiddenSpec[] {
  const { merge } = REGULATIONS.find(({ id }) => id === regulation) ?? REGULATIONS[0];
  const last = hidden.length - 1;
  return hidden.map((neurons, l) => {
    const base = { o: 'off', psi: 'off', ...(normalise && { normalise }) } as const;
    if (gliaRatio === 0) return { width: neurons, ...base };
    const glia = l === last && merge.kind !== 'concatenate' ? neurons : gliaWidth(gliaRatio, neurons);
    const below = (path: number): number | null => (l > 0 ? path : null);
    return {
      width: neurons + glia,
      ...base,
      paths: [
        { width: neurons, activation: 'relu', from: below(0) },
        { width: glia, activation: l === last && regulation === 'gate' ? 'sigmoid' : 'tanh', from: below(1) },
      ],
      ...(l === last && { merge }),
    };
  });
}

/** A fast neuronal path (ReLU) beside a regulating glial path (tanh), separate up to the last hidden layer. */
export const BIMODAL: Architecture = {
  id: 'bimodal',
  label: 'BimodalTrue',
  describe:
    'A neuronal path (ReLU) of the widths below, and beside it a glial path (tanh) of glia ratio times as many units. They meet after the last hidden layer. At ratio 0 there is no glial path: an MLP in ReLU.',
  reading:
    'The paper names a ReLU and a tanh path and the compression of 2 from layer to layer; widths of the glial path, separate wiring and how the paths meet are our reading.',
  uses: ['hidden', 'gliaRatio', 'regulation', 'normalise'],
  sizes: DENSE_SIZES,
  spec: (configuration, shape) => specFromLayers(shape, 'relu', layers(configuration)),
};
