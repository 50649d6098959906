import type { EngineChoice } from '../../training/ids';
import { EngineLostError } from '../../experiments/bench/errors';
import { recipeById } from '../../experiments/registry';
import { runTrials } from '../../experiments/runner/runner';
import { DatasetCache } from '../../experiments/datasetCache';
import { selectTrials } from '../../experiments/trials';
import { chooseEngine } from '../../training/chooseEngine';
import type { Engine } from '../../training/engine';
import type { ExperimentsCommand, ExperimentsEvent, JobEnd } from './protocol';
import { yieldToMessages } from '../../worker/session/pacing';

/** Progress is told at most this often. */
const TELL_MS = 120;

let number = 0;
let opened: { choice: EngineChoice; engine: Promise<Engine> } | null = null;
let sources: { base: string; of: DatasetCache } | null = null;
let work: AbortController | null = null;
/** Resolves when a pause ends; null while there is none. */
let pause: { over: Promise<void>; end: () => void } | null = null;

const post = (event: ExperimentsEvent): void => self.postMessage(event);

/** The engine of a choice, kept for the next job; measured anew where an earlier one was lost. */
function engineFor(choice: EngineChoice): Promise<Engine> {
  if (opened?.choice === choice) return opened.engine;
  const before = opened?.engine;
  const engine = (async () => {
    await before?.then(
      (one) => one.dispose(),
      () => undefined,
    );
    const report = (message: string): void => post({ type: 'complaint', job: number, message });
    return (await chooseEngine(choice, { report })).engine;
  })();
  const own = { choice, engine };
  const forget = (): void => {
    if (opened === own) opened = null;
  };
  engine.then((one) => void one.lost.then(forget), forget);
  opened = own;
  return engine;
}

function dataFrom(base: string): DatasetCache {
  if (sources?.base !== base) sources = { base, of: new DatasetCache({ base }) };
  return sources.of;
}

/** Lets messages through between slices, and waits while paused. */
async function rest(): Promise<void> {
  await yieldToMessages();
  while (pause) await pause.over;
}

async function run(command: Extract<ExperimentsCommand, { type: 'run' }>): Promise<void> {
  const { job, request, held } = command;
  number = job;
  const ended = (how: JobEnd, message: string | null = null): void =>
    post({ type: 'ended', job, how, message });
  const { signal } = (work = new AbortController());
  try {
    const recipe = recipeById(request.recipe);
    const engine = await engineFor(command.engine);
    signal.throwIfAborted();
    const there = new Set(held.filter((one) => one.engine === engine.info.id).map(({ trial }) => trial));
    const trials = selectTrials(recipe, request.size, request).filter(({ id }) => !there.has(id));
    post({ type: 'engine', job, info: engine.info, left: trials.length });
    let told = 0;
    const results = runTrials({
      recipe,
      size: request.size,
      trials,
      engine,
      sources: dataFrom(command.base),
      signal,
      rest,
      onProgress: (progress) => {
        if (performance.now() - told < TELL_MS) return;
        told = performance.now();
        post({ type: 'progress', job, ...progress });
      },
    });
    for await (const result of results) post({ type: 'result', job, result });
    ended('finished');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (signal.aborted) ended('cancelled');
    else if (error instanceof EngineLostError) {
      opened = null;
      ended('lost', message);
    } else ended('failed', message);
  }
}

self.onmessage = ({ data }: MessageEvent<ExperimentsCommand>) => {
  switch (data.type) {
    case 'run':
      return void run(data);
    case 'pause': {
      if (pause) return;
      let end: () => void = () => undefined;
      const over = new Promise<void>((resolve) => (end = resolve));
      pause = { over, end };
      return;
    }
    case 'cancel':
      work?.abort(new Error('Cancelled.'));
      // A paused run must wake up to end.
      goOn();
      return;
    case 'continue':
      goOn();
  }
};

function goOn(): void {
  pause?.end();
  pause = null;
}
