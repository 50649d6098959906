import type { EngineChoice, EngineId } from './ids';
import { errorMessage } from '../base/errorMessage';
import { debugLine } from './debug';
import type { ComplaintHandler, Engine, EngineOpener } from './engine';
import { ENGINES, engineLabel } from './engines';
import { measureEngine } from './measure';
import type { WebGpuProbe } from './webgpu/device';

const tfjs = (): Promise<typeof import('./tfjs/backends')> => import('./tfjs/backends');

/** How each engine is opened. Each is loaded where it is opened: tfjs only where something asks for it. */
export const ENGINE_OPENERS: Readonly<Record<EngineId, EngineOpener>> = {
  'parsimony-wasm': async (report, { reproducible = false } = {}) => {
    const { openCompiledWasm } = await import('./wasm/open');
    return openCompiledWasm(report, reproducible ? { build: 'simd' } : {});
  },
  'tfjs-wasm': async (report) => (await tfjs()).openWasm(report),
  'parsimony-webgpu': async (report) => (await import('./webgpu/open')).openCompiled(report),
  'tfjs-webgpu': async (report) => (await tfjs()).openWebGpu(report),
  'tfjs-webgl': async (report) => (await tfjs()).openWebGl(report),
  'tfjs-cpu': async (report) => (await tfjs()).openCpu(report),
};

/** How one engine did; `msPerStep` is null where it was not measured, and `note` says why. */
export interface EngineVerdict {
  id: EngineId;
  label: string;
  msPerStep: number | null;
  note: string;
}

/** Milliseconds per step of an engine, in about `budgetMs` after its first step. */
export type MeasureEngine = (
  engine: Engine,
  budgetMs: number,
) => Promise<{ msPerStep: number; note: string }>;

export interface EngineSelection {
  engine: Engine;
  /** One row per engine looked at, in the order tried; a single row without a time for a pinned or remembered one. */
  verdicts: EngineVerdict[];
}

export interface ChooseOptions {
  /** Engines to try, in this order. */
  candidates?: readonly EngineId[];
  openers?: Readonly<Record<EngineId, EngineOpener>>;
  measure?: MeasureEngine;
  /** Time for all measurements together, opening not counted. */
  budgetMs?: number;
  /** What an earlier measurement on this machine chose: opened at once, and measured anew only if that fails. */
  remembered?: EngineId | null;
  report?: ComplaintHandler;
  /** What is known of WebGPU here, so that none is opened in vain. */
  webgpu?: WebGpuProbe;
  /** See OpenEngineOptions. */
  reproducible?: boolean;
}

const nameOf = ({ info }: Engine): string => (info.adapter ? `${info.label} on ${info.adapter}` : info.label);

/**
 * Opens the engine to train on: the pinned one (throws where it is unavailable), or for `auto` the fastest of the available
 * ones on a small real network. Losers are disposed.
 */
export async function chooseEngine(
  choice: EngineChoice,
  options: ChooseOptions = {},
): Promise<EngineSelection> {
  const { openers = ENGINE_OPENERS, remembered = null, reproducible } = options;
  const report = options.report ?? ((message: string) => console.error(message));
  const named = choice === 'auto' ? remembered : choice;
  if (named) {
    const label = engineLabel(named);
    try {
      const engine = await openers[named](report, { reproducible });
      const note = choice === 'auto' ? 'chosen earlier' : 'pinned';
      debugLine('engine', () => `${note}: ${nameOf(engine)}`);
      return { engine, verdicts: [{ id: named, label, msPerStep: null, note }] };
    } catch (error) {
      if (choice !== 'auto')
        throw new Error(`${label} is not available here: ${errorMessage(error)}`, { cause: error });
    }
  }
  return fastest(options.candidates ?? ENGINES.map(({ id }) => id), { ...options, openers, report });
}

/**
 * Why an engine is not measured once another has run, or null. An emulated GPU takes two to four seconds for a first step
 * (SwiftShader, two cores) and twenty times as long as wasm for the next.
 */
const hopeless = ({ info }: Engine): string | null =>
  info.software ? `${info.adapter}: emulated on the CPU, not measured` : null;

/** Why an engine is not even opened once another has run, or null. */
function pointless(
  id: EngineId,
  before: readonly EngineVerdict[],
  left: number,
  webgpu: WebGpuProbe | undefined,
): string | null {
  if (id === 'tfjs-cpu') return 'only for where nothing else works';
  const compiled = before.some((one) => one.id.startsWith('parsimony-') && one.msPerStep !== null);
  if (id.startsWith('tfjs-') && compiled)
    return 'not measured: tfjs is loaded only where it is asked for, or where no engine of our own works';
  if (id === 'parsimony-webgpu' && webgpu?.status === 'software')
    return `${webgpu.adapter}: emulated on the CPU, not measured`;
  return left <= 0 ? 'not measured, for lack of time' : null;
}

async function fastest(
  candidates: readonly EngineId[],
  options: ChooseOptions & Required<Pick<ChooseOptions, 'openers' | 'report'>>,
): Promise<EngineSelection> {
  const { openers, report, measure = measureEngine, budgetMs = 1000 } = options;
  const verdicts: EngineVerdict[] = [];
  let best: { engine: Engine; msPerStep: number } | null = null;
  let left = budgetMs;
  for (const [i, id] of candidates.entries()) {
    const verdict: EngineVerdict = { id, label: engineLabel(id), msPerStep: null, note: '' };
    verdicts.push(verdict);
    const idle = best && pointless(id, verdicts, left, options.webgpu);
    if (idle) {
      verdict.note = idle;
      continue;
    }
    let engine: Engine | null = null;
    try {
      engine = await openers[id](report, { reproducible: options.reproducible });
      const why: string | null = best && hopeless(engine);
      if (why) throw new Error(why);
      const from = performance.now();
      const measured = await measure(engine, left / (candidates.length - i));
      left -= performance.now() - from;
      verdict.msPerStep = measured.msPerStep;
      verdict.note = [engine.info.adapter, measured.note].filter(Boolean).join('; ');
      if (best && best.msPerStep <= measured.msPerStep) engine.dispose();
      else {
        best?.engine.dispose();
        best = { engine, msPerStep: measured.msPerStep };
      }
    } catch (error) {
      engine?.dispose();
      verdict.note = errorMessage(error);
    }
  }
  if (!best) {
    const reasons = verdicts.map(({ label, note }) => `${label}: ${note}`).join(' ');
    throw new Error(`No engine works here. ${reasons}`);
  }
  const { engine: chosen } = best;
  for (const { label, msPerStep, note } of verdicts)
    debugLine('engine', () =>
      [label, msPerStep === null ? null : `${Number(msPerStep.toPrecision(3))} ms a step`, note]
        .filter(Boolean)
        .join(': '),
    );
  debugLine('engine', () => `chosen: ${nameOf(chosen)}`);
  return { engine: chosen, verdicts };
}
