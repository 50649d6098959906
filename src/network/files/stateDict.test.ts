import { describe, expect, it } from 'vitest';
import { referenceForward } from '../reference';
import { requireComputable } from './computable';
import { readNetwork, readStateDict } from './networkFile';
import { FileFault, writeSafetensors } from './safetensors';

type Tensors = Record<string, [shape: number[], of?: (i: number) => number]>;
function fileOf(tensors: Tensors): Uint8Array {
  const map = new Map(
    Object.entries(tensors).map(([name, [shape, of = (i: number) => Math.sin(i)]]) => {
      const size = shape.reduce((product, n) => product * n, 1);
      return [name, { shape, data: Float64Array.from({ length: size }, (_, i) => of(i)) }];
    }),
  );
  return writeSafetensors(map, new Map(), 'F32');
}
const SEQUENTIAL: Tensors = {
  '0.weight': [[5, 4]],
  '0.bias': [[5]],
  '2.weight': [[3, 5]],
  '2.bias': [[3]],
  '10.weight': [[2, 3]],
  '10.bias': [[2]],
};
const fault = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof FileFault) return error.message;
    throw error;
  }
  throw new Error('was taken');
};

describe('state dictionaries of PyTorch', () => {
  it('of a plain network are read with the activation that is given', () => {
    expect(readStateDict(fileOf(SEQUENTIAL))).toEqual({
      names: ['0', '2', '10'],
      widths: [4, 5, 3, 2],
      biasless: false,
    });
    const { network, record } = readNetwork(fileOf(SEQUENTIAL), 'relu');
    expect(record).toBeNull();
    expect(network.spec).toMatchObject({
      inputs: 4,
      outputs: 2,
      activation: 'relu',
      hidden: [{ width: 5, o: 'off', psi: 'off' }, { width: 3 }],
    });
    // What PyTorch computes: W₃·relu(W₂·relu(W₁x + b₁) + b₂) + b₃.
    const layer = (n: number, m: number, x: number[], last: boolean): number[] =>
      Array.from({ length: n }, (_, i) => {
        const z = x.reduce(
          (sum, value, j) => sum + Math.fround(Math.sin(i * m + j)) * value,
          Math.fround(Math.sin(i)),
        );
        return last ? z : Math.max(0, z);
      });
    const x = [0.3, -1, 2, 0.5];
    const expected = layer(2, 3, layer(3, 5, layer(5, 4, x, false), false), true);
    const { logits } = referenceForward(network, Float64Array.from(x), 1);
    expect([...logits].map((value) => value.toFixed(9))).toEqual(expected.map((value) => value.toFixed(9)));
  });
  it('in any names and order: the layers are put in the one order in which they fit', () => {
    const named = fileOf({
      'out.weight': [[2, 3]],
      'fc1.weight': [[5, 4]],
      'hidden.weight': [[3, 5]],
      'fc1.bias': [[5]],
      'out.bias': [[2]],
      'hidden.bias': [[3]],
    });
    expect(readStateDict(named)?.names).toEqual(['fc1', 'hidden', 'out']);
    const bare = fileOf({ 'model.net.0.weight': [[5, 4]], 'model.net.2.weight': [[2, 5]] });
    expect(readStateDict(bare)).toMatchObject({ names: ['model.net.0', 'model.net.2'], biasless: true });
    expect([...readNetwork(bare, 'tanh').network.parameters.biases[0]]).toEqual([0, 0, 0, 0, 0]);
  });
  it('of other networks are refused with the names found and those expected', () => {
    expect(fault(() => readNetwork(fileOf(SEQUENTIAL)))).toMatch(
      /plain one in PyTorch's names \("0", "2", "10": 4→5→3→2\), which does not say its activation/,
    );
    const words = fault(() =>
      readStateDict(fileOf({ 'conv1.weight': [[8, 1, 3, 3]], 'conv1.bias': [[8]], 'fc.weight': [[2, 8]] })),
    );
    expect(words).toMatch(
      /It holds "conv1\.weight" \[8, 1, 3, 3\].*is no weight or bias of a plain network.*Expected are weight_parameters\.0/,
    );
    expect(fault(() => readStateDict(fileOf({ '0.weight': [[5, 4]], '2.weight': [[3, 6]] })))).toMatch(
      /do not fit each other in any order/,
    );
    expect(
      fault(() =>
        readStateDict(fileOf({ 'a.weight': [[4, 4]], 'c.weight': [[4, 4]], 'b.weight': [[2, 3]] })),
      ),
    ).toMatch(/do not fit/);
    expect(fault(() => readStateDict(fileOf({ '0.weight': [[5, 4]], '0.bias': [[4]] })))).toMatch(
      /bias of "0" has 4 entries; its weight gives 5/,
    );
  });
});

describe('numbers no engine computes with', () => {
  const network = (weight: number): ReturnType<typeof readNetwork>['network'] =>
    readNetwork(fileOf({ '0.weight': [[5, 4], () => weight], '2.weight': [[2, 5]] }), 'isotropic-tanh')
      .network;
  it('are refused with their true cause', () => {
    expect(() => requireComputable(network(1000))).not.toThrow();
    expect(fault(() => requireComputable(network(1e30)))).toMatch(
      /weight_parameters\.0 holds 1\.00e\+30 at entry 0: the engines compute in float32/,
    );
    const wide = network(1);
    wide.parameters.o[0] = 5e21;
    expect(fault(() => requireComputable(wide))).toMatch(/o of hidden layer 1 is 5\.00e\+21/);
  });
});
