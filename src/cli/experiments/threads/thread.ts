/** A thread of the pool: opens an engine of its own, makes the runs it is given one group after another, and tells their results. */
import { parentPort, workerData } from 'node:worker_threads';
import type { DataSource } from '../../../data/source';
import { DatasetCache } from '../../../experiments/datasetCache';
import { recipeById } from '../../../experiments/registry';
import { runTrials } from '../../../experiments/runner/runner';
import type { Trial } from '../../../experiments/types';
import type { Engine } from '../../../training/engine';
import { openThreadEngine, shellEngine } from '../engines';
import type { ThreadCommand, ThreadEvent, ThreadSetting, WantedData } from './protocol';

const setting = workerData as ThreadSetting;
const port = parentPort;
if (!port) throw new Error('This file is started as a thread.');
const tell = (event: ThreadEvent): void => port.postMessage(event);

const recipe = recipeById(setting.recipe);
const awaited = new Map<number, { resolve: (source: DataSource) => void; reject: (error: Error) => void }>();
let number = 0;

/** Data are loaded once for all threads, by the main one. */
const sources = new DatasetCache(
  ({ data, standardisation }: WantedData) =>
    new Promise((resolve, reject) => {
      number += 1;
      awaited.set(number, { resolve, reject });
      tell({ type: 'data', number, wanted: { data, standardisation } });
    }),
);

async function make(engine: Engine, trials: readonly Trial[]): Promise<void> {
  const results = runTrials({
    recipe,
    size: setting.size,
    trials,
    engine,
    sources,
    mostModels: shellEngine(setting.engine).models,
    // Nobody waits for this thread between two slices, and it hears of nothing meanwhile.
    rest: () => Promise.resolve(),
  });
  for await (const result of results) tell({ type: 'result', result });
  tell({ type: 'done' });
}

const failed = (error: unknown): void =>
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });

let opened: Engine | null = null;
port.on('message', (command: ThreadCommand) => {
  switch (command.type) {
    case 'run':
      if (opened) make(opened, command.trials).catch(failed);
      return;
    case 'data':
      awaited.get(command.number)?.resolve(command.source);
      awaited.delete(command.number);
      return;
    case 'no data':
      awaited.get(command.number)?.reject(new Error(command.message));
      awaited.delete(command.number);
  }
});
openThreadEngine(setting.engine, setting.bundle).then((engine) => {
  opened = engine;
  tell({ type: 'ready' });
}, failed);
