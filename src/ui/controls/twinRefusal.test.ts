import { describe, expect, it } from 'vitest';
import { type Configuration, DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { networkSpec } from '../../network/initialise';
import type { TwinKind } from '../../worker/protocol';
import { twinRefusal } from './twinRefusal';

const KINDS: TwinKind[] = ['tanh', 'lambda-zero', 'fixed-width', 'ungrown'];
const refused = (change: Partial<Configuration>): TwinKind[] => {
  const configuration = { ...DEFAULT_CONFIGURATION, ...change };
  const planes = { channels: 1, height: 28, width: 28 };
  const spec = networkSpec(configuration, 784, 10, undefined, planes);
  return KINDS.filter((kind) => twinRefusal(kind, configuration, spec) !== null);
};

describe('kinds of twins', () => {
  it('are refused where they would be the same network', () => {
    expect(refused({})).toEqual([]);
    expect(refused({ architecture: 'cnn' })).toEqual([]);
    expect(refused({ architecture: 'bimodal' })).toEqual(['tanh', 'fixed-width', 'ungrown']);
    // At ratio 0 there are no paths: an MLP in ReLU, whose layers can be resized.
    expect(refused({ architecture: 'bimodal', gliaRatio: 0 })).toEqual(['tanh']);
    expect(refused({ architecture: 'lagrangian' })).toEqual(['fixed-width', 'ungrown']);
    expect(refused({ architecture: 'lagrangian', hidden: [8] })).toEqual(['tanh', 'fixed-width', 'ungrown']);
    // The third layer has neither paths nor neighbours with them.
    expect(refused({ architecture: 'lagrangian', hidden: [8, 4, 4] })).toEqual([]);
  });
});
