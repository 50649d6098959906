import { create } from 'zustand';
import type { StandardisationId } from '../data/ids';
import { DEFAULT_CONFIGURATION } from '../configuration/schema';
import type { FaultReport } from '../data/import/faults';
import {
  type ImportChoices,
  type ImportCommand,
  type ImportOptions,
  type ImportPreview,
  type ImportReport,
  NO_OPTIONS,
} from '../data/import/protocol';
import type { SplitChoice } from '../data/import/values/split';
import { type OwnMeta, registerOwn } from '../data/ownEntry';
import { forgetOwnSet } from '../data/ownStore';
import { useLab } from './lab';
import { rememberOwn } from './ownMeta';

/** An import on its way, from the files to the choice to train on them. */
export interface ImportState {
  /** empty: nothing opened yet; busy: the worker is at it. */
  phase: 'empty' | 'busy' | 'ready' | 'refused';
  progress: { what: string; done: number; total: number } | null;
  preview: ImportPreview | null;
  choices: ImportChoices | null;
  options: ImportOptions;
  faults: FaultReport;
  /** Why the files, or a choice, cannot be taken. */
  problem: string | null;
}

const NOTHING: ImportState = {
  phase: 'empty',
  progress: null,
  preview: null,
  choices: null,
  options: NO_OPTIONS,
  faults: { listed: [], total: 0 },
  problem: null,
};

export const useImport = create<ImportState>()(() => NOTHING);
const set = useImport.setState;

let worker: Worker | null = null;
/** How the data are to be standardised, once they are kept. */
let wantedStandardisation: StandardisationId = 'dataset';

function send(command: ImportCommand): void {
  if (!worker) {
    worker = new Worker(new URL('../worker/import.worker.ts', import.meta.url), {
      type: 'module',
      name: 'import',
    });
    worker.onmessage = ({ data }: MessageEvent<ImportReport>) => receive(data);
    worker.onerror = (event) => {
      event.preventDefault();
      end();
      refuse(event.message || 'Reading stopped: perhaps there was not enough memory.');
    };
  }
  worker.postMessage(command);
}

function end(): void {
  worker?.terminate();
  worker = null;
}

function refuse(problem: string): void {
  set({ phase: 'refused', progress: null, problem });
}

function receive(report: ImportReport): void {
  switch (report.type) {
    case 'progress': {
      const { what, done, total } = report;
      return set({ phase: 'busy', progress: { what, done, total } });
    }
    case 'preview': {
      const { preview, choices, faults } = report;
      return set({ phase: 'ready', progress: null, preview, choices, faults, problem: null });
    }
    case 'refused': {
      const { problem, choices, faults } = report;
      return set({ phase: 'refused', progress: null, preview: null, choices, faults, problem });
    }
    case 'failed':
      return set({ phase: 'ready', progress: null, problem: report.problem });
    case 'kept':
      return trainOn(report.meta);
  }
}

/** Opens the dialog of the visitor's own data, as it was left. */
export function openOwnData(): void {
  useLab.getState().setUi({ overlay: 'own-data' });
}

/** Reads files (in a thread of their own) and shows what they hold; what was opened before, and not yet taken, is let go. */
export function readFiles(files: { path: string; file: File }[]): void {
  end();
  set({ ...NOTHING, phase: 'busy', progress: { what: 'Reading files', done: 0, total: files.length } });
  openOwnData();
  send({ type: 'read', files });
}

/** Says in the dialog why files cannot even be read. */
export function refuseFiles(problem: string): void {
  end();
  set({ ...NOTHING, phase: 'refused', problem });
  openOwnData();
}

/** Reads the same files anew, as chosen. */
export function chooseImportOptions(options: Partial<ImportOptions>): void {
  const next = { ...useImport.getState().options, ...options };
  set({ options: next, phase: 'busy', problem: null });
  send({ type: 'choose', options: next });
}

/** Ends the reading; nothing of it stays. */
export function cancelImport(): void {
  end();
  set(NOTHING);
}

/** Keeps the data in this browser, in place of those before, and starts a run on them. */
export function keepAndTrain(split: SplitChoice, standardisation: StandardisationId): void {
  wantedStandardisation = standardisation;
  set({ phase: 'busy', problem: null, progress: { what: 'Keeping it in this browser', done: 0, total: 0 } });
  send({ type: 'keep', split });
}

/** A stored run on own data that are gone cannot be continued. */
function withdrawOffer(): void {
  const lab = useLab.getState();
  if (lab.checkpoint?.configuration.data === 'own') lab.resumeCheckpoint(false);
}

function trainOn(own: OwnMeta): void {
  cancelImport();
  withdrawOffer();
  registerOwn(own);
  rememberOwn(own);
  const lab = useLab.getState();
  const { configuration } = lab;
  const architecture =
    own.sample === 'picture' ? configuration.architecture : DEFAULT_CONFIGURATION.architecture;
  const next = {
    ...configuration,
    architecture,
    data: 'own',
    standardisation: wantedStandardisation,
    classes: null,
  } as const;
  // Own data may follow own data: the configuration is then the same, and yet it is another start.
  useLab.setState({ own, configuration: next, given: null });
  lab.setUi({ overlay: null, studied: 0, firstVisit: false });
  lab.reset();
}

/** Deletes the visitor's own data from this browser; a run on them ends. */
export async function forgetOwn(): Promise<void> {
  withdrawOffer();
  const lab = useLab.getState();
  rememberOwn(null);
  if (lab.configuration.data === 'own') lab.change({ data: DEFAULT_CONFIGURATION.data, classes: null });
  registerOwn(null);
  useLab.setState({ own: null });
  try {
    await forgetOwnSet();
  } catch {
    lab.tell('error', 'Your own data', 'This browser’s storage did not answer: they may still lie there.');
  }
}
