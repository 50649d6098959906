import { pageFolder } from '../../base/pageFolder';
import { recipeById } from '../../experiments/registry';
import { selectTrials } from '../../experiments/trials';
import type { SizeName, Trial, TrialResult } from '../../experiments/types';
import type { ExperimentsEvent, JobEnd } from '../thread/protocol';
import { batchMultiplications, speedKey } from './estimate';
import { rememberSpeed, reportStorageFailure } from '../storage/storageFailure';
import { type RunningJob, showExperimentNotice, useExperiments } from './state';
import * as storage from '../storage/storage';
import type { StoredJob } from '../storage/storage';
import { type ExperimentsThread, openThread } from '../thread/thread';
import { useLab } from '../../store/lab';

const state = useExperiments.getState;
const set = useExperiments.setState;

let thread: ExperimentsThread | null = null;
let jobs = 0;
/**
 * Timer after which a run that was told to end and does not (because data are still loading, say) is ended together with
 * its thread.
 */
let patience = 0;
const PATIENCE_MS = 4000;

/** The trials of a job. */
export const jobTrials = ({ recipe, size, seeds, only }: Omit<StoredJob, 'id' | 'state' | 'note'>): Trial[] =>
  selectTrials(recipeById(recipe), size, { seeds, only });

/** Changes a job, here and in storage. */
function put(job: StoredJob): void {
  set(({ jobs: all }) => ({ jobs: [...all.filter(({ id }) => id !== job.id), job] }));
  void reportStorageFailure(storage.storeJob(job));
}

/** A job by its id. */
export const jobById = (id: string): StoredJob | undefined => state().jobs.find((job) => job.id === id);

/**
 * Puts the runs of an experiment at a size into the queue, in place of an earlier job for the same, and starts when
 * their turn comes.
 */
export function enqueueJob(wanted: {
  recipe: string;
  size: SizeName;
  seeds: number;
  only: Record<string, string[]>;
}): void {
  put({ ...wanted, id: `${wanted.recipe} ${wanted.size}`, state: 'waiting', note: null });
  next();
}

/** Continues a stopped job: makes the runs that are missing, and with `again` those that failed. */
export async function resumeJob(id: string, again = false): Promise<void> {
  const job = jobById(id);
  if (!job) return;
  if (again) {
    const failed = state().runs.filter(({ result }) => isOf(job, result) && result.status === 'failed');
    set(({ runs }) => ({ runs: runs.filter((run) => !failed.includes(run)) }));
    await reportStorageFailure(storage.deleteStoredRuns(failed.map(({ result }) => result)));
  }
  put({ ...job, state: 'waiting', note: null });
  next();
}

const isOf = (job: Pick<StoredJob, 'recipe' | 'size'>, result: TrialResult): boolean =>
  result.recipe === job.recipe &&
  result.size === job.size &&
  result.recipeVersion === recipeById(job.recipe).version;

/** Removes a job from the list; its results stay. */
export function removeJob(id: string): void {
  if (state().running?.id === id) return;
  set(({ jobs: all }) => ({ jobs: all.filter((job) => job.id !== id) }));
  void reportStorageFailure(storage.deleteStoredJob(id));
}

/** Deletes results of the visitor's own runs. */
export async function deleteRuns(results: readonly TrialResult[]): Promise<void> {
  const gone = new Set(results.map(storage.runKey));
  set(({ runs }) => ({ runs: runs.filter(({ result }) => !gone.has(storage.runKey(result))) }));
  await reportStorageFailure(storage.deleteStoredRuns(results));
}

/** Starts the first waiting job unless one is running. */
function next(): void {
  if (state().running) return;
  const job = state().jobs.find((one) => one.state === 'waiting');
  if (!job) {
    // Nothing to do: the engine and its memory go.
    thread?.close();
    thread = null;
    return;
  }
  const lab = useLab.getState();
  if (lab.run.status === 'playing' || lab.run.status === 'waiting') lab.pause();
  const number = ++jobs;
  const running: RunningJob = {
    ...{ id: job.id, number, engine: null, trials: [], step: 0, steps: 0, made: 0, madeSteps: 0 },
    ...{ missing: 0, missingSteps: 0, paused: null, ending: false, worked: 0, since: null },
  };
  set({ running, notice: null });
  thread ??= openThread(receive, (reason) => ended('failed', `The thread of experiments stopped. ${reason}`));
  thread.send({
    type: 'run',
    job: number,
    request: { recipe: job.recipe, size: job.size, seeds: job.seeds, only: job.only },
    engine: lab.engine?.id ?? lab.configuration.engine,
    base: pageFolder(),
    held: state()
      .runs.filter(({ result }) => isOf(job, result))
      .map(({ result }) => ({ trial: result.trial, engine: result.engine.id })),
  });
}

const change = (fields: Partial<RunningJob>): void =>
  set(({ running }) => ({ running: running && { ...running, ...fields } }));

/** Starts or stops the clock that measures the time at work; it stands still while the job is paused. */
function clock(on: boolean): void {
  const { running } = state();
  if (!running) return;
  const { worked, since } = running;
  const now = performance.now();
  change({ worked: worked + (since === null ? 0 : now - since), since: on ? now : null });
}

function receive(event: ExperimentsEvent): void {
  const { running } = state();
  if (running?.number !== event.job) return;
  const job = jobById(running.id);
  if (!job) return;
  switch (event.type) {
    case 'engine': {
      const held = new Set(completedTrials(job, event.info.id));
      const missing = jobTrials(job).filter(({ id }) => !held.has(id));
      change({
        engine: event.info,
        missing: missing.length,
        missingSteps: missing.reduce((sum, { steps }) => sum + steps, 0),
      });
      if (!running.paused) clock(true);
      return;
    }
    case 'progress': {
      const { trials, step, steps } = event;
      change({ trials, step, steps });
      return;
    }
    case 'result': {
      const { result } = event;
      const run = { at: Date.now(), result };
      void reportStorageFailure(storage.storeRun(run));
      const key = storage.runKey(result);
      set(({ runs }) => ({ runs: [...runs.filter((one) => storage.runKey(one.result) !== key), run] }));
      change({
        trials: running.trials.filter((id) => id !== result.trial),
        made: running.made + 1,
        madeSteps: running.madeSteps + result.steps,
      });
      return;
    }
    case 'complaint':
      showExperimentNotice('error', `The GPU reports an error: ${event.message}`);
      return;
    case 'ended':
      ended(event.how, event.message);
  }
}

/** The trials of a job that already have a result from an engine. */
const completedTrials = (job: Pick<StoredJob, 'recipe' | 'size'>, engine: string): string[] =>
  state()
    .runs.filter(({ result }) => isOf(job, result) && result.engine.id === engine)
    .map(({ result }) => result.trial);

const NOTES: Record<Exclude<JobEnd, 'finished'>, string> = {
  cancelled: 'Cancelled. The runs made so far are kept.',
  lost: 'The GPU was lost.',
  failed: 'It could not go on.',
};

function ended(how: JobEnd, message: string | null): void {
  window.clearTimeout(patience);
  clock(false);
  const { running } = state();
  const job = running && jobById(running.id);
  if (!running || !job) return;
  const { engine, madeSteps, worked } = running;
  if (engine && madeSteps > 0 && worked > 0) {
    const [first] = jobTrials(job);
    const cost = batchMultiplications(first.configuration);
    rememberSpeed(speedKey(engine.id, job.recipe, job.size), worked / madeSteps, cost);
    rememberSpeed(speedKey(engine.id), worked / madeSteps, cost);
  }
  if (how === 'failed') {
    thread?.close();
    thread = null;
  }
  set({ running: null });
  // A lost GPU comes back as a rule: once more by itself, as long as something was got done.
  const again = how === 'lost' && running.made > 0;
  if (how === 'finished') put({ ...job, state: 'finished', note: null });
  else if (again) put({ ...job, state: 'waiting' });
  else put({ ...job, state: 'stopped', note: [NOTES[how], message].filter(Boolean).join(' ') });
  if (how === 'lost')
    showExperimentNotice(
      'notice',
      `The GPU was lost. ${again ? 'It goes on with a fresh one.' : (message ?? '')}`,
    );
  if (how === 'failed') showExperimentNotice('error', message ?? NOTES.failed);
  next();
}

/** Stops a running job, whose finished runs are kept, or removes a waiting one from the queue. */
export function cancelJob(id: string): void {
  const { running } = state();
  const job = jobById(id);
  if (!job) return;
  if (running?.id !== id) {
    put({ ...job, state: 'stopped', note: 'Taken out of the queue.' });
    return;
  }
  if (running.ending) return;
  change({ ending: true });
  thread?.send({ type: 'cancel' });
  patience = window.setTimeout(() => {
    thread?.close();
    thread = null;
    ended('cancelled', null);
  }, PATIENCE_MS);
}

/** Pauses the running job between two slices of work. */
export function pauseJob(by: 'hand' | 'lab' = 'hand'): void {
  if (!state().running || state().running?.paused) return;
  clock(false);
  change({ paused: by });
  thread?.send({ type: 'pause' });
}

/** Continues a paused job; the lab pauses meanwhile, because one engine works at a time. */
export function continueJob(): void {
  const { running } = state();
  if (!running?.paused) return;
  const lab = useLab.getState();
  if (lab.run.status === 'playing' || lab.run.status === 'waiting') lab.pause();
  change({ paused: null });
  if (running.engine) clock(true);
  thread?.send({ type: 'continue' });
}
