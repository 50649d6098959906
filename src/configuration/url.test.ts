import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Configuration, configurationSchema, DEFAULT_CONFIGURATION, INDEX_LIMITS } from './schema';
import { decodeConfiguration, encodeConfiguration, type ReplacedValue } from './url';
import { fieldShape } from './fieldShapes';
import { anyConfiguration } from './testing';

describe('configuration in the URL', () => {
  it('says nothing for the default and only what differs otherwise', () => {
    expect(encodeConfiguration(DEFAULT_CONFIGURATION)).toBe('');
    expect(encodeConfiguration({ ...DEFAULT_CONFIGURATION, lambda: 0.001, seed: 8 })).toBe(
      'v=1&seed=8&lambda=0.001',
    );
  });

  it('round-trips any valid configuration', () => {
    fc.assert(
      fc.property(anyConfiguration(), (configuration) => {
        const {
          configuration: back,
          replaced,
          notices,
        } = decodeConfiguration(encodeConfiguration(configuration));
        expect(notices).toEqual([]);
        expect(replaced).toEqual([]);
        expect(back).toEqual(configuration);
      }),
      { numRuns: 300 },
    );
  });

  it('clamps what is out of range, with a notice', () => {
    const { configuration, notices } = decodeConfiguration(
      '?v=1&lambda=1e9&hidden=1-5000&batch=0&seed=-3&o=1e-12',
    );
    expect(configuration).toMatchObject({ lambda: 1e4, hidden: [2, 1024], batch: 1, seed: 0, o: [1e-6] });
    expect(notices).toHaveLength(5);
  });

  it('leaves out the indices that do not exist, and keeps all others', () => {
    const read = (query: string): Partial<Configuration> => decodeConfiguration(query).configuration;
    expect(read('classes=3-12-45').classes).toEqual([3, 12]);
    expect(read(`classes=${INDEX_LIMITS.classes}-${INDEX_LIMITS.classes - 1}-0-0`).classes).toEqual([
      0,
      INDEX_LIMITS.classes - 1,
    ]);
    expect(read('adapt-layers=9-5-1').adaptLayers).toEqual([1, 5]);
    expect(read('tasks=2-3').tasks).toEqual([2]);
    expect(decodeConfiguration('classes=3-12-45').replaced).toEqual([
      { field: 'classes', name: 'classes', text: '3-12-45', reason: 'out-of-range', used: '3-12' },
    ]);
  });

  it('takes the bound of the schema for every number beyond it', () => {
    const fields = Object.keys(DEFAULT_CONFIGURATION) as (keyof Configuration)[];
    const bounded = fields.filter((field) => fieldShape(field).maximum !== undefined);
    expect(bounded.length).toBeGreaterThan(10);
    for (const field of bounded) {
      const { minimum, maximum } = fieldShape(field);
      // The name of the field in the link, from the link itself.
      const other = DEFAULT_CONFIGURATION[field] === maximum ? minimum : maximum;
      const [name] = encodeConfiguration({ ...DEFAULT_CONFIGURATION, [field]: other })
        .split('&')[1]
        .split('=');
      const beyond = decodeConfiguration(`${name}=1e9`);
      expect(beyond.configuration).toEqual({ ...DEFAULT_CONFIGURATION, [field]: maximum });
      expect(beyond.replaced).toMatchObject([{ field, reason: 'out-of-range', used: String(maximum) }]);
      expect(decodeConfiguration(`${name}=-1e9`).configuration[field]).toBe(minimum);
    }
  });

  it.each<[string, ReplacedValue['reason'], string | null]>([
    ['lr=', 'unreadable', '0.002'],
    ['lr=fast', 'unreadable', '0.002'],
    ['lambda=-1', 'out-of-range', '0'],
    ['lambda=1e-9', 'out-of-range', '0.000001'],
    ['seed=1.5', 'out-of-range', '2'],
    ['adapt=yes', 'unreadable', 'false'],
    ['hidden=64-abc-32', 'unreadable', '64-32'],
    ['hidden=64x32', 'unreadable', '64-32'],
    ['o=1-2-3-4-5-6-7', 'out-of-range', '1-2-3-4-5-6'],
    ['classes=45', 'unreadable', 'all'],
    ['seed=8&seed=9', 'repeated', '8'],
    ['colour=red', 'unknown', null],
  ])('says that %s was replaced, and why', (query, reason, used) => {
    const { replaced, notices } = decodeConfiguration(query);
    expect(replaced).toMatchObject([{ reason, used }]);
    expect(notices).toHaveLength(1);
    if (used !== null) expect(notices[0]).toContain(used);
  });

  it('reads lists as people write them', () => {
    for (const text of ['128-64-32', '128,64,32', '128 64 32', '128%2C%2064%2C%2032']) {
      const { configuration, notices } = decodeConfiguration(`hidden=${text}`);
      expect(configuration.hidden).toEqual([128, 64, 32]);
      expect(notices).toEqual([]);
    }
    expect(decodeConfiguration('o=1e-6-100').configuration.o).toEqual([1e-6, 100]);
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
        replaced: [],
      });
    for (const text of ['400:', '400:7', 'x', '5:0_5:1'])
      expect(decodeConfiguration(`schedule=${text}`)).toMatchObject({ configuration: { schedule: [] } });
    expect(decodeConfiguration('schedule=400:7').notices).toHaveLength(1);
  });
});
