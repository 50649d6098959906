import type { HotSetting } from '../../../configuration/hotSettings';
import type { Configuration } from '../../../configuration/schema';
import { DATASETS } from '../../../data/registry';
import type { Pin } from '../../protocol';

/** What a switch of tasks is called on its pin: "Task + Fashion-MNIST", "Tasks + Letters − MNIST"; null where nothing changes. */
export function switchLabel({ data, tasks: before }: Configuration, after: readonly number[]): string | null {
  const name = (task: number): string => DATASETS[data].tasks?.[task] ?? String(task + 1);
  const changes = [
    ...after.filter((task) => !before.includes(task)).map((task) => `+ ${name(task)}`),
    ...before.filter((task) => !after.includes(task)).map((task) => `− ${name(task)}`),
  ];
  if (changes.length === 0) return null;
  return `${changes.length > 1 ? 'Tasks' : 'Task'} ${changes.join(' ')}`;
}

function written(value: number): string {
  return value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5)
    ? String(Number(value.toPrecision(3)))
    : value.toExponential(1).replace('.0e', 'e').replace('e+', 'e');
}

const NAMES: Partial<Record<HotSetting['name'], string>> = {
  lambda: 'λ',
  learningRate: 'Learning rate',
  psiDecay: 'ψ decay',
  weightDecay: 'Weight decay',
};

/**
 * Kind and label of the pin that a hot setting leaves on the timeline; null for settings that do not touch training. `currentO` is the
 * value of o before the change, where it is o that changes.
 */
export function pinFor(
  before: Configuration,
  control: HotSetting,
  currentO: number,
): Pick<Pin, 'kind' | 'label'> | null {
  switch (control.name) {
    case 'lambda':
    case 'learningRate':
    case 'psiDecay':
    case 'weightDecay':
      return {
        kind: control.name,
        label: `${NAMES[control.name] ?? ''} ${written(before[control.name])} → ${written(control.value)}`,
      };
    case 'o':
      return {
        kind: 'o',
        label: `o of layer ${control.layer + 1}: ${written(currentO)} → ${written(control.value)}`,
      };
    case 'measure':
      return { kind: 'measure', label: `E: ${before.measure} → ${control.value}` };
    case 'energySite':
      return { kind: 'measure', label: `E on ${control.value}-activations` };
    case 'mu':
      return { kind: 'note', label: `μ ${written(before.mu)} → ${written(control.value)}` };
    case 'classes':
      return {
        kind: 'classes',
        label: control.value ? `Classes: ${control.value.length} ticked` : 'Classes: all ticked',
      };
    case 'augment':
      return { kind: 'note', label: `Augmentation: ${control.value}` };
    case 'keepDiagonal':
      return { kind: 'note', label: control.value ? 'Keep diagonal: on' : 'Keep diagonal: off' };
    case 'adapt':
      return { kind: 'note', label: control.value ? 'Adaptation: on' : 'Adaptation: off' };
    case 'tasks': {
      const label = switchLabel(before, control.value);
      return label === null ? null : { kind: 'task', label };
    }
    case 'theta':
    case 'criterion':
    case 'transport':
    case 'outgoing':
    case 'warmUp':
    case 'scaffold':
    case 'adaptEvery':
    case 'adaptCap':
    case 'adaptCooldown':
    case 'adaptLayers':
    case 'taskBlocks':
    case 'schedule':
      return null;
  }
}
