import { configuredWidths } from '../../store/firstPaint';
import type { LabStore } from '../../store/state';
import { useHoldToRepeat } from '../controls/neurons/holdPlayer';
import { inspectFirst } from '../lenses/inspector/state';
import { diagonalise } from '../controls/basis/pathPlayer';

interface KeyBinding {
  /** As shown in the list. */
  keys: string[];
  describe: string;
  /** Single characters can be switched off (WCAG 2.1.4); Space and Escape stay. */
  single: boolean;
  match: (event: Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>) => boolean;
  act: (lab: LabStore, event: Pick<KeyboardEvent, 'key'>) => void;
}

const letter =
  (name: string, shift = false): KeyBinding['match'] =>
  ({ key, shiftKey }) =>
    key.toLowerCase() === name && shiftKey === shift;
const depth = (lab: LabStore): number =>
  lab.snapshots.main?.spec.hidden.length ?? configuredWidths(lab.configuration).length;

/** All keyboard shortcuts of the lab, with what they do; the list behind "?" shows them. */
export const KEYS: readonly KeyBinding[] = [
  {
    keys: ['Space'],
    describe: 'Play or pause',
    single: false,
    match: ({ key }) => key === ' ',
    act: (lab) => lab.togglePlay(),
  },
  {
    keys: ['.'],
    describe: 'One step',
    single: true,
    match: ({ code, key, shiftKey }) => !shiftKey && (key === '.' || code === 'Period'),
    act: (lab) => lab.step('step'),
  },
  {
    keys: ['⇧ .'],
    describe: 'One epoch',
    single: true,
    match: ({ code, shiftKey }) => shiftKey && code === 'Period',
    act: (lab) => lab.step('epoch'),
  },
  {
    keys: ['R'],
    describe: 'Reset to the same start',
    single: true,
    match: letter('r'),
    act: (lab) => lab.reset(),
  },
  {
    keys: ['⇧ R'],
    describe: 'New seed',
    single: true,
    match: letter('r', true),
    act: (lab) => lab.newSeed(),
  },
  {
    keys: ['D'],
    describe: 'Diagonalise the focus layer',
    single: true,
    match: letter('d'),
    act: diagonalise,
  },
  {
    keys: ['-'],
    describe: 'Remove a neuron',
    single: true,
    match: ({ key }) => key === '-' || key === '−',
    act: () => useHoldToRepeat.getState().once('remove'),
  },
  {
    keys: ['+', '='],
    describe: 'Grow a neuron',
    single: true,
    match: ({ key }) => key === '+' || key === '=',
    act: () => useHoldToRepeat.getState().once('grow'),
  },
  { keys: ['U'], describe: 'Undo', single: true, match: letter('u'), act: (lab) => lab.undo() },
  {
    keys: ['1', '…', '6'],
    describe: 'Focus layer',
    single: true,
    match: ({ key }) => key >= '1' && key <= '6' && key.length === 1,
    act: (lab, { key }) => Number(key) <= depth(lab) && lab.setUi({ focus: Number(key) - 1 }),
  },
  {
    keys: ['I'],
    describe: 'Inspect the largest unit of the focus layer; arrows go on, Escape goes back',
    single: true,
    match: letter('i'),
    act: inspectFirst,
  },
  {
    keys: ['P'],
    describe: 'Present: large type for a projector',
    single: true,
    match: letter('p'),
    act: (lab) => lab.setUi({ present: !lab.ui.present }),
  },
  {
    keys: ['/'],
    describe: 'Search controls and concepts',
    single: true,
    match: ({ key }) => key === '/',
    act: (lab) => lab.setUi({ overlay: 'search' }),
  },
  {
    keys: ['?'],
    describe: 'This list',
    single: true,
    match: ({ key }) => key === '?',
    act: (lab) => lab.setUi({ overlay: 'keys' }),
  },
];

/** Whether an element uses typed text or arrow keys itself. */
export function takesKeys(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  return target.matches('input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select');
}

/** Whether an element uses the Space key itself. */
export function takesSpace(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('button, a, summary, input, select, textarea, [role=tab], [role=option]')
  );
}
