import { type Configuration, DEFAULTS } from '../configuration/schema';
import { decode, encode } from '../configuration/url';
import { registerOwn } from '../data/own';
import { snapshotOf } from '../worker/snapshot';
import { firstSnapshot } from './firstPaint';
import { History } from './history';
import { withKnownClasses } from './linkClasses';
import { NO_OWN_DATA, rememberedOwn } from './ownMeta';
import { loadPreferences } from './preferences';
import type { LabState } from './state';

/** The state of the page before its first run: what the address says, over the preferences. */
export function initialState(): LabState {
  const { configuration: asked, notices } = decode(location.search);
  const own = rememberedOwn();
  registerOwn(own);
  if (asked.data === 'own' && !own) {
    asked.data = DEFAULTS.data;
    notices.push(NO_OWN_DATA);
  }
  const { configuration, notice } = withKnownClasses(asked);
  if (notice) notices.push(notice);
  const preferences = loadPreferences();
  const snapshot = firstSnapshot(configuration);
  return {
    configuration,
    running: null,
    given: null,
    run: {
      status: 'starting',
      step: 0,
      stepsPerSecond: 0,
      gpuMsPerStep: null,
      stepsPerEpoch: 0,
      pace: 'watch',
      message: null,
      undoDepth: 0,
    },
    engine: null,
    measured: [],
    webgpu: null,
    data: null,
    own,
    gallery: null,
    snapshots: snapshot ? { main: snapshot } : {},
    sigma: null,
    evaluations: {},
    fullEvaluations: {},
    pins: [],
    frame: null,
    lastReport: null,
    question: null,
    problems: notices.length ? [{ id: 1, severity: 'notice', title: 'Link', detail: notices.join(' ') }] : [],
    checkpoint: null,
    savedStep: null,
    twin: { kind: 'off', step: 0, target: 0 },
    sweep: null,
    sweepTrail: [],
    historyVersion: 0,
    history: new History(),
    ui: {
      place: 'lab',
      lens: 'learn',
      focus: 0,
      overlay: null,
      theme: preferences.theme,
      present: false,
      singleKeys: preferences.singleKeys,
      studied: 0,
      held: null,
      barMode: 'sigma',
      lensOpen: false,
      hand: 'lambda',
      cursor: null,
      // A pinned engine alone is still the first visit's set-up.
      firstVisit: !preferences.visited && encode({ ...configuration, engine: 'auto' }) === '',
      coachQuiet: false,
    },
  };
}

/** State that belongs to one run and goes when it restarts. */
export function blankRun(configuration: Configuration, given: LabState['given']): Partial<LabState> {
  const snapshot = given ? snapshotOf(given.network, 'main', 0) : firstSnapshot(configuration);
  return {
    ...(snapshot ? { snapshots: { main: snapshot } } : { snapshots: {} }),
    sigma: null,
    evaluations: {},
    fullEvaluations: {},
    pins: [],
    frame: null,
    lastReport: null,
    question: null,
    savedStep: null,
    sweep: null,
    sweepTrail: [],
    twin: { kind: 'off', step: 0, target: 0 },
  };
}
