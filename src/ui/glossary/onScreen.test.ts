import { beforeAll, describe, expect, it, vi } from 'vitest';
import { MEASURES } from '../../energy/measures';
import { lookUp } from '../../glossary/glossary';
import { ARCHITECTURES } from '../../network/architectures/registry';
import { INITIALISATIONS } from '../../network/initialise';
import { ACTIVATIONS } from '../../activations/lookup';
import { OPTIMISERS } from '../../training/optimisers';

/** Words as the page writes them, which no registry lists. */
const WRITTEN = [
  // The rows of the invariance report.
  ...[
    'max |Δlogit|',
    'ε scaled',
    'KL',
    'accuracy',
    'Σσ removed',
    'E mean',
    'E sum',
    'widths',
    'parameters',
    'σ removed',
  ],
  ...[
    'λ',
    'E',
    'o',
    '‖ψ‖',
    'ψ',
    'σ',
    'θ',
    'S',
    'h²',
    'h',
    'n',
    'W₂ᵀ',
    'ε',
    'KL',
    'nats',
    'b*',
    '‖z‖²',
    '‖W‖',
    'μ',
    't',
  ],
  ...[
    'shell',
    'linear',
    'basis',
    'row norm',
    'mean h²',
    'logit',
    'twin',
    'residual',
    'max |Δlogit|',
    'ε scaled',
  ],
  ...[
    'λ energy weight',
    'o intrinsic length',
    'Basis',
    'Neurons',
    'Adapt',
    'Diagonalise',
    'Rotate',
    'left',
    'full',
  ],
  ...[
    'Keep diagonal',
    'Sparsify',
    'Remove all biases',
    'What goes first',
    'report',
    'gauges',
    'data loss',
    'λ·E',
  ],
  ...[
    'Waterfall',
    'rescaled',
    'Noise',
    'Quantisation',
    'balanced E',
    'path energy',
    'gradient × activation',
    'logit energy',
  ],
  ...[
    'Ladder',
    'λ × o map',
    'Twin',
    'Ridgelines',
    'Error law',
    'Sparsity',
    'gradient along z',
    'gradient across z',
  ],
  ...[
    'Seed',
    'Batch size',
    'Epoch',
    'Step',
    'Pace',
    'Learning rate',
    'Weight decay',
    'ψ decay',
    'Momentum',
    'Standardisation',
  ],
  ...[
    'Glia ratio',
    'Regulation',
    'Kinetic path T',
    'our reading',
    'Drop',
    'Mask',
    'Scaffold units S',
    'Cap',
    'Cooldown',
  ],
  ...[
    'Parameters',
    'multiplies',
    'joules',
    'verdict',
    'partial η²',
    'η²',
    'ω²',
    'CV',
    'shard',
    'trial',
    'recipe',
    'diverged',
  ],
];

let lenses: string[] = [];
beforeAll(async () => {
  // The store reads the address and the preferences when it is made.
  vi.stubGlobal('location', { search: '', href: 'http://lab/' });
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  lenses = (await import('../lenses/registry')).LENSES.map(({ label }) => label);
});
const labels = (choices: readonly { label: string }[]): string[] => choices.map(({ label }) => label);

describe('every word on screen has an entry', () => {
  it.each<[string, () => string[]]>([
    ['lenses', () => lenses],
    ['energy measures', () => labels(MEASURES)],
    ['architectures', () => labels(Object.values(ARCHITECTURES))],
    ['activations', () => labels(ACTIVATIONS)],
    ['optimisers', () => labels(OPTIMISERS)],
    ['initialisations', () => labels(INITIALISATIONS)],
    ['what is written elsewhere', () => WRITTEN],
  ])('%s', (_, words) => {
    expect(words().length).toBeGreaterThan(2);
    expect(words().filter((word) => lookUp(word) === null)).toEqual([]);
  });
});
