import { create } from 'zustand';
import { subscribeWithSelector } from 'zustand/middleware';
import { withIntrinsicLength } from '../network/settings';
import { type Configuration, HOT_FIELDS, RESTART_FIELDS } from '../configuration/schema';
import { pageFolder } from '../base/pageFolder';
import type { HotSetting } from '../configuration/hotSettings';
import { registerOwn } from '../data/ownEntry';
import { connectAnalysis, leaveRun } from './analysis';
import { type TrainingClient, connectTraining } from './client';
import { configuredWidths } from './firstPaint';
import { applyEvent } from './applyEvent';
import { BLANK_PAGE, blankRun, firstSnapshots, initialLabState, readPageMemory } from './initial';
import { savePreferences } from './preferences';
import { type SpectrumClient, spectrumClient } from './spectrum';
import type { InterfaceState, LabStore, LabState } from './state';

/** The step at which the first visit's run pauses by itself, "to spare your battery". */
export const FIRST_REST_STEP = 600;

/**
 * Fields that start the run anew but keep imported weights: the new run starts from the same weights and not from the
 * seed.
 */
const KEEPS_GIVEN: readonly (keyof Configuration)[] = ['optimiser', 'momentum', 'decayAll', 'batch'];

/** After so many deaths in all, a training thread that stops is not started again. */
const MOST_DEATHS = 3;
let deaths = 0;
/**
 * The number of runs started so far. Events carry the number of their run, so that those of a run that was left are
 * ignored.
 */
let runs = 0;

let client: TrainingClient | null = null;
let startRun: ((configuration: Configuration, resume: boolean, given: LabState['given']) => void) | null =
  null;
let spectrum: SpectrumClient | null = null;

/**
 * The state of the laboratory and what can be done with it. When this file is imported it is that of a blank page, so that whatever
 * needs a part of the store can be tested without a browser; `beginLab` fills it.
 */
export const useLab = create<LabStore>()(
  subscribeWithSelector((set, get) => {
    const send: TrainingClient['send'] = (command) => client?.send(command);
    const start = (configuration: Configuration, resume: boolean, given: LabState['given'] = null): void => {
      const ui = get().ui;
      get().history.clear();
      leaveRun();
      spectrum?.forget();
      set({
        configuration,
        running: null,
        given,
        ...blankRun(configuration, given),
        // What was wrong with the run before is not wrong with this one.
        problems: get().problems.filter(({ ofRun }) => !ofRun),
        historyVersion: get().historyVersion + 1,
        ui: {
          ...ui,
          focus: Math.min(ui.focus, configuredWidths(configuration, given).length - 1),
          cursor: null,
        },
        run: { ...get().run, status: 'starting', step: 0, undoDepth: 0, message: null },
      });
      const network = given?.network;
      send({
        type: 'start',
        configuration,
        resume,
        base: pageFolder(),
        run: ++runs,
        network,
        own: get().own,
      });
    };
    startRun = start;
    return {
      ...initialLabState(BLANK_PAGE),
      play: () => {
        const { ui, run } = get();
        const restAt = ui.firstVisit && run.step < FIRST_REST_STEP ? FIRST_REST_STEP : null;
        send({ type: 'play', pace: run.pace, restAt });
      },
      pause: () => send({ type: 'pause' }),
      togglePlay: () => {
        const { status } = get().run;
        if (status === 'playing' || status === 'waiting') get().pause();
        else get().play();
      },
      setPace: (pace) => {
        set({ run: { ...get().run, pace } });
        send({ type: 'pace', pace });
      },
      step: (count) => send({ type: 'step', count }),
      reset: () => {
        const { configuration, given } = get();
        const blocks = given?.network.spec.blocks;
        start(blocks ? { ...configuration, tasks: [...blocks].sort() } : configuration, false, given);
      },
      startFrom: (network, configuration) => start(configuration, false, { network }),
      newSeed: () => start({ ...get().configuration, seed: Math.floor(Math.random() * 100_000) }, false),
      change: (fields) => {
        const before = get().configuration;
        const next = { ...before, ...fields };
        const changed = (Object.keys(fields) as (keyof Configuration)[]).filter(
          (key) => JSON.stringify(before[key]) !== JSON.stringify(next[key]),
        );
        const restarts = changed.filter((key) => RESTART_FIELDS.includes(key));
        if (restarts.length > 0) {
          const { given, tell } = get();
          const kept = restarts.every((key) => KEEPS_GIVEN.includes(key));
          start(next, false, kept ? given : null);
          if (given && !kept)
            tell('notice', 'The imported weights were left', 'The run starts from the seed again.');
          return;
        }
        for (const key of changed) {
          if (key === 'engine') get().setEngine(next.engine);
          else if (key === 'o') next.o.forEach((value, layer) => get().control({ name: 'o', layer, value }));
          else if ((HOT_FIELDS as readonly string[]).includes(key))
            get().control({ name: key, value: next[key] } as HotSetting);
        }
        set({ configuration: next });
      },
      control: (control) => {
        const configuration = { ...get().configuration };
        if (control.name === 'o') {
          configuration.o = withIntrinsicLength(configuration, control.layer, control.value);
        } else {
          Object.assign(configuration, { [control.name]: control.value });
        }
        set({ configuration });
        send({ type: 'control', control });
      },
      operate: (operation, gesture) => send({ type: 'operate', operation, gesture }),
      answerQuestion: (where) => {
        const { question } = get();
        set({ question: null });
        if (!question || !where || question.operation.kind !== 'remove') return;
        send({
          type: 'operate',
          operation: { ...question.operation, where },
          gesture: Date.now(),
          confirmed: true,
        });
      },
      openPath: (operation) => send({ type: 'path', operation }),
      pathAt: (t) => send({ type: 'path-at', t }),
      endPath: (keep) => send({ type: 'path-end', keep }),
      undo: () => send({ type: 'undo' }),
      setTwin: (kind) => {
        set({ twin: { kind, step: 0, target: get().run.step } });
        send({ type: 'twin', kind });
      },
      setSweep: (sweep) => {
        set({ sweep: null, sweepTrail: [] });
        send({ type: 'sweep', sweep });
      },
      setEngine: (engine) => {
        set({ configuration: { ...get().configuration, engine } });
        send({ type: 'engine', engine });
      },
      resumeCheckpoint: (accept) => {
        const { checkpoint } = get();
        set({ checkpoint: null });
        if (accept && checkpoint) start(checkpoint.configuration, true);
        else send({ type: 'forget-checkpoint' });
      },
      tell: (severity, title, detail): void => {
        applyEvent({ type: 'problem', severity, title, detail }, useLab, () => undefined);
      },
      dismissProblem: (id) => set({ problems: get().problems.filter((problem) => problem.id !== id) }),
      setUi: (fields) => {
        set({ ui: { ...get().ui, ...fields } });
        const remembered: (keyof InterfaceState)[] = ['theme', 'singleKeys'];
        if (remembered.some((key) => key in fields)) {
          savePreferences({ theme: get().ui.theme, singleKeys: get().ui.singleKeys });
        }
      },
      evaluateAll: () => send({ type: 'evaluate' }),
      loseDevice: () => send({ type: 'lose-device' }),
    };
  }),
);

/** Begins with what the address says and this browser remembers. Called once by main.tsx, before the first render. */
export function beginLab(): void {
  const memory = readPageMemory();
  registerOwn(memory.own);
  const state = initialLabState(memory);
  useLab.setState({ ...state, snapshots: firstSnapshots(state.configuration) });
}

/** Opens the workers and starts the configured run. Called once by main.tsx, after the first paint. */
export function openLab(): void {
  if (client) return;
  spectrum = spectrumClient(({ step, layers: all }, snapshot) => {
    const { history, snapshots } = useLab.getState();
    const { runner } = snapshot;
    // A reply may be of a run, or of a future, that has been left meanwhile.
    if (runner === 'baseline' || step > (snapshots[runner]?.step ?? -1)) return;
    const spec = snapshots[runner]?.spec;
    const widths = spec?.hidden.map((h) => h.width) ?? [];
    // The output's weights have σ of their own, but no units to be taken away or turned.
    const layers = all.slice(0, -1);
    if (layers.some((sigma, l) => sigma.length !== widths[l]) || layers.length !== widths.length) return;
    history.moments[runner].add({
      step,
      layers: all.map((sigma, l) => ({ sigma, bias: snapshot.biases[l] })),
    });
    if (runner === 'twin') return;
    history.addSpectrum({ step, sigma: layers });
    useLab.setState({ sigma: { step, layers } });
  });
  client = connectTraining(
    (event) => {
      // What is still being worked out belongs to a past that is no more.
      if (event.type === 'undone') spectrum?.forget();
      if (event.type === 'twin' && (event.kind === 'off' || event.step === 0)) spectrum?.forget('twin');
      applyEvent(event, useLab, (snapshot) => spectrum?.request(snapshot));
    },
    (reason) => {
      const again = ++deaths < MOST_DEATHS;
      useLab.setState((state) => ({
        problems: [
          ...state.problems,
          {
            id: Date.now(),
            severity: 'error',
            title: 'The training thread stopped',
            detail: `${reason} ${again ? 'It was started again.' : 'It stopped again and again: reload the page to try anew.'}`,
          },
        ],
      }));
      if (!again) return;
      client?.restart();
      const { configuration, savedStep, given } = useLab.getState();
      startRun?.(configuration, savedStep !== null, given);
    },
  );
  connectAnalysis((command) => client?.send(command));
  // A tab that is hidden may never come back: save what there is.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') client?.send({ type: 'checkpoint' });
  });
  const { configuration, snapshots, own } = useLab.getState();
  if (snapshots.main) spectrum.request(snapshots.main);
  client.send({ type: 'start', configuration, resume: false, base: pageFolder(), run: ++runs, own });
}
