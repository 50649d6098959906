import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { isotropicScaleTensor } from '../layers/isotropic';
import { openCpu } from '../training/tfjs/backends';
import { ACTIVATIONS, activationCode, elementwiseOf, isotropicOf } from './lookup';
import { ACTIVATION_REGISTRY } from './registry';
import type { Activation, ElementwiseActivation, IsotropicActivation } from './types';

const ALL: readonly Activation[] = ACTIVATION_REGISTRY;
const elementwise = ALL.filter((a): a is ElementwiseActivation => a.kind === 'elementwise');
const isotropic = ALL.filter((a): a is IsotropicActivation => a.kind === 'isotropic');

/** Away from 0, where ReLU has no derivative. */
const Z = [-30, -4, -1.3, -0.2, -1e-3, 1e-3, 0.4, 1, 2.5, 30];
const Q = [0, 1e-6, 0.01, 0.0899, 0.0901, 0.249, 0.251, 1, 9, 400, 1e6];

/** f′ at x by central differences. */
const difference = (f: (x: number) => number, x: number, step: number): number =>
  (f(x + step) - f(x - step)) / (2 * step);

/** Functions that WGSL has. */
const BUILT_IN = ['abs', 'dot', 'exp', 'inverseSqrt', 'log', 'max', 'min', 'pow', 'select', 'sqrt', 'vec4f'];
const calls = (text: string): string[] => [...text.matchAll(/(\w+)\(/g)].map(([, name]) => name);

describe('the registry of activations', () => {
  beforeAll(async () => {
    await openCpu(() => undefined);
  });

  it('has each activation once, and offers some for networks', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
    expect(new Set(ALL.map(({ label }) => label)).size).toBe(ALL.length);
    expect(ALL.map(({ id }) => activationCode(id))).toEqual(ALL.map((_, i) => i));
    expect(ACTIVATIONS.map(({ id }) => id)).toEqual(['isotropic-tanh', 'tanh', 'relu']);
    expect(() => elementwiseOf('isotropic-tanh')).toThrow('Isotropic tanh does not act unit by unit.');
    expect(() => isotropicOf('relu')).toThrow('ReLU is not isotropic.');
    expect(() => elementwiseOf('none' as 'relu')).toThrow('There is no activation “none”.');
  });

  describe.each(elementwise)('$id', ({ value, slope, needs, tensor, wgsl, wasm, notHomogeneous }) => {
    it('has the slope of its value, from what it says it needs', () => {
      for (const z of Z) {
        const h = value(z);
        const wanted = difference(value, z, 1e-6 * Math.max(1, Math.abs(z)));
        const given = slope(needs.includes('z') ? z : NaN, needs.includes('h') ? h : NaN);
        expect(Math.abs(given - wanted), `slope at ${z}`).toBeLessThan(1e-5 * Math.max(1, Math.abs(wanted)));
        expect(given).toBeCloseTo(slope(z, h), 14);
      }
    });

    it('is the same on tfjs, and its derivative', async () => {
      const both = tf.valueAndGrad((x: tf.Tensor) => tf.sum(tensor(tf, x)));
      for (const z of Z) {
        const { value: h, grad } = both(tf.tensor1d([z]));
        const wanted = Math.fround(value(Math.fround(z)));
        expect(Math.abs((await h.data())[0] - wanted)).toBeLessThan(2e-6 * Math.max(1, Math.abs(wanted)));
        const bySlope = slope(z, value(z));
        expect(Math.abs((await grad.data())[0] - bySlope)).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(bySlope)),
        );
      }
    });

    it('has WGSL and AssemblyScript that read what it needs and call what is there', () => {
      const known = [
        ...BUILT_IN,
        ...wgsl.functions.flatMap((text) => [...text.matchAll(/fn (\w+)\(/g)].map((m) => m[1])),
      ];
      const back = wgsl.backward('DELTA', 'PRE', 'POST');
      for (const text of [wgsl.value('z'), back, ...wgsl.functions])
        expect(calls(text).filter((name) => !known.includes(name))).toEqual([]);
      expect(back.includes('PRE')).toBe(needs.includes('z'));
      expect(back.includes('POST')).toBe(needs.includes('h'));
      expect(wasm.value).toMatch(/\bz\b/);
    });

    it('is homogeneous where it says so', () => {
      const doubles = Z.every((z) => Math.abs(value(2 * z) - 2 * value(z)) < 1e-9);
      expect(notHomogeneous === null).toBe(doubles);
    });
  });

  describe.each(isotropic)('$id', (activation) => {
    const { scale, slope, needs, limit, wgsl } = activation;

    it('has g = 2·ds/dq', () => {
      for (const q of Q.slice(1)) {
        const wanted = 2 * difference(scale, q, 1e-5 * q);
        expect(Math.abs(slope(q) - wanted), `g at ${q}`).toBeLessThan(
          1e-5 * Math.max(1e-3, Math.abs(wanted)) + 1e-9,
        );
      }
      expect(Number.isFinite(scale(0)) && Number.isFinite(slope(0))).toBe(true);
    });

    it('is the same on tfjs, and its derivative', async () => {
      const at = tf.tensor1d(Q);
      const { value, grad } = tf.valueAndGrad((q) => isotropicScaleTensor(activation, q))(at);
      const [s, half] = [await value.data(), await grad.data()];
      Q.forEach((q, i) => {
        expect(s[i] / scale(Math.fround(q)), `s at ${q}`).toBeCloseTo(1, 5);
        expect(half[i] / (slope(Math.fround(q)) / 2), `g at ${q}`).toBeCloseTo(1, 4);
      });
    });

    it('keeps z where its scale can be 0, approaches its limit, and calls what is there', () => {
      if (!(needs as readonly string[]).includes('z')) for (const q of Q) expect(scale(q)).toBeGreaterThan(0);
      const lengths = [1, 10, 1e3, 1e6].map((r) => scale(r * r) * r);
      if (limit === null) expect(lengths[3]).toBeGreaterThan(1e3);
      else {
        expect(lengths[3]).toBeCloseTo(limit, 5);
        lengths.forEach((length) => expect(length).toBeLessThanOrEqual(limit));
      }
      const known = [
        ...BUILT_IN,
        ...wgsl.functions.flatMap((text) => [...text.matchAll(/fn (\w+)\(/g)].map((m) => m[1])),
      ];
      for (const text of [wgsl.scale('q'), wgsl.slope('q', 's'), ...wgsl.functions])
        expect(calls(text).filter((name) => !known.includes(name))).toEqual([]);
    });
  });

  it('is asked: no code but recipes, which choose their arms, compares an activation with the id of one', () => {
    const ids = ALL.map(({ id }) => id).join('|');
    const comparison = new RegExp(`[aA]ctivation\\)? [!=]== '(${ids})'|'(${ids})' [!=]== \\w*[aA]ctivation`);
    const found: string[] = [];
    const search = (folder: string): void => {
      for (const entry of readdirSync(folder, { withFileTypes: true })) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
          if (entry.name !== 'recipes') search(path);
        } else if (/(?<!\.test)\.tsx?$/.test(entry.name) && comparison.test(readFileSync(path, 'utf8')))
          found.push(path);
      }
    };
    search('src');
    expect(found).toEqual([]);
  });
});
