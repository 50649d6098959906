/**
 * `npm run bench [-- --quick] [-- --json FILE]`: one browser, one adapter, all engines by turns, medians of several rounds; with `--native`
 * in Node without a browser, our own engines alone (WebGPU on the bindings of Dawn, as `experiment --engine webgpu`).
 * Every engine starts from the same weights and must agree with ours after ten steps before any clock runs. Then the SVD beside
 * ml-matrix's, in this process.
 */
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { EngineName } from './problem';
import type { Bench } from './bench';
import { caseList, type BenchCase, type BenchEntry } from './cases';
import { browserHost, nativeHost, type BenchHost } from './hosts';
import { svdRows } from './svd';

const quick = process.argv.includes('--quick');
const jsonAt = process.argv.indexOf('--json');
/** Entries of a case that are held against the first in a quick run. */
const COMPARED = 7;
const ROUNDS = quick ? 3 : 7;
/** Steps of one submission for throughput, where they take no longer than this. */
const SUBMISSION = 32;
const LONGEST_MS = quick ? 5000 : 8000;
/** Time of a round otherwise. */
const ROUND_MS = quick ? 600 : 1000;

const stepsOf = (engine: EngineName, msPerStep: number): number =>
  engine.startsWith('parsimony-w') && SUBMISSION * msPerStep < LONGEST_MS
    ? SUBMISSION
    : Math.max(1, Math.min(SUBMISSION, Math.round(ROUND_MS / msPerStep)));

interface Row {
  network: string;
  batch: number;
  models: number;
  engine: EngineName;
  /** Of engines with threads of their own. */
  threads?: number;
  /** Of the products of a step, and their share of what the threads could do at most, register to register; the engine's own measure. */
  gflops: number;
  peakShare?: number;
  msPerStep: number;
  hostMsPerStep: number;
  dispatchesPerStep: number;
  submitsPerStep: number;
}

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Shapes whose SVD is timed: first layers of the default network and of a wide one. */
const SVD_SHAPES: readonly [number, number][] = quick
  ? [[128, 784]]
  : [
      [128, 784],
      [512, 784],
    ];

async function runCase({ bench }: BenchHost, { network, batch, entries }: BenchCase): Promise<Row[]> {
  const opened: (BenchEntry & { steps: number; index: number; flops: number })[] = [];
  for (const [i, { engine, models, threads }] of entries.entries()) {
    try {
      const compared = !quick || i < COMPARED;
      const wrong = await bench.open(engine, network, batch, models, threads ?? 1, compared);
      if (wrong.length > 0) {
        console.log(`${network} ${engine} ×${models} does other work: ${wrong.join('; ')}`);
        process.exitCode = 1;
      }
      // The first round may still wait for compilers.
      await bench.round(i, 1);
      const { msPerStep } = await bench.round(i, 1);
      const steps = stepsOf(engine, msPerStep);
      const flops = await bench.flops(i);
      opened.push({ engine, models, threads, steps, index: i, flops });
    } catch (error) {
      // Engines are numbered in the order they open, so a failed one must not shift the rest.
      throw new Error(`${network} ${engine} ×${models}: ${String(error)}`, { cause: error });
    }
  }
  const rounds = opened.map((): Awaited<ReturnType<Bench['round']>>[] => []);
  const peaks: number[] = [];
  for (let r = 0; r < ROUNDS; r++) {
    peaks.push(await bench.peak());
    for (const [o, { index, steps }] of opened.entries()) rounds[o].push(await bench.round(index, steps));
  }
  const peak = median(peaks);
  await bench.clear();
  return opened.map(({ engine, models, threads, flops }, o) => {
    const of = (key: keyof (typeof rounds)[number][number]): number =>
      median(rounds[o].map((row) => row[key]));
    const gflops = (models * flops) / of('msPerStep') / 1e6;
    return {
      network,
      batch,
      models,
      engine,
      ...(threads && { threads, peakShare: gflops / (threads * peak) }),
      gflops,
      msPerStep: of('msPerStep'),
      hostMsPerStep: of('hostMsPerStep'),
      dispatchesPerStep: of('dispatchesPerStep'),
      submitsPerStep: of('submitsPerStep'),
    };
  });
}

function print(row: Row): void {
  const cell = (value: number, digits: number, width: number): string =>
    value.toFixed(digits).padStart(width);
  console.log(
    `${row.network.padEnd(20)} ${String(row.batch).padStart(5)} ${String(row.models).padStart(3)}  ${(row.engine + (row.threads ? ` ${row.threads}t` : '')).padEnd(20)}` +
      `${cell(row.msPerStep, 2, 10)} ${cell(row.msPerStep / row.models, 2, 10)} ${cell(row.hostMsPerStep, 3, 10)}` +
      `${cell(row.dispatchesPerStep, 1, 9)} ${cell(row.submitsPerStep, 3, 8)} ${cell(row.gflops, 1, 8)}` +
      (row.peakShare === undefined ? '' : ` ${cell(100 * row.peakShare, 0, 6)} %`),
  );
}

const native = process.argv.includes('--native');
const host = await (native ? nativeHost() : browserHost(process.argv.includes('--gpu')));
try {
  const { adapter } = await host.bench.probe();
  console.log(`adapter: ${adapter || 'none'}; medians of ${ROUNDS} rounds, engines by turns\n`);
  console.log(
    `${'network'.padEnd(20)} batch   M  ${'engine'.padEnd(20)}   ms/step  ms/model   host ms  dispatch  submits  GFLOP/s   peak`,
  );
  const rows: Row[] = [];
  for (const { entries, ...one } of caseList(quick, Math.min(2, availableParallelism()))) {
    const there = entries.filter(({ engine }) => host.engines === null || host.engines.includes(engine));
    if (there.length === 0) continue;
    const found = await runCase(host, { ...one, entries: there });
    found.forEach(print);
    rows.push(...found);
  }
  const svd = svdRows(SVD_SHAPES, 3, median);
  console.log(`\n${'SVD'.padEnd(20)} parsimony ms  ml-matrix ms  ratio`);
  for (const { shape, parsimonyMs, mlMatrixMs, ratio } of svd)
    console.log(
      `${shape.padEnd(20)} ${parsimonyMs.toFixed(0).padStart(12)} ${mlMatrixMs.toFixed(0).padStart(13)} ${ratio.toFixed(2).padStart(6)}`,
    );
  if (jsonAt >= 0)
    writeFileSync(process.argv[jsonAt + 1], JSON.stringify({ adapter, cases: rows, svd }, null, 1));
} finally {
  await host.close();
}
