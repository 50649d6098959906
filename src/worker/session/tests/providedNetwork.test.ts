import { expect, describe, it } from 'vitest';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../../configuration/schema';
import { exampleNetwork } from '../../../network/testing';
import { openCpu } from '../../../training/tfjs/backends';
import { randomData } from '../../../training/check/fixtures';
import { stateFromWeights } from '../../../run/providedNetwork';
import { SessionRun } from '../networks/sessionRun';

const CONFIGURATION: Configuration = {
  ...DEFAULT_CONFIGURATION,
  hidden: [6, 5],
  batch: 8,
  classes: [0, 1, 2, 3],
};
const { network } = exampleNetwork({ hidden: [6, 5], inputs: 9, outputs: 4, o: 'trained', psi: 'trained' });
network.spec.hidden[1] = { width: 5, o: 'fixed', psi: 'off' };
network.parameters.psi[1].fill(0);
const rounded = (values: Float64Array): number[] => [...Float32Array.from(values)];

describe('a run from given weights', () => {
  it('starts there with a fresh optimiser, layer by layer in the modes of the file, and twins start there too', async () => {
    const engine = await openCpu(() => undefined);
    const run = new SessionRun(CONFIGURATION, engine, randomData(9, 4, 64), network);
    const state = await run.main.model.exportState();
    expect(state.network.spec).toEqual(network.spec);
    network.parameters.weights.forEach((w, l) =>
      expect([...state.network.parameters.weights[l].data]).toEqual(rounded(w.data)),
    );
    expect(state.optimiser.step).toBe(0);
    expect(state.optimiser.first.weights.every((w) => w.data.every((v) => v === 0))).toBe(true);

    await run.train(3);
    await run.changeTwin('lambda-zero');
    const moment = await run.moment();
    expect(moment.twin?.state.training.network.parameters.weights[0].data).toEqual(
      state.network.parameters.weights[0].data,
    );
    await run.changeTwin('tanh');
    const control = (await run.moment()).twin?.state.training.network;
    expect(control?.spec.activation).toBe('tanh');
    expect(control?.spec.hidden.map((layer) => [layer.o, layer.psi])).toEqual([
      ['off', 'off'],
      ['off', 'off'],
    ]);
    expect(control?.parameters.weights[1].data).toEqual(state.network.parameters.weights[1].data);
    run.dispose();
  });

  it('is refused where it does not fit the data', async () => {
    const engine = await openCpu(() => undefined);
    expect(() => new SessionRun(CONFIGURATION, engine, randomData(16, 10, 8), network)).toThrow(
      'The network has 9 inputs and 4 outputs; the data has 16 values per image and 10 classes.',
    );
  });

  it('leaves the given network as it is', () => {
    const state = stateFromWeights(network, { ...CONFIGURATION, activation: 'relu' });
    state.network.parameters.biases[0].fill(7);
    expect(network.spec.activation).toBe('isotropic-tanh');
    expect(network.parameters.biases[0][0]).not.toBe(7);
    expect(network.spec.hidden[0].o).toBe('trained');
  });
});
