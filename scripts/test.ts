/**
 * Every check in one go: types, lint, rooms, unused code, format, unit tests, build and its size, browser journeys. Ends with a plain line
 * "N passed, N failed"; a test that passed only on its second try is reported as flaky.
 */
import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findChromium } from '../src/cli/browser/chromium';

const long = process.argv.includes('--long');
let passed = 0;
let failed = 0;
const flaky: string[] = [];

const options = (env: Record<string, string> = {}) =>
  ({ env: { ...process.env, ...env }, shell: process.platform === 'win32' }) satisfies SpawnOptions;

function tell(name: string, status: number | null, started: number): boolean {
  const took = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} in ${took} s`);
  return status === 0;
}

function run(name: string, command: string, args: string[], env?: Record<string, string>): boolean {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit', ...options(env) });
  return tell(name, status, started);
}

function count(good: boolean): boolean {
  if (good) passed++;
  else failed++;
  return good;
}

function check(name: string, command: string, args: string[]): boolean {
  return count(run(name, command, args));
}

/** `check` beside others: what it says is shown at its end. */
async function checkBeside(name: string, command: string, args: string[]): Promise<void> {
  const started = Date.now();
  let said = '';
  const child = spawn(command, args, options());
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (said += text.toString()));
  const status = await new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      said += error.message;
      resolve(null);
    });
    child.on('close', resolve);
  });
  console.log(`\n── ${name}\n${said.trimEnd()}`);
  count(tell(name, status, started));
}

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
  suites: PlaywrightSuite[];
}
interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs?: { title: string; tests: { status: string }[] }[];
}

function read(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch {
    return null;
  }
}

function flakyTitles(suite: PlaywrightSuite): string[] {
  const own = (suite.specs ?? [])
    .filter((s) => s.tests.some((t) => t.status === 'flaky'))
    .map((s) => s.title);
  return [...own, ...(suite.suites ?? []).flatMap(flakyTitles)];
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });

if (!long) {
  // ESLint takes as long as the others together, on one core.
  await Promise.all([
    checkBeside('lint', 'npx', ['eslint', '.', '--max-warnings', '0']),
    (async () => {
      await checkBeside('types', 'node', ['node_modules/typescript-native/bin/tsc', '--noEmit']);
      await checkBeside('rooms', 'npx', ['tsx', 'scripts/rooms/check.ts']);
      await checkBeside('unused', 'npx', ['knip']);
      await checkBeside('format', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']);
    })(),
  ]);
  const unit = run('unit', 'npx', [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    '--outputFile.json=test-results/unit.json',
  ]);
  const report = read('test-results/unit.json') as VitestReport | null;
  passed += report?.numPassedTests ?? 0;
  failed += Math.max(report?.numFailedTests ?? 0, unit ? 0 : 1);
}

if (
  check('build', 'npx', ['vite', 'build', '--logLevel', 'warn']) &&
  (long || check('bundle', 'npx', ['tsx', 'scripts/bundle.ts']))
) {
  const journeys = run('journeys', 'npx', ['playwright', 'test'], {
    PARSIMONY_CHROMIUM: findChromium(),
    ...(long && { PARSIMONY_LONG: '1', PARSIMONY_JOURNEY_ENGINE: 'parsimony-webgpu' }),
  });
  const report = read('test-results/journeys.json') as PlaywrightReport | null;
  passed += (report?.stats.expected ?? 0) + (report?.stats.flaky ?? 0);
  failed += Math.max(report?.stats.unexpected ?? 0, journeys ? 0 : 1);
  flaky.push(...(report?.suites ?? []).flatMap(flakyTitles));
}

for (const title of flaky) console.log(`flaky (passed on the second try): ${title}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
