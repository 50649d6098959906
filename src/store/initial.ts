import { type Configuration, DEFAULT_CONFIGURATION } from '../configuration/schema';
import { decodeConfiguration, encodeConfiguration } from '../configuration/url';
import type { OwnMeta } from '../data/ownEntry';
import { snapshotOf } from '../worker/snapshot';
import { firstSnapshot } from './firstPaint';
import { History } from './series/history';
import { withKnownClasses } from './linkClasses';
import { NO_OWN_DATA, rememberedOwn } from './ownMeta';
import { DEFAULT_PREFERENCES, loadPreferences, type Preferences } from './preferences';
import type { LabState } from './state';

/** What the browser holds of a page before it starts: its address, and what this visitor left in local storage. */
export interface PageMemory {
  /** The query string of the address, with its "?". */
  query: string;
  own: OwnMeta | null;
  preferences: Preferences;
}

/** A page that was opened without a link, by somebody who was never here. */
export const BLANK_PAGE: PageMemory = { query: '', own: null, preferences: DEFAULT_PREFERENCES };

/** Reads it from the browser. */
export const readPageMemory = (): PageMemory => ({
  query: window.location.search,
  own: rememberedOwn(),
  preferences: loadPreferences(),
});

/**
 * The state of the page before its first run: what the address says, over the preferences. Still without the picture of the network
 * (`firstSnapshot`), which takes time to draw and asks for the registered own data.
 */
export function initialLabState({ query, own, preferences }: PageMemory): LabState {
  const { configuration: asked, notices } = decodeConfiguration(query);
  if (asked.data === 'own' && !own) {
    asked.data = DEFAULT_CONFIGURATION.data;
    notices.push(NO_OWN_DATA);
  }
  const { configuration, notice } = withKnownClasses(asked, own?.classNames ?? []);
  if (notice) notices.push(notice);
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
    graphics: null,
    tiles: null,
    data: null,
    own,
    gallery: null,
    snapshots: {},
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
      permalink: query.length > 1,
      firstVisit: !preferences.visited && encodeConfiguration({ ...configuration, engine: 'auto' }) === '',
      coachQuiet: false,
    },
  };
}

/** The picture of the network a run starts from; none where drawing it would hold up the page, or where there is no network. */
export function firstSnapshots(
  configuration: Configuration,
  given: LabState['given'] = null,
): LabState['snapshots'] {
  const snapshot = given ? snapshotOf(given.network, 'main', 0) : firstSnapshot(configuration);
  return snapshot ? { main: snapshot } : {};
}

/** State that belongs to one run and goes when it restarts. */
export function blankRun(configuration: Configuration, given: LabState['given']): Partial<LabState> {
  return {
    snapshots: firstSnapshots(configuration, given),
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
