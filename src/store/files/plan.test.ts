import { describe, expect, it } from 'vitest';
import { DEFAULTS, type Configuration } from '../../configuration/schema';
import type { NetworkFile } from '../../network/files/networkFile';
import { example } from '../../network/testing';
import { planImport } from './plan';
import { mismatch } from './record';

const PRESENT: Configuration = { ...DEFAULTS, data: 'digits', lambda: 0.5, seed: 3 };
const digits = (patch: Partial<Parameters<typeof example>[0]> = {}): NetworkFile => ({
  network: example({ hidden: [6, 5], inputs: 64, outputs: 10, ...patch }).network,
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
    const { configuration, notices } = planImport(file, DEFAULTS);
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
    expect(mismatch(standardisation, { ...standardisation, mean: [0.3, 0.3000001] })).toBeNull();
    expect(mismatch(standardisation, { ...standardisation, mean: 0.31, clip: null })).toContain(
      '(the mean, the clipping)',
    );
    expect(mismatch({ ...standardisation, mean: [1, 2] }, { ...standardisation, mean: [1, 2, 3] })).toContain(
      'mean',
    );
  });
});
