import type { CriterionId, OutgoingId, TaskBlocksId, TransportId } from '../../topology/ids';
import type { MenuOption } from '../kit';

/** What may go first on removal, as menus and the Neurons hand name it. */
export const CRITERIA: readonly MenuOption<CriterionId>[] = [
  { id: 'sigma', label: 'σ, smallest', describe: 'Smallest singular value first: the paper’s rule.' },
  {
    id: 'sigma-outgoing',
    label: 'σ · outgoing weight',
    describe: 'Smallest σ times the norm of its outgoing column first: what it reads times what it says.',
  },
  {
    id: 'gradient',
    label: 'Gradient',
    describe: 'The unit whose removal changes the loss least first, to first order, on the probe images.',
  },
  { id: 'energy', label: 'Energy', describe: 'Smallest mean h² on the probe images first.' },
  { id: 'random', label: 'Random', describe: 'Any unit of the diagonal basis: the control.' },
];

/** "smallest σ first": how the Neurons hand says it. */
export const CRITERION_ORDER: Record<CriterionId, string> = {
  sigma: 'smallest σ first',
  'sigma-outgoing': 'smallest σ · outgoing weight first',
  gradient: 'smallest gradient first',
  energy: 'smallest energy first',
  random: 'random order',
};

export const TRANSPORTS: readonly MenuOption<TransportId>[] = [
  {
    id: 'both',
    label: 'Both moments',
    describe: 'Momentum turns exactly, the second moment by squared entries: an approximation.',
  },
  {
    id: 'first',
    label: 'First moment only',
    describe: 'Momentum turns exactly; the second moment starts again at 0.',
  },
  { id: 'off', label: 'Off', describe: 'Both moments start again at 0 after each operation.' },
];

export const OUTGOING: readonly MenuOption<OutgoingId>[] = [
  {
    id: 'normal',
    label: '0.01 · normal',
    describe: 'Small and random, so that a gradient reaches the new unit.',
  },
  { id: 'zero', label: 'Zero', describe: 'A saddle without gradient: such a unit never wakes.' },
];

export const TASK_BLOCKS: readonly MenuOption<TaskBlocksId>[] = [
  { id: 'drop', label: 'Drop', describe: 'A task that goes takes its inputs and outputs with it.' },
  { id: 'mask', label: 'Mask', describe: 'Its inputs and outputs stay and are never shown again.' },
];
