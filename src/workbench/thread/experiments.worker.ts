import type { EngineChoice } from '../../training/ids';
import { errorMessage } from '../../base/errorMessage';
import { EngineLostError } from '../../experiments/runner/errors';
import { recipeById } from '../../experiments/registry';
import { runTrials } from '../../experiments/runner/runner';
import { DatasetCache } from '../../experiments/datasetCache';
import { selectTrials } from '../../experiments/trials';
import { chooseEngine } from '../../training/chooseEngine';
import { writeDebugLines } from '../../training/debug';
import type { Engine } from '../../training/engine';
import type { ExperimentsCommand, ExperimentsEvent, JobEnd } from './protocol';
import { isDebugWorker } from '../../worker/debugAddress';
import { yieldToMessages } from '../../worker/session/actor/pacing';

if (isDebugWorker(self.name)) writeDebugLines((line) => console.debug(line));

/** The shortest time between two reports of progress, in milliseconds. */
const TELL_MS = 120;

let number = 0;
let opened: { choice: EngineChoice; engine: Promise<Engine> } | null = null;
let sources: { base: string; of: DatasetCache } | null = null;
let work: AbortController | null = null;
/** Resolves when a pause ends; null while there is none. */
let pause: { over: Promise<void>; end: () => void } | null = null;

const post = (event: ExperimentsEvent): void => self.postMessage(event);

/** The engine for a choice, kept for the next job; opened anew where the earlier one was lost. */
function engineFor(choice: EngineChoice): Promise<Engine> {
  if (opened?.choice === choice) return opened.engine;
  const before = opened?.engine;
  const engine = (async () => {
    await before?.then(
      (one) => one.dispose(),
      () => undefined,
    );
    const report = (message: string): void => post({ type: 'complaint', job: number, message });
    return (await chooseEngine(choice, { report, reproducible: true })).engine;
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

/** Lets messages be received between two slices of work, and waits here while the job is paused. */
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
    let lastProgress = 0;
    const results = runTrials({
      recipe,
      size: request.size,
      trials,
      engine,
      sources: dataFrom(command.base),
      signal,
      rest,
      onProgress: (progress) => {
        if (performance.now() - lastProgress < TELL_MS) return;
        lastProgress = performance.now();
        post({ type: 'progress', job, ...progress });
      },
    });
    for await (const result of results) post({ type: 'result', job, result });
    ended('finished');
  } catch (error) {
    const message = errorMessage(error);
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
