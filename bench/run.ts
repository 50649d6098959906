/**
 * `npm run bench [-- --quick] [-- --json FILE]`: one browser, one adapter, all engines by turns, medians of several rounds.
 * Every engine starts from the same weights and must agree with ours after ten steps before any clock runs. Then the SVD beside
 * ml-matrix's, in this process.
 */
import { writeFileSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { bundleEntry, openBundle } from '../src/cli/browser/inMemory';
import { findChromium } from '../src/cli/browser/chromium';
import type { EngineName } from './problem';
import type { BenchPage } from './page';
import { caseList, type BenchCase } from './cases';
import { svdRows } from './svd';

const quick = process.argv.includes('--quick');
const jsonAt = process.argv.indexOf('--json');
const ROUNDS = quick ? 3 : 7;
/** Steps of one submission for throughput, where they take no longer than this. */
const SUBMISSION = 32;
const LONGEST_MS = quick ? 5000 : 8000;
/** Time of a round otherwise. */
const ROUND_MS = quick ? 600 : 1000;

const stepsOf = (engine: EngineName, msPerStep: number): number =>
  engine === 'parsimony-webgpu' && SUBMISSION * msPerStep < LONGEST_MS
    ? SUBMISSION
    : Math.max(1, Math.min(SUBMISSION, Math.round(ROUND_MS / msPerStep)));

interface Row {
  network: string;
  batch: number;
  models: number;
  engine: EngineName;
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

const FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

async function runCase(page: Page, { network, batch, entries }: BenchCase): Promise<Row[]> {
  const opened: { engine: EngineName; models: number; steps: number; index: number }[] = [];
  for (const [i, { engine, models }] of entries.entries()) {
    try {
      const wrong = await page.evaluate(([name, s, b, m, c]) => window.bench.open(name, s, b, m, c), [
        engine,
        network,
        batch,
        models,
        !quick || i < 6,
      ] as const);
      if (wrong.length > 0) {
        console.log(`${network} ${engine} ×${models} does other work: ${wrong.join('; ')}`);
        process.exitCode = 1;
      }
      // The first round may still wait for compilers.
      await page.evaluate((n) => window.bench.round(n, 1), i);
      const { msPerStep } = await page.evaluate((n) => window.bench.round(n, 1), i);
      const steps = stepsOf(engine, msPerStep);
      opened.push({ engine, models, steps, index: i });
    } catch (error) {
      // Engines are numbered in the order they open, so a failed one must not shift the rest.
      throw new Error(`${network} ${engine} ×${models}: ${String(error)}`, { cause: error });
    }
  }
  const rounds = opened.map((): Awaited<ReturnType<BenchPage['round']>>[] => []);
  for (let r = 0; r < ROUNDS; r++)
    for (const [o, { index, steps }] of opened.entries())
      rounds[o].push(await page.evaluate(([i, n]) => window.bench.round(i, n), [index, steps] as const));
  await page.evaluate(() => window.bench.clear());
  return opened.map(({ engine, models }, o) => {
    const of = (key: keyof (typeof rounds)[number][number]): number =>
      median(rounds[o].map((row) => row[key]));
    return {
      network,
      batch,
      models,
      engine,
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
    `${row.network.padEnd(20)} ${String(row.batch).padStart(5)} ${String(row.models).padStart(3)}  ${row.engine.padEnd(20)}` +
      `${cell(row.msPerStep, 2, 10)} ${cell(row.msPerStep / row.models, 2, 10)} ${cell(row.hostMsPerStep, 3, 10)}` +
      `${cell(row.dispatchesPerStep, 1, 9)} ${cell(row.submitsPerStep, 3, 8)}`,
  );
}

const bundle = await bundleEntry('bench/page.ts');
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: [...FLAGS, ...(process.argv.includes('--gpu') ? [] : ['--use-webgpu-adapter=swiftshader'])],
});
try {
  const page = await browser.newPage();
  page.on('pageerror', (error) => console.error(error.message));
  await openBundle(page, bundle);
  await page.waitForFunction(() => 'bench' in window);
  const { adapter } = await page.evaluate(() => window.bench.probe());
  console.log(`adapter: ${adapter}; medians of ${ROUNDS} rounds, engines by turns\n`);
  console.log(
    `${'network'.padEnd(20)} batch   M  ${'engine'.padEnd(20)}   ms/step  ms/model   host ms  dispatch  submits`,
  );
  const rows: Row[] = [];
  for (const one of caseList(quick)) {
    const found = await runCase(page, one);
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
  await browser.close();
}
