import type { LabStore } from '../../store/state';
import { diagonalise } from '../controls/basis/pathPlayer';
import { groupedInteger } from '../../drawing/format';
import type { CoachMemory } from './coachMemory';
import { FAST_AT } from './autopilot';
import { focusControl } from '../frame/focusControl';
import { startAdaptingTasks } from '../search/presets';

/** Everything that a step of the script may depend on. */
export interface CoachView extends CoachMemory {
  /** The lab was opened by a link that carries a configuration. */
  permalink: boolean;
  firstVisit: boolean;
  calm: boolean;
  status: LabStore['run']['status'];
  step: number;
  isotropic: boolean;
  /** The data are made of several tasks, and the network does not adapt to them yet. */
  unadapted: boolean;
  lambda: number;
  /** Units of the focus layer. */
  units: number;
  /** σ of the focus layer that stand clear of the plateau, or null before they are known. */
  bars: number | null;
}

interface CoachStep {
  id: string;
  when: (view: CoachView) => boolean;
  text: (view: CoachView) => string;
  action?: { label: string; act: (lab: LabStore) => void };
}

/** σ above this stands clear of the initial plateau at 1. */
export const CLEAR_SIGMA = 1.2;

const WORDS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const numberInWords = (n: number): string => WORDS[n] ?? String(n);
const barsText = ({ bars }: CoachView): string =>
  bars === null ? 'a few bars' : `${numberInWords(bars)} ${bars === 1 ? 'bar' : 'bars'}`;
const capital = (text: string): string => text[0].toUpperCase() + text.slice(1);
const waiting = (status: CoachView['status']): boolean => status === 'starting' || status === 'loading';
const still = (status: CoachView['status']): boolean => status === 'paused' || status === 'resting';

/** The coach's script: the first step whose `when` holds is the one line on screen. */
const COACH_STEPS: readonly CoachStep[] = [
  {
    id: 'tasks',
    when: (v) => v.unadapted && v.step === 0 && still(v.status),
    text: () => 'Three tasks that come and go. Let the widths follow them, beside a twin that keeps its own?',
    action: { label: 'Adapt to the tasks', act: startAdaptingTasks },
  },
  {
    id: 'permalink',
    when: (v) => v.permalink && !v.firstVisit && v.step === 0 && still(v.status),
    text: () => 'This link opened a set-up of its own, paused at its start.',
    action: { label: 'Start training', act: (lab) => lab.play() },
  },
  {
    id: 'initial',
    when: (v) => v.firstVisit && v.step === 0 && waiting(v.status),
    text: (v) =>
      `A network as its seed made it: ${groupedInteger(v.units)} equal bars, and a guess. The images are on their way.`,
  },
  {
    id: 'calm',
    when: (v) => v.step === 0 && still(v.status),
    text: (v) =>
      v.firstVisit
        ? `A network as its seed made it: ${groupedInteger(v.units)} equal bars, and a guess. It learns when you say so.`
        : 'The same start as ever, paused. Everything you do can be undone.',
    action: { label: 'Start training', act: (lab) => lab.play() },
  },
  {
    id: 'learning',
    when: (v) => v.firstVisit && v.status === 'playing' && v.step < FAST_AT && !v.diagonalised,
    text: () => 'It is learning from real images, here in your browser. Watch the outlines lift.',
  },
  {
    id: 'clear',
    when: (v) =>
      v.firstVisit &&
      v.status === 'playing' &&
      !v.diagonalised &&
      v.isotropic &&
      v.bars !== null &&
      v.bars > 0,
    text: (v) =>
      `${capital(numberInWords(v.bars ?? 0))} outlines stand clear of the rest. Now at full speed.`,
  },
  {
    id: 'cliff',
    when: (v) => v.cliff,
    text: (v) =>
      `There is the cliff: ${numberInWords(v.units)} ${v.units === 1 ? 'neuron is' : 'neurons are'} too few. Undo brings the others back.`,
    action: { label: 'Undo', act: (lab) => lab.undo() },
  },
  {
    id: 'diagonalise',
    when: (v) => v.isotropic && !v.diagonalised && v.step >= FAST_AT && still(v.status),
    text: (v) =>
      `${groupedInteger(v.units)} neurons, ${barsText(v)}. Diagonalise to give each bar its own neuron.`,
    action: { label: 'Diagonalise', act: diagonalise },
  },
  {
    id: 'remove',
    when: (v) => v.isotropic && v.diagonalised && !v.seenCliff,
    text: () => 'Hold − until the accuracy falls. How many can go?',
    action: { label: 'Show me −', act: () => focusControl('neurons') },
  },
  {
    id: 'classes',
    when: (v) => v.seenCliff && !v.classesTried,
    text: (v) => `Why ${barsText(v).replace(/ bars?$/, '')}? Untick five classes and reset: how many now?`,
    action: {
      label: 'Untick five, reset',
      act: (lab) => {
        lab.change({ classes: [0, 1, 2, 3, 4] });
        lab.reset();
        lab.play();
      },
    },
  },
  {
    id: 'energy',
    when: (v) => v.classesTried && !v.energyTried && v.step >= FAST_AT,
    text: () => 'Now send it an energy bill: take ReLU, then slide λ while it learns.',
    action: {
      label: 'ReLU, all classes',
      act: (lab) => {
        lab.change({ activation: 'relu', initialisation: 'he', classes: null });
        lab.play();
      },
    },
  },
  {
    id: 'slide',
    when: (v) => v.energyTried && v.lambda === 0 && v.step >= FAST_AT,
    text: () => 'Slide λ to 0.1 and watch E fall. What does the accuracy do?',
    action: { label: 'Show me λ', act: () => focusControl('lambda') },
  },
];

/** The coach's line now, or null when there is nothing to say. */
export function coachStep(view: CoachView): CoachStep | null {
  return COACH_STEPS.find((step) => step.when(view)) ?? null;
}
