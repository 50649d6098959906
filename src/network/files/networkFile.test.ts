import { describe, expect, it } from 'vitest';
import { parameterMask } from '../merge';
import { zerosLike, type Network } from '../network';
import { seededRandom } from '../random';
import { referenceForward } from '../reference';
import type { ActivationId } from '../../activations/lookup';
import { O_FLOOR, type NetworkSpec, type OMode, type PsiMode } from '../spec';
import { exampleNetwork } from '../testing';
import { readNetwork, writeNetwork } from './networkFile';
import type { NetworkRecord } from './record';
import { FileFault, readSafetensors, writeSafetensors } from './safetensors';

const RECORD: NetworkRecord = {
  standardisation: {
    dataset: 'digits',
    how: 'dataset',
    byteScale: 1 / 16,
    mean: 0.3,
    deviation: 0.4,
    clip: null,
  },
  provenance: { madeBy: 'Parsimony', savedAt: '2026-01-01T00:00:00.000Z', step: 12, seed: 7 },
  configuration: 'v=1&data=digits',
};
const SILENT: NetworkRecord = { standardisation: null, provenance: null, configuration: null };

/** A file of the official implementation: numbers by name, nothing said about them. */
function official(tensors: Record<string, [shape: number[], ...values: number[]]>): Uint8Array {
  const map = new Map(
    Object.entries(tensors).map(([name, [shape, ...values]]) => {
      const size = shape.reduce((product, n) => product * n, 1);
      const data = Float64Array.from({ length: size }, (_, i) => values[i % values.length] ?? 0);
      return [name, { shape, data }];
    }),
  );
  return writeSafetensors(map, new Map([['format', 'pt']]), 'F32');
}
const SOUND: Parameters<typeof official>[0] = {
  'weight_parameters.0': [[3, 4], 0.5, -1, 0.25],
  'weight_parameters.1': [[2, 3], 1, 2],
  'weight_parameters.2': [[5, 2], 0.5, -0.5],
  'bias_parameters.0': [[3], 0.125],
  'bias_parameters.1': [[2], 1],
  'bias_parameters.2': [[5], 0.75],
  'psi_parameters.0': [[2], 0.5],
  'psi_parameters.1': [[5], -0.25],
  'activation.0.intrinsic_length': [[], Math.fround(Math.log(1e-6))],
  'activation.1.intrinsic_length': [[], -1.5],
};
function fault(bytes: Uint8Array): string {
  try {
    readNetwork(bytes);
  } catch (error) {
    if (error instanceof FileFault) return error.message;
    throw error;
  }
  throw new Error('The file was read.');
}
const without = (name: string): Uint8Array =>
  official(Object.fromEntries(Object.entries(SOUND).filter(([key]) => key !== name)));

describe('network files', () => {
  const modes: [ActivationId, OMode, PsiMode][] = [
    ['isotropic-tanh', 'trained', 'decay'],
    ['isotropic-tanh', 'trained', 'trained'],
    ['isotropic-tanh', 'fixed', 'fixed'],
    ['isotropic-tanh', 'off', 'off'],
    ['isotropic-tanh', 'off', 'expectation'],
    ['tanh', 'off', 'off'],
    ['relu', 'off', 'off'],
  ];
  it.each(modes)('come back as they were: %s, o %s, ψ %s', (activation, o, psi) => {
    const { network, x, n } = exampleNetwork({ hidden: [6, 5, 3], activation, o, psi });
    const logits = referenceForward(network, x, n).logits;
    const back = readNetwork(writeNetwork(network, RECORD, 'F64'));
    expect(back).toEqual({ network, record: RECORD });
    expect(referenceForward(back.network, x, n).logits).toEqual(logits);
    // Rounded once, a network stays as it is.
    const rounded = readNetwork(writeNetwork(network, SILENT, 'F32')).network;
    expect(rounded.parameters.weights[1].data).toEqual(
      Float64Array.from(Float32Array.from(network.parameters.weights[1].data)),
    );
    expect(readNetwork(writeNetwork(rounded, SILENT, 'F32')).network).toEqual(rounded);
    const moved = referenceForward(rounded, x, n).logits;
    moved.forEach((value, i) => expect(Math.abs(value - logits[i])).toBeLessThan(1e-5));
  });

  it('carry modes layer by layer', () => {
    const { network } = exampleNetwork({ hidden: [6, 5], o: 'trained', psi: 'trained' });
    network.spec.hidden[1] = { width: 5, o: 'fixed', psi: 'off' };
    network.parameters.psi[1].fill(0);
    const bytes = writeNetwork(network, SILENT, 'F64');
    expect([...readSafetensors(bytes).tensors.keys()]).toEqual([
      'weight_parameters.0',
      'weight_parameters.1',
      'weight_parameters.2',
      'bias_parameters.0',
      'bias_parameters.1',
      'bias_parameters.2',
      'psi_parameters.0',
      'activation.0.intrinsic_length',
      'activation.1.o_const',
    ]);
    expect(readNetwork(bytes).network).toEqual(network);
  });

  it('carry parallel paths and their merges', () => {
    const spec: NetworkSpec = {
      inputs: 5,
      outputs: 3,
      activation: 'relu',
      hidden: [
        {
          width: 6,
          o: 'off',
          psi: 'off',
          paths: [
            { width: 4, activation: 'relu', from: null },
            { width: 2, activation: 'sigmoid', from: null },
          ],
        },
        {
          width: 6,
          o: 'off',
          psi: 'off',
          paths: [
            { width: 3, activation: 'tanh', from: 0 },
            { width: 3, activation: 'softplus', from: 1 },
          ],
          merge: { kind: 'multiply', offsets: [0, 1] },
        },
      ],
    };
    const parameters: Network['parameters'] = zerosLike(spec);
    const rng = seededRandom(1, 'paths');
    parameters.weights.forEach(({ data }, l) => {
      const mask = parameterMask(spec, l);
      data.forEach((_, i) => (data[i] = mask?.[i] === 0 ? 0 : rng.normal()));
    });
    const bytes = writeNetwork({ spec, parameters }, SILENT, 'F64');
    expect(readNetwork(bytes).network).toEqual({ spec, parameters });
    const { tensors, metadata } = readSafetensors(bytes);
    tensors.get('weight_parameters.1')?.data.fill(1);
    expect(fault(writeSafetensors(tensors, metadata, 'F64'))).toContain('paths that are not connected');
    metadata.set('architecture', (metadata.get('architecture') ?? '').replace('"from":1', '"from":2'));
    expect(fault(writeSafetensors(tensors, metadata, 'F64'))).not.toContain('connected');
  });

  it('of the official implementation are isotropic, with modes from their tensors', () => {
    const { network, record } = readNetwork(official(SOUND));
    expect(record).toBeNull();
    expect(network.spec).toEqual({
      inputs: 4,
      outputs: 5,
      activation: 'isotropic-tanh',
      hidden: [
        { width: 3, o: 'trained', psi: 'trained' },
        { width: 2, o: 'trained', psi: 'trained' },
      ],
    });
    expect(network.parameters.o[0] / O_FLOOR).toBeCloseTo(1, 6);
    expect(network.parameters.o[1]).toBe(Math.exp(-1.5));
    expect([...network.parameters.psi[1]]).toEqual([-0.25, -0.25, -0.25, -0.25, -0.25]);
    // z₀ = W₀x + b₀; s₀ = tanh(m)/m with m² = o + ‖z₀‖²; z₁ = W₁s₀z₀ + b₁ + ψ₀s₀; and so on.
    const x = Float64Array.of(1, -1, 2, 0.5);
    const s = (o: number, z: number[]): number => {
      const m = Math.sqrt(o + z.reduce((sum, v) => sum + v * v, 0));
      return Math.tanh(m) / m;
    };
    const row = (l: number, j: number, h: ArrayLike<number>): number => {
      const w = network.parameters.weights[l];
      return Array.from(h).reduce((sum, v, k) => sum + w.data[j * w.cols + k] * v, 0);
    };
    const z0 = [0, 1, 2].map((j) => row(0, j, x) + 0.125);
    const s0 = s(network.parameters.o[0], z0);
    const z1 = [0, 1].map(
      (j) =>
        row(
          1,
          j,
          z0.map((v) => s0 * v),
        ) +
        1 +
        0.5 * s0,
    );
    const s1 = s(Math.exp(-1.5), z1);
    const { logits } = referenceForward(network, x, 1);
    for (let j = 0; j < 5; j++)
      expect(logits[j]).toBeCloseTo(
        row(
          2,
          j,
          z1.map((v) => s1 * v),
        ) +
          0.75 -
          0.25 * s1,
        12,
      );
  });

  it('tell o that is off or fixed by its constant, and ψ that is off by its absence', () => {
    const tensors: typeof SOUND = {
      ...Object.fromEntries(Object.entries(SOUND).filter(([name]) => !/intrinsic|psi/.test(name))),
      'activation.0.o_const': [[], 0],
      'activation.1.o_const': [[1], 0.25],
    };
    const { spec, parameters } = readNetwork(official(tensors)).network;
    expect(spec.hidden).toEqual([
      { width: 3, o: 'off', psi: 'off' },
      { width: 2, o: 'fixed', psi: 'off' },
    ]);
    expect([...parameters.o]).toEqual([0, 0.25]);
  });

  it.each<[string, Uint8Array, string]>([
    ['no network', official({ x: [[1, 2]] }), 'weight_parameters.0 is missing: the file holds no network.'],
    ['a missing weight', without('weight_parameters.1'), 'weight_parameters.1 is missing.'],
    ['a missing bias', without('bias_parameters.2'), 'bias_parameters.2 is missing.'],
    ['a missing ψ', without('psi_parameters.0'), 'psi_parameters.0 is missing.'],
    [
      'a missing o',
      without('activation.1.intrinsic_length'),
      'activation.1.intrinsic_length (or activation.1.o_const)',
    ],
    [
      'o in two ways',
      official({ ...SOUND, 'activation.0.o_const': [[], 1] }),
      'activation.0.intrinsic_length and activation.0.o_const are both there',
    ],
    [
      'weights that do not chain',
      official({ ...SOUND, 'weight_parameters.1': [[2, 4]] }),
      'weight_parameters.1 has shape [2, 4]; [out, 3] was expected, as hidden layer 1 gives 3 values.',
    ],
    [
      'flat weights',
      official({ ...SOUND, 'weight_parameters.0': [[12]] }),
      'shape [12]; [out, in] was expected.',
    ],
    [
      'a bias of the wrong size',
      official({ ...SOUND, 'bias_parameters.0': [[4]] }),
      'bias_parameters.0 has shape [4]; [3] was expected.',
    ],
    [
      'ψ of the wrong size',
      official({ ...SOUND, 'psi_parameters.1': [[2]] }),
      'psi_parameters.1 has shape [2]; [5] was expected.',
    ],
    [
      'o that is a vector',
      official({ ...SOUND, 'activation.0.intrinsic_length': [[2]] }),
      'activation.0.intrinsic_length has shape [2]; a single number was expected.',
    ],
    [
      'negative o',
      official({
        ...lacking('intrinsic'),
        'activation.0.o_const': [[], -1],
        'activation.1.o_const': [[], 1],
      }),
      'activation.0.o_const is -1: o of hidden layer 1 would be -1',
    ],
    [
      'an o beyond numbers',
      official({ ...SOUND, 'activation.0.intrinsic_length': [[], 1e4] }),
      'would be Infinity',
    ],
    ['too wide', official({ ...SOUND, 'weight_parameters.0': [[1025, 4]] }), 'Hidden layer 1 has 1025 units'],
    ['too narrow', official({ ...SOUND, 'weight_parameters.0': [[1, 4]] }), 'Hidden layer 1 has 1 units'],
    [
      'no hidden layer',
      official({ 'weight_parameters.0': [[2, 3]], 'bias_parameters.0': [[2]] }),
      '0 hidden layers',
    ],
    [
      'too deep',
      official(Object.fromEntries(Array.from({ length: 8 }, (_, l) => [`weight_parameters.${l}`, [[2, 2]]]))),
      '7 hidden layers',
    ],
    ['something else', official({ ...SOUND, 'norm.weight': [[2]] }), '"norm.weight" belongs to no layer'],
    [
      'a ψ too many',
      official({ ...SOUND, 'psi_parameters.2': [[5]] }),
      '"psi_parameters.2" belongs to no layer',
    ],
  ])('say what is wrong: %s', (_, bytes, message) => {
    expect(fault(bytes)).toContain(message);
  });

  it('say what is wrong with what they say', () => {
    const { network } = exampleNetwork({ hidden: [6, 5] });
    const { tensors, metadata } = readSafetensors(writeNetwork(network, RECORD, 'F64'));
    const saying = (key: string, value: string): string =>
      fault(writeSafetensors(tensors, new Map(metadata).set(key, value), 'F64'));
    expect(saying('version', '2')).toContain('version “2”');
    expect(saying('architecture', '{')).toBe("The file's architecture is not JSON.");
    expect(saying('architecture', '{}')).toContain("The file's architecture is not as it should be");
    expect(saying('standardisation', '{"dataset":1}')).toContain("The file's standardisation");
    const architecture = metadata.get('architecture') ?? '';
    expect(saying('architecture', architecture.replace('"width":6', '"width":7'))).toBe(
      "The tensors are those of 7→6→5→4; the file's architecture says 7→7→5→4.",
    );
    expect(saying('architecture', architecture.replace('isotropic-tanh', 'relu'))).toContain('elementwise');
    expect(saying('architecture', architecture.replace('"o":"trained"', '"o":"fixed"'))).toBe(
      'activation.0.o_const is missing.',
    );
  });
});

/** The sound file's tensors but those with this in their names. */
function lacking(part: string): typeof SOUND {
  return Object.fromEntries(Object.entries(SOUND).filter(([name]) => !name.includes(part)));
}
