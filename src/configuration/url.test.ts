import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectureId, kineticId, regulationId } from '../network/settings';
import { augmentId, datasetId } from '../data/ids';
import { criterionId, outgoingId, taskBlocksId, transportId } from '../topology/ids';
import { energySiteId, measureId } from '../energy/ids';
import { type Configuration, configurationSchema, DEFAULT_CONFIGURATION } from './schema';
import { decodeConfiguration, encodeConfiguration } from './url';

describe('configuration in the URL', () => {
  it('says nothing for the default and only what differs otherwise', () => {
    expect(encodeConfiguration(DEFAULT_CONFIGURATION)).toBe('');
    expect(encodeConfiguration({ ...DEFAULT_CONFIGURATION, lambda: 0.001, seed: 8 })).toBe(
      'v=1&seed=8&lambda=0.001',
    );
  });

  it('round-trips any valid configuration', () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e4, noNaN: true }));
    const arbitrary: fc.Arbitrary<Configuration> = fc.record({
      data: fc.constantFrom(...datasetId.options),
      standardisation: fc.constantFrom('dataset' as const, 'pixel' as const),
      hidden: fc.array(fc.integer({ min: 2, max: 1024 }), { minLength: 1, maxLength: 6 }),
      architecture: fc.constantFrom(...architectureId.options),
      channels: fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 3 }),
      gliaRatio: fc.double({ min: 0, max: 3, noNaN: true }).map(Math.abs),
      regulation: fc.constantFrom(...regulationId.options),
      // An exact −0 would come back as 0, which is the same setting.
      mu: fc.double({ min: -10, max: 10, noNaN: true }).map((value) => value + 0),
      kinetic: fc.constantFrom(...kineticId.options),
      normalise: fc.boolean(),
      energySite: fc.constantFrom(...energySiteId.options),
      activation: fc.constantFrom('isotropic-tanh' as const, 'tanh' as const, 'relu' as const),
      oMode: fc.constantFrom('off' as const, 'fixed' as const, 'trained' as const),
      o: fc.array(value, { minLength: 1, maxLength: 6 }),
      psi: fc.constantFrom('off' as const, 'fixed' as const, 'trained' as const, 'decay' as const),
      psiDecay: fc.double({ min: 0, max: 10, noNaN: true }).map(Math.abs),
      initialisation: fc.constantFrom('orthogonal' as const, 'xavier' as const, 'he' as const),
      seed: fc.integer({ min: 0, max: 999_999 }),
      lambda: value,
      measure: fc.constantFrom(...measureId.options),
      optimiser: fc.constantFrom('adam' as const, 'adamw' as const, 'sgd' as const),
      learningRate: fc.double({ min: 1e-6, max: 1, noNaN: true }),
      weightDecay: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
      decayAll: fc.boolean(),
      momentum: fc.double({ min: 0, max: 0.999, noNaN: true }).map(Math.abs),
      batch: fc.integer({ min: 1, max: 1024 }),
      classes: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 29 }), { minLength: 1, maxLength: 30 })),
      augment: fc.constantFrom(...augmentId.options),
      theta: fc.double({ min: 0, max: 10, noNaN: true }).map(Math.abs),
      keepDiagonal: fc.boolean(),
      criterion: fc.constantFrom(...criterionId.options),
      transport: fc.constantFrom(...transportId.options),
      outgoing: fc.constantFrom(...outgoingId.options),
      warmUp: fc.boolean(),
      adapt: fc.boolean(),
      scaffold: fc.integer({ min: 0, max: 256 }),
      adaptEvery: fc.integer({ min: 0, max: 100_000 }),
      adaptCap: fc.integer({ min: 0, max: 1024 }),
      adaptCooldown: fc.integer({ min: 0, max: 100_000 }),
      adaptLayers: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 6 })),
      tasks: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 3 }),
      taskBlocks: fc.constantFrom(...taskBlocksId.options),
      schedule: fc
        .uniqueArray(fc.integer({ min: 0, max: 1_000_000 }), { maxLength: 32 })
        .chain((steps) =>
          fc.tuple(
            ...steps
              .sort((a, b) => a - b)
              .map((step) =>
                fc.record({ step: fc.constant(step), tasks: fc.subarray([0, 1, 2], { minLength: 1 }) }),
              ),
          ),
        ),
      engine: fc.constantFrom('auto' as const, 'tfjs-wasm' as const, 'tfjs-webgpu' as const),
    });
    fc.assert(
      fc.property(arbitrary, (configuration) => {
        const { configuration: back, notices } = decodeConfiguration(encodeConfiguration(configuration));
        expect(notices).toEqual([]);
        expect(back).toEqual(configuration);
      }),
    );
  });

  it('clamps what is out of range, with a notice', () => {
    const { configuration, notices } = decodeConfiguration(
      '?v=1&lambda=1e9&hidden=1-5000&batch=0&seed=-3&o=1e-12',
    );
    expect(configuration).toMatchObject({ lambda: 1e4, hidden: [2, 1024], batch: 1, seed: 0, o: [1e-6] });
    expect(notices).toHaveLength(5);
  });

  it('never fails on nonsense, and names it', () => {
    const { configuration, notices } = decodeConfiguration(
      'v=99&nonsense=1&data=cifar&lr=fast&classes=&hidden=&activation=__proto__',
    );
    expect(configurationSchema.safeParse(configuration).success).toBe(true);
    expect(configuration).toEqual(DEFAULT_CONFIGURATION);
    expect(notices).toHaveLength(7);
    fc.assert(
      fc.property(
        fc.string(),
        (text) => configurationSchema.safeParse(decodeConfiguration(text).configuration).success,
      ),
    );
  });

  it('writes a schedule of tasks so that it can be read, and reads it as people write it', () => {
    const schedule = [
      { step: 400, tasks: [0, 1] },
      { step: 800, tasks: [1] },
    ];
    expect(encodeConfiguration({ ...DEFAULT_CONFIGURATION, schedule })).toContain(
      encodeURIComponent('400:0.1_800:1'),
    );
    for (const text of ['400:0.1_800:1', '800:1_400:1+0', '400:0%2B1_800:1'])
      expect(decodeConfiguration(`schedule=${text}`)).toEqual({
        configuration: { ...DEFAULT_CONFIGURATION, schedule },
        notices: [],
      });
    for (const text of ['400:', '400:7', 'x', '5:0_5:1'])
      expect(decodeConfiguration(`schedule=${text}`)).toMatchObject({ configuration: { schedule: [] } });
    expect(decodeConfiguration('schedule=400:7').notices).toHaveLength(1);
  });
});
