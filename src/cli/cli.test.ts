import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { readNetwork, writeNetwork } from '../network/files/networkFile';
import { writeSafetensors } from '../network/files/safetensors';
import { cloneNetwork, layerWidths, type Network } from '../network/network';
import { referenceForward } from '../network/reference';
import { exampleNetwork } from '../network/testing';
import { singularValues } from '../topology/linear/svd';
import { runTool } from './tool';

const folder = mkdtempSync(join(tmpdir(), 'parsimony-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));
const TSX = resolve('node_modules/tsx/dist/cli.mjs');
const MAIN = resolve('src/cli/main.ts');
const NOTHING = { standardisation: null, provenance: null, configuration: null };

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The tool as a process of its own, in the folder of the files. */
function parsimony(...args: string[]): Promise<Ended> {
  return new Promise((done) => {
    const env = { ...process.env, npm_lifecycle_event: '' };
    execFile(process.execPath, [TSX, MAIN, ...args], { cwd: folder, env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

/** The same in this process, which costs no start: file names are taken to be in the folder. */
async function called(...args: string[]): Promise<Ended> {
  const said = { out: '', err: '' };
  const catching = (stream: NodeJS.WriteStream, into: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said[into] += String(text);
      return true;
    });
  const spies = [catching(process.stdout, 'out'), catching(process.stderr, 'err')];
  const words = args.map((word) => (word.endsWith('.safetensors') ? join(folder, word) : word));
  try {
    return { code: await runTool(words), ...said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const { network, x, labels, n } = exampleNetwork({ hidden: [6, 5], n: 8 });
const save = (name: string, bytes: Uint8Array): void => writeFileSync(join(folder, name), bytes);
const load = (name: string): Network => readNetwork(readFileSync(join(folder, name))).network;
save('net.safetensors', writeNetwork(network, NOTHING, 'F64'));
const inputs = { shape: [n, 7], data: x };
save('probe.safetensors', writeSafetensors(new Map([['x', inputs]]), new Map(), 'F64'));
save(
  'labelled.safetensors',
  writeSafetensors(
    new Map([
      ['x', inputs],
      ['labels', { shape: [n], data: Float64Array.from(labels) }],
    ]),
    new Map(),
    'F64',
  ),
);
save('cut.safetensors', writeNetwork(network, NOTHING, 'F64'));
truncateSync(join(folder, 'cut.safetensors'), 900);
save(
  'other.safetensors',
  writeSafetensors(new Map([['x', { shape: [1, 3], data: Float64Array.of(1, 2, 3) }]]), new Map(), 'F32'),
);
const huge = cloneNetwork(network);
huge.parameters.weights[2].data.fill(1.7e308);
huge.parameters.biases[2].fill(1.7e308);
huge.parameters.psi[1].fill(1.7e308);
save('huge.safetensors', writeNetwork(huge, NOTHING, 'F64'));

const NET = ['net.safetensors', '--probe', 'probe.safetensors'];

interface Surgery {
  operations: Record<string, unknown>[];
  logits: number[][];
}

describe('the command line', () => {
  it('evaluates: logits and singular values, as JSON and in words', { timeout: 30_000 }, async () => {
    const json = await parsimony('evaluate', ...NET, '--json');
    const text = await called('evaluate', 'net.safetensors', '--probe', 'labelled.safetensors');
    expect(json.err).toBe('');
    expect(json.code).toBe(0);
    const answer = JSON.parse(json.out) as { logits: number[][]; singularValues: number[][] };
    expect(Object.keys(answer)).toEqual(['logits', 'singularValues']);
    const logits = referenceForward(network, x, n).logits;
    expect(answer.logits.flat()).toEqual([...logits]);
    expect(answer.logits).toHaveLength(n);
    answer.singularValues.forEach((sigma, l) => {
      const truth = singularValues(network.parameters.weights[l]);
      expect(sigma).toHaveLength(truth.length);
      sigma.forEach((value, i) => expect(value).toBeCloseTo(truth[i], 6));
    });
    expect(text.code).toBe(0);
    expect(text.out).toContain('7→6→5→4');
    expect(text.out).toContain('weight_parameters.2:');
    expect(text.out).toContain(String(Number(logits[0].toPrecision(6))));
    const right = labels.filter((label, b) => {
      const row = [...logits.subarray(4 * b, 4 * b + 4)];
      return row.indexOf(Math.max(...row)) === label;
    }).length;
    expect(text.out).toContain(`Accuracy ${((100 * right) / n).toFixed(2)} % of ${n}`);
  });

  it('operates in order and writes the network it reports', { timeout: 30_000 }, async () => {
    const ops = ['left:0', 'full:1', 'remove:1:1', 'grow:0:3', 'rotate:1:42'];
    const flags = ops.flatMap((op) => ['--op', op]);
    const { code, out, err } = await parsimony(
      'surgery',
      ...NET,
      ...flags,
      '--out',
      'out.safetensors',
      '--json',
    );
    expect(err).toBe('');
    expect(code).toBe(0);
    const { operations, logits } = JSON.parse(out) as Surgery;
    expect(operations.map(({ op }) => op)).toEqual(ops);
    for (const report of operations) {
      expect(Object.keys(report)).toEqual([
        'op',
        'epsilonScaledPercent',
        'klNats',
        'maxAbsLogit',
        'sigmaRemoved',
        'widths',
        'parameters',
        'nonZeroParameters',
      ]);
      if (report.op === 'remove:1:1') continue;
      expect(report.epsilonScaledPercent).toBeLessThan(1e-9);
      expect(report.klNats).toBeLessThan(1e-9);
      expect(report.maxAbsLogit).toBeLessThan(1e-12);
      expect(report.sigmaRemoved).toEqual([]);
    }
    const sigma = singularValues(network.parameters.weights[1]);
    const removed = operations[2].sigmaRemoved as number[];
    expect(removed).toHaveLength(1);
    expect(removed[0]).toBeCloseTo(sigma[4], 6);
    expect(operations.map((report) => report.widths)).toEqual([
      [7, 6, 5, 4],
      [7, 6, 5, 4],
      [7, 6, 4, 4],
      [7, 9, 4, 4],
      [7, 9, 4, 4],
    ]);
    // Weights, biases, ψ and log o of 7→6→5→4; diagonal weights between hidden layers keep min(6, 5) of 30 (full:1).
    expect(operations[0].parameters).toBe(42 + 30 + 20 + 6 + 5 + 4 + 5 + 4 + 2);
    expect(operations[1].nonZeroParameters).toBe((operations[0].nonZeroParameters as number) - 25);
    const after = load('out.safetensors');
    expect(layerWidths(after.spec)).toEqual([7, 9, 4, 4]);
    expect(logits.flat()).toEqual([...referenceForward(after, x, n).logits]);
    const grow = async (op: string, name: string): Promise<Float64Array> => {
      const grown = await called('surgery', ...NET, '--op', op, '--out', name);
      expect(grown.out).toMatch(/Written to .*grown-/);
      return load(name).parameters.weights[1].data;
    };
    const same = await grow('grow:0:1', 'grown-1.safetensors');
    expect(await grow('grow:0:1:0', 'grown-2.safetensors')).toEqual(same);
    const otherwise = await grow('grow:0:1:5', 'grown-3.safetensors');
    expect(same).not.toEqual(otherwise);
  });

  it('explains itself', { timeout: 30_000 }, async () => {
    const { code, out } = await parsimony('--help');
    expect(code).toBe(0);
    expect(out).toContain('surgery');
    for (const name of ['evaluate', 'surgery']) {
      const help = await called(name, '--help');
      expect(help.code).toBe(0);
      expect(help.out).toContain(`Usage: npm run -s parsimony -- ${name}`);
    }
  });

  const surgery = (...ops: string[]): string[] => [
    'surgery',
    ...NET,
    ...ops.flatMap((op) => ['--op', op]),
    '--out',
    'bad.safetensors',
  ];
  const BAD: [string[], string][] = [
    [[], 'There is nothing to do.'],
    [['trim'], '“trim” is not a command'],
    [['evaluate'], 'NET.safetensors is missing.'],
    [['evaluate', 'net.safetensors'], '--probe PROBE.safetensors is missing.'],
    [['evaluate', ...NET, '--jason'], '--jason'],
    [['evaluate', 'none.safetensors', '--probe', 'probe.safetensors'], 'none.safetensors could not be read'],
    [['evaluate', 'cut.safetensors', '--probe', 'probe.safetensors'], 'cut.safetensors: '],
    [
      ['evaluate', 'net.safetensors', '--probe', 'other.safetensors'],
      '“x” has 3 inputs per image, and the network reads 7.',
    ],
    [['evaluate', 'net.safetensors', '--probe', 'net.safetensors'], 'The probe has no tensor “x”'],
    [['evaluate', 'huge.safetensors', '--probe', 'probe.safetensors', '--json'], 'not finite numbers'],
    [
      ['surgery', 'huge.safetensors', ...NET.slice(1), '--op', 'left:0', '--out', 'bad.safetensors'],
      'not finite numbers',
    ],
    [surgery(), 'name an operation with --op'],
    [surgery('left:0', 'twist:1'), '--op twist:1 is not an operation'],
    [surgery('remove:1'), '--op remove:1 is not an operation'],
    [surgery('remove:1:-2'), '--op remove:1:-2 is not an operation'],
    [surgery('left:2'), '--op left:2 (L counts from 0): There is no hidden layer 3'],
    [surgery('full:0'), '--op full:0'],
    [surgery('left:0', 'remove:1:4'), 'at most 3 can be removed'],
    [surgery('grow:0:1019'), 'at most 1018 can be grown'],
  ];
  it.each(BAD)('fails with a line on standard error, exit code 1 and no file: %j', async (args, message) => {
    const before = readdirSync(folder);
    const { code, out, err } = await called(...args);
    expect(err).toContain(`parsimony: `);
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect(out).toBe('');
    expect(code).toBe(1);
    expect(readdirSync(folder)).toEqual(before);
  });

  it('fails as a process, too', { timeout: 30_000 }, async () => {
    const before = readdirSync(folder);
    const cut = await parsimony('evaluate', 'cut.safetensors', '--probe', 'probe.safetensors');
    expect(cut).toMatchObject({ code: 1, out: '' });
    expect(cut.err).toContain('cut.safetensors: The file is truncated');
    const bad = await parsimony(...surgery('left:0', 'remove:1:4'));
    expect(bad).toMatchObject({ code: 1, out: '' });
    expect(bad.err).toContain('at most 3 can be removed');
    expect(readdirSync(folder)).toEqual(before);
    const nowhere = await called('surgery', ...NET, '--op', 'left:0', '--out', 'no/where.safetensors');
    expect(nowhere).toMatchObject({ code: 1, out: '' });
    expect(nowhere.err).toContain('could not be written');
  });
});
