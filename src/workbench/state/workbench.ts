import { errorMessage } from '../../base/errorMessage';
import { recipeById } from '../../experiments/registry';
import { workbenchAddress } from './address';
import { batchMultiplications, speedKey } from './estimate';
import { importResults } from '../storage/files';
import { rememberSpeed, reportStorageFailure } from '../storage/storageFailure';
import { jobById, pauseJob } from './queue';
import { loadIndex } from '../storage/shipped';
import { showExperimentNotice, useExperiments } from './state';
import { useExperimentsStatus } from './status';
import * as storage from '../storage/storage';
import { useLab } from '../../store/lab';

const state = useExperiments.getState;
const set = useExperiments.setState;

let opened: Promise<void> | null = null;

/** Reads what this browser keeps and what the page ships. Called when the workbench is first opened; later calls do nothing. */
export function openExperiments(): Promise<void> {
  opened ??= (async () => {
    keepStatus();
    yieldToLab();
    void loadIndex();
    try {
      const kept = await storage.loadStoredExperiments();
      set({
        ...kept,
        jobs: kept.jobs.map((job) =>
          job.state === 'waiting'
            ? { ...job, state: 'stopped', note: 'The page was closed before it was done.' }
            : job,
        ),
      });
    } catch {
      set({ storage: 'refused' });
    }
    rememberPace();
    set({ loaded: true });
  })();
  return opened;
}

/** Takes the lab's measurement of its engine as a first estimate of how long experiments will take. */
function rememberPace(): void {
  const { measured, engine, configuration, run } = useLab.getState();
  if (!engine || state().paces.some(({ key }) => key === speedKey(engine.id))) return;
  const msPerStep = measured.find(({ label }) => label === engine.label)?.msPerStep ?? null;
  const first = { data: 'fashion-mnist', hidden: [128, 64], batch: 128 } as const;
  if (msPerStep !== null)
    rememberSpeed(
      speedKey(engine.id),
      msPerStep,
      batchMultiplications({ ...first, hidden: [...first.hidden] }),
    );
  else if (run.pace === 'fast' && run.stepsPerSecond > 0)
    rememberSpeed(speedKey(engine.id), 1000 / run.stepsPerSecond, batchMultiplications(configuration));
}

/**
 * Pauses experiments when the lab starts to play: only one engine works at a time, and the one started last goes on.
 */
function yieldToLab(): void {
  useLab.subscribe(
    (lab) => lab.run.status,
    (status) => {
      if (status === 'playing' && state().running) pauseJob('lab');
    },
  );
}

/** Keeps the status that the lab's bar shows up to date. */
function keepStatus(): void {
  useExperiments.subscribe(({ running }) => {
    const job = running && jobById(running.id);
    if (!job) return useExperimentsStatus.setState({ running: null });
    const recipe = recipeById(job.recipe);
    useExperimentsStatus.setState({
      running: {
        question: recipe.question,
        address: workbenchAddress(job),
        made: running.made,
        planned: running.missing,
        paused: running.paused !== null,
      },
    });
  });
}

/**
 * Imports files of results and tells the visitor what became of each. Returns the address of the first experiment they
 * are about, or null.
 */
export async function importFiles(chosen: readonly File[]): Promise<string | null> {
  let first: string | null = null;
  const said: string[] = [];
  let severity: 'notice' | 'error' = 'notice';
  for (const file of chosen) {
    try {
      const { results, remarks } = importResults(file.name, await file.text());
      // A file of the same name takes the place of the one before.
      const taken = { id: file.name, name: file.name, at: Date.now(), results };
      set(({ files }) => ({ files: [...files.filter(({ id }) => id !== taken.id), taken] }));
      void reportStorageFailure(storage.storeFile(taken));
      said.push([`${file.name}: ${results.length} runs taken in.`, ...remarks].join(' '));
      first ??= workbenchAddress({ recipe: results[0].recipe, size: results[0].size });
    } catch (error) {
      severity = 'error';
      said.push(errorMessage(error));
    }
  }
  if (said.length > 0) showExperimentNotice(severity, said.join(' '));
  return first;
}

/** Removes an imported file. */
export function removeImportedFile(id: string): void {
  set(({ files }) => ({ files: files.filter((file) => file.id !== id) }));
  void reportStorageFailure(storage.deleteStoredFile(id));
}
