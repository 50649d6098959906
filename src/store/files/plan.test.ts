import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../configuration/schema';
import { encodeConfiguration } from '../../configuration/url';
import { type NetworkFile, readNetwork, writeNetwork } from '../../network/files/networkFile';
import { initialNetwork } from '../../network/initialise';
import { exampleNetwork } from '../../network/testing';
import { planImport } from './plan';
import { standardisationMismatch } from './record';

const PRESENT: Configuration = { ...DEFAULT_CONFIGURATION, data: 'digits', lambda: 0.5, seed: 3 };
const digits = (patch: Partial<Parameters<typeof exampleNetwork>[0]> = {}): NetworkFile => ({
  network: exampleNetwork({ hidden: [6, 5], inputs: 64, outputs: 10, ...patch }).network,
  record: null,
});
const standardisation = {
  dataset: 'digits',
  how: 'pixel',
  byteScale: 1 / 16,
  mean: 0.3,
  deviation: 0.4,
  clip: 5,
};

describe('the plan of an import', () => {
  it('takes widths, activation and modes from the file and leaves the rest', () => {
    const { configuration, network, notices } = planImport(digits({ o: 'fixed', psi: 'trained' }), PRESENT);
    expect(configuration).toEqual({
      ...PRESENT,
      hidden: [6, 5],
      oMode: 'fixed',
      psi: 'trained',
      o: [network.parameters.o[0]],
    });
    expect(notices.join(' ')).toContain('64→6→5→10');
    expect(notices.join(' ')).toContain('does not say how its inputs were standardised');
    const relu = planImport(digits({ activation: 'relu' }), PRESENT).configuration;
    expect(relu).toEqual({ ...PRESENT, hidden: [6, 5], activation: 'relu' });
  });

  it('takes data and standardisation the file names', () => {
    const file = { ...digits(), record: { standardisation, provenance: null, configuration: null } };
    const { configuration, notices } = planImport(file, DEFAULT_CONFIGURATION);
    expect(configuration.data).toBe('digits');
    expect(configuration.standardisation).toBe('pixel');
    expect(notices).toHaveLength(1);
  });

  it('shows the modes of the first layer, and says so where others differ', () => {
    const file = digits();
    file.network.spec.hidden[1] = { width: 5, o: 'off', psi: 'off' };
    const { configuration, notices, network } = planImport(file, PRESENT);
    expect([configuration.oMode, configuration.psi]).toEqual(['trained', 'trained']);
    expect(network.spec.hidden[1].o).toBe('off');
    expect(notices.join(' ')).toContain('o trained, ψ trained; o off, ψ off');
  });

  it('takes the tasks of blocks', () => {
    const file = digits({ inputs: 2 * 784, outputs: 20 });
    file.network.spec.blocks = [2, 0];
    const configuration = planImport(file, { ...PRESENT, data: 'tasks' }).configuration;
    expect([configuration.data, configuration.tasks]).toEqual(['tasks', [0, 2]]);
  });

  it('names both sizes where no data fit, and the data that would', () => {
    expect(() => planImport(digits({ inputs: 3072 }), PRESENT)).toThrow(
      '3072 inputs and 10 outputs fit none of the data sets here.',
    );
    expect(() => planImport(digits({ inputs: 784 }), PRESENT)).toThrow(
      /784 inputs and 10 outputs; Digits 8 × 8 has 64 inputs and 10 classes\. Choose data that fit first: Fashion-MNIST, MNIST/,
    );
  });
});

describe('standardisations', () => {
  it('are compared in words, a single value counting for all', () => {
    expect(
      standardisationMismatch(standardisation, { ...standardisation, mean: [0.3, 0.3000001] }),
    ).toBeNull();
    expect(
      standardisationMismatch(standardisation, { ...standardisation, mean: 0.31, clip: null }),
    ).toContain('(the mean, the clipping)');
    expect(
      standardisationMismatch({ ...standardisation, mean: [1, 2] }, { ...standardisation, mean: [1, 2, 3] }),
    ).toContain('mean');
  });
});

describe('imports of architectures', () => {
  const fields: Partial<Configuration>[] = [
    { architecture: 'cnn', channels: [1, 3], hidden: [6], activation: 'isotropic-tanh' },
    { architecture: 'cnn', channels: [2], hidden: [6, 4], activation: 'tanh', normalise: true },
    { architecture: 'bimodal', hidden: [7, 4], gliaRatio: 0.35, activation: 'relu' },
    { architecture: 'bimodal', hidden: [6, 4, 3], gliaRatio: 1.37, regulation: 'gate', activation: 'relu' },
    { architecture: 'bimodal', hidden: [6], regulation: 'multiply', activation: 'relu', normalise: true },
    { architecture: 'lagrangian', hidden: [5, 4], mu: -0.7, kinetic: 'half-square', activation: 'relu' },
    { architecture: 'lagrangian', hidden: [400], mu: 2, activation: 'relu' },
    { architecture: 'mlp', hidden: [6, 4], activation: 'relu', normalise: true },
  ];

  it.each(fields)('come back as the configuration that made them: $architecture $hidden', (change) => {
    const made: Configuration = { ...PRESENT, ...change };
    const planes = { channels: 1, height: 8, width: 8 };
    const network = initialNetwork(made, 64, 10, undefined, planes);
    const o = [...network.parameters.o];
    const bytes = writeNetwork(
      network,
      { standardisation: null, provenance: null, configuration: encodeConfiguration(made) },
      'F64',
    );
    const file = readNetwork(bytes);
    expect(file.network).toEqual(network);
    // Read on a page that is set up otherwise.
    const { configuration } = planImport(file, PRESENT);
    const { inputs, outputs } = network.spec;
    expect(initialNetwork(configuration, inputs, outputs, undefined, planes).spec).toEqual(network.spec);
    for (const key of Object.keys(change) as (keyof Configuration)[])
      expect(configuration[key]).toEqual(made[key]);
    expect([...file.network.parameters.o]).toEqual(o);
  });

  it('are inferred where the file says nothing of its configuration, but for what leaves no trace', () => {
    const made = { ...PRESENT, architecture: 'bimodal' as const, hidden: [8, 5], gliaRatio: 0.4 };
    const file: NetworkFile = { network: initialNetwork(made, 64, 10), record: null };
    const { configuration } = planImport(file, PRESENT);
    expect(initialNetwork(configuration, 64, 10).spec).toEqual(file.network.spec);
  });

  it('are refused in a sentence where no architecture is like them, or the kernels are not those said', () => {
    const odd = initialNetwork({ ...PRESENT, architecture: 'bimodal', hidden: [8, 5] }, 64, 10);
    const [path] = odd.spec.hidden[0].paths ?? [];
    path.activation = 'softplus';
    expect(() => planImport({ network: odd, record: null }, PRESENT)).toThrow(/as no architecture here does/);
    const planes = { channels: 1, height: 8, width: 8 };
    const cnn = initialNetwork(
      { ...PRESENT, architecture: 'cnn', channels: [3], hidden: [4] },
      64,
      10,
      undefined,
      planes,
    );
    const record = { standardisation: null, provenance: null, configuration: null };
    cnn.parameters.weights[0] = { rows: 2, cols: 9, data: new Float64Array(18) };
    cnn.parameters.biases[0] = new Float64Array(2);
    expect(() => readNetwork(writeNetwork(cnn, record, 'F64'))).toThrow(
      /has 2 kernels; the file's architecture says 3/,
    );
    cnn.parameters.weights[0] = { rows: 3, cols: 8, data: new Float64Array(24) };
    expect(() => readNetwork(writeNetwork(cnn, record, 'F64'))).toThrow(/\[out, 9\] was expected/);
  });
});
