import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { writeNetwork } from '../network/files/networkFile';
import { exampleNetwork } from '../network/testing';
import type { DescribedDispatch } from '../training/webgpu/plan/describePlan';
import { runTool } from './tool';

const folder = mkdtempSync(join(tmpdir(), 'parsimony-wgsl-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command in this process: its exit code, and what it wrote. */
async function wgsl(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const spies = (['out', 'err'] as const).map((into) =>
    vi.spyOn(into === 'out' ? process.stdout : process.stderr, 'write').mockImplementation((text) => {
      said[into] += String(text);
      return true;
    }),
  );
  try {
    return { code: await runTool(['wgsl', ...args]), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const dispatches = async (...args: string[]): Promise<DescribedDispatch[]> =>
  JSON.parse((await wgsl(...args, '--json')).out) as DescribedDispatch[];

describe('parsimony wgsl', () => {
  it('prints every dispatch of a step with its bindings, sizes and code', async () => {
    const { code, out } = await wgsl('--network', '784-128-10');
    expect(code).toBe(0);
    expect(out).toContain('784→128→10 · Isotropic tanh · batch 128');
    for (const label of ['gather', 'forward 1', 'forward 2', 'backward 1', 'update', 'finish'])
      expect(out).toMatch(new RegExp(`──── \\d of 6: ${label} ────`));
    expect(out.match(/^@compute/gm)).toHaveLength(6);
    expect(out).toContain('var<storage, read> parameters: array<vec4f, 25616>;');
    expect(out).toMatch(/parameters +\(parameters\) +read +409 856 B/);
    expect(out).toContain('32×1×1 workgroups of 32×1×1 invocations');
    expect(out).not.toMatch(/undefined|NaN|\[object/);
    // Lines are set in by the braces that are open.
    expect(out).toMatch(/^ {2}let model = group\.z;$/m);
  });

  it('has the bytes and workgroups of the plan, by network, batch and models', async () => {
    const [one, three] = await Promise.resolve([
      await dispatches('--network', '64-16-8-10', '--activation', 'tanh'),
      await dispatches('--network', '64-16-8-10', '--activation', 'tanh', '--models', '3', '--batch', '200'),
    ]);
    expect(one.map(({ label }) => label)).toEqual(three.map(({ label }) => label));
    const forward = (list: DescribedDispatch[]) => list[1];
    expect(forward(one).workgroups[2]).toBe(1);
    expect(forward(three).workgroups[2]).toBe(3);
    const bytes = (list: DescribedDispatch[], name: string) =>
      forward(list).bindings.find((binding) => binding.name === name)?.bytes ?? 0;
    expect(bytes(three, 'parameters')).toBe(3 * bytes(one, 'parameters'));
    for (const { bindings } of one)
      for (const { name, type, bytes: size } of bindings)
        if (name !== 'images') expect(size, `${name}: ${type}`).toBeGreaterThan(0);
    expect(forward(one).code).toContain('elementwiseTanh');
    expect(forward(await dispatches('--network', '64-16-10', '--activation', 'relu')).code).not.toContain(
      'tanh',
    );
  });

  it('takes architectures, files, observations and one dispatch alone', async () => {
    const cnn = await wgsl(
      ...['--network', '64-8-10', '--architecture', 'cnn', '--image', '1x8x8', '--channels', '4', '--list'],
    );
    expect(cnn.out).toContain('convolution gradient 1');
    expect(cnn.out).not.toContain('@compute');
    const observation = await dispatches('--network', '64-8-10', '--of', 'observation');
    expect(observation.map(({ label }) => label)).toEqual(['gather', 'forward 1', 'forward 2', 'observe 1']);
    const only = await wgsl('--network', '64-8-10', '--only', 'update', '--tiles', 'cpu');
    expect(only.out.match(/^@compute/gm)).toHaveLength(1);
    expect(only.out).toContain('const WEIGHTS_0 = 0u;');
    const file = join(folder, 'net.safetensors');
    const nothing = { standardisation: null, provenance: null, configuration: null };
    writeFileSync(file, writeNetwork(exampleNetwork({ hidden: [6, 5] }).network, nothing, 'F32'));
    expect((await wgsl(file, '--list')).out).toContain('7→6→5→4');
  });

  it.each([
    [[], '--network 784-128-10 (or NET.safetensors) is missing.'],
    [['--network', '784'], 'inputs and outputs at least'],
    [['--network', '784-x-10'], '--network wants whole numbers above 0'],
    [['--network', '784-1025-10'], 'hidden layers have 2 to 1024 units, not 1025'],
    [
      ['--network', '8-4-2', '--activation', 'gelu'],
      '--activation is one of isotropic-tanh, tanh, relu, not “gelu”.',
    ],
    [['--network', '8-4-2', '--models', '65'], '--models wants a whole number from 1 to 64'],
    [['--network', '8-4-2', '--only', 'forward 9'], 'There is no dispatch “forward 9”: gather, forward 1'],
    [['--network', '64-4-2', '--architecture', 'cnn', '--image', '3x8x8'], 'with a product of 64'],
    [['--network', '64-4-2', '--architecture', 'cnn'], 'A CNN needs pictures'],
  ])('says what is wrong with %j', async (args, words) => {
    const { code, out, err } = await wgsl(...args);
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain(words);
  });

  it('explains itself', async () => {
    expect((await wgsl('--help')).out).toContain('--network SIZES');
  });
});
