import { describe, expect, it } from 'vitest';
import { decodeConfiguration } from './url';

describe('links that were once taken for another value without a word', () => {
  it.each([
    'classes=-1',
    'o=-5',
    'hidden=-128',
    'lambda=',
    'seed=',
    'adapt=yes',
    'keep-diagonal=TRUE',
    'classes=3-3-3-3',
    'data=tasks&tasks=0-0-0',
    'data=mnist&data=digits',
    'hidden=12x8',
  ])('%s', (query) => {
    expect(decodeConfiguration(`v=1&${query}`).notices).toHaveLength(1);
  });
});
