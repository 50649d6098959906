import type { StoreApi } from 'zustand';
import { receiveSubject } from './analysis';
import { keepArchive, loadArchive, saveArchive } from './series/archive';
import { savePreferences } from './preferences';
import type { EvaluationPoint, SessionEvent, Snapshot } from '../worker/protocol';
import type { InvarianceReport } from '../topology/types';
import type { History } from './series/history';
import type { LabStore } from './state';

/** Charts look at the history at most this often (times a second). */
const CHART_RATE = 8;

let scheduled: ReturnType<typeof setTimeout> | null = null;
let lastBump = 0;

/** Lets the charts know that `history` changed, at most CHART_RATE times a second. */
function bumpHistory(store: StoreApi<LabStore>): void {
  if (scheduled) return;
  const wait = Math.max(0, lastBump + 1000 / CHART_RATE - performance.now());
  scheduled = setTimeout(() => {
    scheduled = null;
    lastBump = performance.now();
    store.setState((state) => ({ historyVersion: state.historyVersion + 1 }));
  }, wait);
}

/** The report whose accuracy the next evaluation measures. */
let operated: InvarianceReport | null = null;

/** Adds accuracy against units left to the history, from before the first removal on. */
function traceUnits(history: History, before: EvaluationPoint | undefined, point: EvaluationPoint): void {
  const report = operated;
  operated = null;
  if (!report || (report.operation.kind !== 'remove' && report.operation.kind !== 'grow')) return;
  const { layer } = report.operation;
  const { step, n, accuracy } = point;
  const last = history.units.at(-1);
  const units = report.widthsBefore[layer + 1];
  const continues = last?.step === step && last.layer === layer;
  if (before && !continues) history.addUnits({ step, layer, n: before.n, units, accuracy: before.accuracy });
  history.addUnits({ step, layer, n, units: report.widthsAfter[layer + 1], accuracy });
}

/** Most past moments of a sweep kept; beyond it every second goes. */
const MOST_TRAIL = 120;
function thinned<T>(trail: T[]): T[] {
  return trail.length > MOST_TRAIL ? trail.filter((_, i) => i % 2 === 0 || i === trail.length - 1) : trail;
}

let nextProblem = 1000;

/** Applies one event of the training worker to the store. */
export function applyEvent(
  event: SessionEvent,
  store: StoreApi<LabStore>,
  spectrum: (snapshot: Snapshot) => void,
): void {
  const { setState: set, getState: get } = store;
  switch (event.type) {
    case 'engine':
      return set({ engine: event.info, measured: event.measured });
    case 'webgpu':
      return set({ webgpu: event });
    case 'graphics-check':
      return set({ graphics: event });
    case 'tiles':
      return set({ tiles: event });
    case 'data': {
      const { bytes, totalBytes, train, test, trainTotal, testTotal } = event;
      return set({ data: { bytes, totalBytes, train, test, trainTotal, testTotal } });
    }
    case 'gallery':
      return set({ gallery: event });
    case 'started':
      savePreferences({ visited: true });
      if (event.resumed) {
        void loadArchive(event.step, get().history).then((pins) => {
          set((state) => ({ pins: [...pins, ...state.pins] }));
          bumpHistory(store);
        });
      }
      return set((state) => ({
        running: event.configuration,
        configuration: event.configuration,
        // A resumed run brings its own; else the page has it already.
        given: event.resumed ? event.given && { network: event.given } : state.given,
        run: { ...state.run, step: event.step, stepsPerEpoch: event.stepsPerEpoch },
      }));
    case 'status': {
      const { status, step, stepsPerSecond, gpuMsPerStep, pace, message, undoDepth } = event;
      return set((state) => ({
        run: { ...state.run, status, step, stepsPerSecond, gpuMsPerStep, pace, message, undoDepth },
      }));
    }
    case 'metrics':
      get().history.append(event.block);
      return bumpHistory(store);
    case 'evaluation': {
      const { history, evaluations, snapshots } = get();
      history.addEvaluation(event.point, snapshots[event.point.runner]?.spec);
      if (event.point.runner === 'main') traceUnits(history, evaluations.main, event.point);
      set((state) => ({ evaluations: { ...state.evaluations, [event.point.runner]: event.point } }));
      return bumpHistory(store);
    }
    case 'full-evaluation': {
      const { runner, step, n, accuracy } = event;
      return set((state) => ({
        fullEvaluations: { ...state.fullEvaluations, [runner]: { step, n, accuracy } },
      }));
    }
    case 'snapshot':
      set((state) => ({ snapshots: { ...state.snapshots, [event.snapshot.runner]: event.snapshot } }));
      spectrum(event.snapshot);
      return;
    case 'frame':
      return set({ frame: event.frame, fullEvaluations: {} });
    case 'path-closed':
      return set({ frame: null });
    case 'pin':
      if (event.pin.kind === 'o') set({ fullEvaluations: {} });
      return set((state) => ({ pins: [...state.pins.filter((pin) => pin.id !== event.pin.id), event.pin] }));
    case 'adapted':
      get().history.addDecisions(event.decisions);
      // The network is another one now: what was measured on all test images no longer holds.
      set({ fullEvaluations: {} });
      return bumpHistory(store);
    case 'tasks':
      return set((state) => ({
        configuration: { ...state.configuration, tasks: event.tasks },
        fullEvaluations: {},
      }));
    case 'widths':
      get().history.addWidths(event.runner, event.point);
      return bumpHistory(store);
    case 'operated':
      operated = event.report;
      // The network is another one now: what was measured on all test images no longer holds.
      return set({ lastReport: { report: event.report, step: event.step }, fullEvaluations: {} });
    case 'removal-question':
      return set({
        question: { operation: event.operation, missing: event.missing, options: event.options },
      });
    case 'undone': {
      const gone = new Set(event.removedPins);
      get().history.rewind(event.step);
      set((state) => ({
        pins: state.pins.filter((pin) => !gone.has(pin.id)),
        configuration: event.configuration,
        frame: null,
        lastReport: null,
        fullEvaluations: {},
        run: { ...state.run, step: event.step },
      }));
      return bumpHistory(store);
    }
    case 'twin': {
      const { kind, step, target, anew } = event;
      if (kind === 'off') {
        get().history.clearRunner('twin');
        set(({ snapshots: { main, baseline }, evaluations }) => ({
          snapshots: { ...(main && { main }), ...(baseline && { baseline }) },
          evaluations: { ...evaluations, twin: undefined },
        }));
      } else if (anew) get().history.clearRunner('twin');
      return set({ twin: { kind, step, target } });
    }
    case 'sweep':
      return set(({ sweepTrail }) => ({
        sweep: event.state,
        sweepTrail: event.state ? thinned([...sweepTrail, event.state]) : [],
      }));
    case 'subject':
    case 'no-subject':
      return receiveSubject(event);
    case 'checkpointed':
      void saveArchive(event.step, get().history, get().pins);
      return set({ savedStep: event.step });
    case 'checkpoint-found': {
      void keepArchive();
      const { configuration, step, savedAt } = event;
      return set({ checkpoint: { configuration, step, savedAt } });
    }
    case 'problem': {
      const { severity, title, detail, ofRun } = event;
      return set((state) => ({
        problems: [
          ...state.problems.filter((p) => p.title !== title || p.detail !== detail),
          { id: nextProblem++, severity, title, detail, ...(ofRun && { ofRun }) },
        ],
      }));
    }
  }
}
