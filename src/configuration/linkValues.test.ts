import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULTS } from './schema';
import { decode, encode } from './url';

const FIELDS = [
  'data',
  'hidden',
  'o',
  'lambda',
  'seed',
  'adapt',
  'keep-diagonal',
  'classes',
  'tasks',
  'lr',
  'batch',
  'mu',
  'glia',
  'theta',
  'activation',
  'schedule',
  'adapt-layers',
  'channels',
  'warm-up',
  'o-mode',
];

/** How a link would write the defaults. */
const DEFAULT: Record<string, string> = {
  data: 'fashion-mnist',
  hidden: '128-64',
  o: '0.000001',
  lambda: '0',
  seed: '7',
  adapt: 'false',
  'keep-diagonal': 'false',
  classes: 'all',
  tasks: '0',
  lr: '0.002',
  batch: '128',
  mu: '1',
  glia: '0.5',
  theta: '0.1',
  activation: 'isotropic-tanh',
  schedule: 'none',
  'adapt-layers': 'all',
  channels: '8-16',
  'warm-up': 'false',
  'o-mode': 'trained',
};

describe('values of a link that are not the ones used', () => {
  it.each([
    ['classes=-1', 'classes=-1 is read as 1.'],
    ['o=-5', 'o=-5 is read as 5.'],
    ['hidden=-128', 'hidden=-128 is read as 128.'],
    ['lambda=', 'lambda= is read as 0.'],
    ['seed=', 'seed= is read as 0.'],
    ['seed=0x10', 'seed=0x10 is read as 16.'],
    ['adapt=yes', 'adapt=yes is read as false.'],
    ['keep-diagonal=TRUE', 'keep-diagonal=TRUE is read as false.'],
    ['classes=3-3-3-3', 'classes=3-3-3-3 is read as 3.'],
    ['data=tasks&tasks=0-0-0', 'tasks=0-0-0 is read as 0.'],
    ['data=mnist&data=digits', 'data is given twice: data=mnist counts, digits does not.'],
    ['hidden=12x8', 'hidden=12x8 is read as 12-8.'],
  ])('%s: said', (query, notice) => {
    expect(decode(`v=1&${query}`).notices).toEqual([notice]);
  });
  it.each([
    'lambda=.10',
    'lambda=1e-2',
    'seed=007',
    'adapt=1',
    'o=1e-6-100',
    'hidden=128-64',
    'classes=all',
    'schedule=800:1_0:0',
    'seed=+5',
    'lr=0.0020',
  ])('%s: another spelling of the same is not worth a word', (query) =>
    expect(decode(`v=1&${query.replace('+', '%2B')}`).notices).toEqual([]),
  );
  it('whatever stands in a link: a value is used as it stands, or it is said', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '',
        '-1',
        '0',
        '1',
        'true',
        'TRUE',
        'yes',
        '0x1f',
        '1e3',
        '-0',
        '3-3',
        '1,5',
        ' 7',
        '7 ',
        'all',
        'none',
        'Infinity',
        'NaN',
        '١',
      ),
      fc.integer({ min: -50, max: 2000 }).map(String),
      fc.double({ noNaN: true }).map(String),
      fc.array(fc.integer({ min: -3, max: 40 }), { maxLength: 5 }).map((list) => list.join('-')),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...FIELDS), text), { maxLength: 4 }), (pairs) => {
        const query = new URLSearchParams(pairs).toString();
        const { configuration, notices } = decode(query);
        if (notices.length > 0) return;
        // Without a notice the link says what is used: written out and read again, each value is the number, truth or word that stood there.
        const used = new URLSearchParams(encode(configuration));
        for (const [name, value] of pairs) {
          const canonical = used.get(name) ?? DEFAULT[name];
          const numbers = (list: string): string =>
            list
              .split('-')
              .map((one) => (one !== '' && !Number.isNaN(Number(one)) ? String(Number(one)) : one))
              .join('-');
          expect(
            [canonical, canonical === 'true' ? '1' : canonical === 'false' ? '0' : canonical].some(
              (one) =>
                numbers(one) === numbers(value) || Number(one) === Number(value) || name === 'schedule',
            ),
          ).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
  it('the default link says nothing', () => {
    expect(decode(encode(DEFAULTS)).notices).toEqual([]);
  });
});
