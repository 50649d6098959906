import { expect, type Page } from '@playwright/test';
import type { LabStore } from '../../src/store/state';

/** The page's own store, as `window.parsimony` offers it. */
declare global {
  interface Window {
    parsimony: { lab: { getState(): LabStore; subscribe(listener: (state: LabStore) => void): () => void } };
  }
}

export const ENGINE_LABELS = {
  auto: '',
  'parsimony-wasm': 'WebAssembly (compiled)',
  'tfjs-wasm': 'WebAssembly (tfjs)',
  'tfjs-webgpu': 'WebGPU (tfjs)',
  'parsimony-webgpu': 'WebGPU (compiled)',
} as const;
export type PinnedEngine = keyof typeof ENGINE_LABELS;

/**
 * The engine of the learning journeys: our own on WebAssembly, which a software adapter cannot beat; `npm run test:long` runs them on the compiled
 * engine as well.
 */
export const JOURNEY_ENGINE = (process.env.PARSIMONY_JOURNEY_ENGINE ?? 'parsimony-wasm') as PinnedEngine;

/** Collects console warnings and errors: every journey ends with none. */
export function watchConsole(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type()))
      complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  return complaints;
}

/** Opens the lab with a pinned engine and waits until it can train; the engine's name must be on screen. */
export async function openLab(page: Page, engine: PinnedEngine, query = ''): Promise<void> {
  await page.goto(`./?v=1&engine=${engine}${query && `&${query}`}`);
  await ready(page);
  await expect(page.getByTestId('engine')).toContainText(ENGINE_LABELS[engine]);
}

/** Waits until the engine, the first data and the network are there. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { running, run, snapshots } = window.parsimony.lab.getState();
    return running !== null && snapshots.main !== undefined && !['starting', 'loading'].includes(run.status);
  });
}

/** Trains exactly `steps` more steps and waits for them. */
export async function train(page: Page, steps: number): Promise<void> {
  const target = await page.evaluate((n) => {
    const lab = window.parsimony.lab.getState();
    lab.step(n);
    return lab.run.step + n;
  }, steps);
  await page.waitForFunction((step) => {
    const { run, evaluations, snapshots } = window.parsimony.lab.getState();
    const there = evaluations.main?.step === step && snapshots.main?.step === step;
    return run.step === step && run.status === 'paused' && there;
  }, target);
}

/** Waits until the run has reached a step. */
export async function reach(page: Page, step: number): Promise<void> {
  await page.waitForFunction((s) => window.parsimony.lab.getState().run.step >= s, step);
}

/** A value read from the page's store. */
export function read<T>(page: Page, look: (lab: LabStore) => T): Promise<T> {
  return page.evaluate(`(${look.toString()})(window.parsimony.lab.getState())`);
}

/** Waits until the last invariance report is of that kind of operation, other than the one already there. */
export async function report(
  page: Page,
  kind: string,
  act: () => Promise<unknown>,
): Promise<NonNullable<LabStore['lastReport']>['report']> {
  const before = await read(page, (lab) => lab.pins.length + lab.run.undoDepth * 1000);
  await act();
  await page.waitForFunction(
    ([wanted, was]) => {
      const lab = window.parsimony.lab.getState();
      return (
        lab.lastReport?.report.operation.kind === wanted && lab.pins.length + lab.run.undoDepth * 1000 !== was
      );
    },
    [kind, before] as const,
  );
  const last = await read(page, (lab) => lab.lastReport?.report ?? null);
  if (!last) throw new Error('There is no report.');
  return last;
}
