import { describe, expect, it } from 'vitest';
import { activeClasses, type ActiveClasses, FIRST_POOL, Sampler } from './sampler';

const TOTAL = 9000;
const labels = Uint8Array.from({ length: TOTAL }, (_, i) => (i * 7) % 10);
const sampler = (seed = 7, batch = 128): Sampler => new Sampler({ seed, total: TOTAL, labels, batch });
const draw = (from: Sampler, batches: number, batch = 128, active: ActiveClasses = null): number[] => {
  const out = new Uint32Array(batches * batch);
  for (let i = 0; i < batches; i++) from.next(active, out, i * batch);
  return Array.from(out);
};
const sorted = (values: number[]): number[] => values.slice().sort((a, b) => a - b);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe('Sampler', () => {
  it('draws the same from the same seed, something else from another', () => {
    expect(draw(sampler(7), 50)).toEqual(draw(sampler(7), 50));
    expect(draw(sampler(8), 1)).not.toEqual(draw(sampler(7), 1));
  });

  it('is pinned: these numbers are part of what a seed means', () => {
    expect(draw(sampler(7, 6), 1, 6)).toEqual([1394, 394, 1294, 1971, 369, 987]);
  });

  it('covers each pool once per pass: 2048, 4096, 8192, all, all', () => {
    const all = draw(sampler(7, 100), 350, 100);
    let at = 0;
    const passes = [2048, 4096, 8192, 9000, 9000].map((pool) => {
      const pass = all.slice(at, at + pool);
      at += pool;
      expect(sorted(pass)).toEqual(upTo(pool));
      return pass;
    });
    expect(passes[3]).not.toEqual(passes[4]);
    expect(passes[0]).not.toEqual(upTo(2048));
  });

  it('asks for the images of exactly the pools it draws from', () => {
    const mask = activeClasses([3], 10);
    const one = sampler(1, 700);
    for (let i = 0; i < 40; i++) {
      const active = i % 2 ? mask : null;
      const required = one.required(active);
      const before = one.save();
      const largest = Math.max(...draw(one, 1, 700, active));
      expect(largest).toBeLessThan(required);
      const pool = Math.min(TOTAL, FIRST_POOL * 2 ** one.save().pass);
      expect(required).toBe(pool);
      expect(one.save().pass).toBeGreaterThanOrEqual(before.pass);
    }
    expect(sampler().required()).toBe(2048);
    expect(sampler().required(null, 16)).toBe(2048);
    expect(sampler().required(null, 17)).toBe(4096);
    expect(sampler().required(null, 1000)).toBe(TOTAL);
  });

  it('passes over unticked classes and keeps covering the ticked ones', () => {
    const mask = activeClasses([2, 5], 10);
    const wanted = upTo(2048).filter((i) => labels[i] === 2 || labels[i] === 5);
    const drawn = draw(sampler(3, 1), wanted.length, 1, mask);
    expect(sorted(drawn)).toEqual(wanted);
  });

  it('obeys a change of the ticked classes with the next batch', () => {
    const one = sampler();
    draw(one, 3);
    expect(draw(one, 5, 128, activeClasses([9], 10)).every((i) => labels[i] === 9)).toBe(true);
    expect(new Set(draw(one, 5).map((i) => labels[i])).size).toBe(10);
  });

  it('continues exactly from a saved state, forwards and backwards, in another instance too', () => {
    const one = sampler();
    draw(one, 15);
    const state = one.save();
    const next = draw(one, 60);
    one.restore(state);
    expect(draw(one, 60)).toEqual(next);
    const other = sampler();
    other.restore(JSON.parse(JSON.stringify(state)) as typeof state);
    expect(draw(other, 60)).toEqual(next);
  });

  it('fails in words where the ticked classes have no images', () => {
    expect(() => draw(sampler(), 1, 128, activeClasses([], 10))).toThrow(/ticked classes/);
    expect(() => sampler().required(activeClasses([11], 12))).toThrow(/ticked classes/);
  });

  it('works where the set is smaller than the first pool and than a batch', () => {
    const small = new Sampler({ seed: 1, total: 5, labels: new Uint8Array(5), batch: 12 });
    expect(small.required()).toBe(5);
    const drawn = draw(small, 5, 12);
    for (let at = 0; at < 60; at += 5) expect(sorted(drawn.slice(at, at + 5))).toEqual(upTo(5));
    expect(sampler().stepsPerEpoch).toBe(71);
  });
});
