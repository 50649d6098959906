import type { Configuration } from '../configuration/schema';
import { DATASETS } from '../data/registry';

/**
 * Ticked classes and tasks that the data do not have: they are left, and where none remains all classes are ticked, so that a link can
 * always be trained on. `own` names the classes of the visitor's own data. Returns the configuration, and a notice where something was left.
 */
export function withKnownClasses(
  configuration: Configuration,
  own: readonly string[] = [],
): {
  configuration: Configuration;
  notice: string | null;
} {
  const { classes } = configuration;
  if (classes === null) return { configuration, notice: null };
  const entry = DATASETS[configuration.data];
  const count = configuration.data === 'own' ? own.length : entry.classNames.length;
  // Of a set made of tasks, one of the classes must be of a task that is learnt from the start.
  const perTask = count / (entry.tasks?.length ?? 1);
  const learnt = (label: number): boolean =>
    entry.tasks === null || configuration.tasks.includes(Math.floor(label / perTask));
  const there = classes.filter((label) => label < count);
  const known = there.some(learnt) ? there : [];
  if (known.length === classes.length) return { configuration, notice: null };
  const gone = classes.filter((label) => !known.includes(label));
  const left =
    known.length > 0
      ? `only ${known.join(', ')} of them ${known.length === 1 ? 'is' : 'are'} ticked`
      : 'all are ticked';
  return {
    configuration: { ...configuration, classes: known.length > 0 ? known : null },
    notice: `classes=${classes.join('-')}: ${gone.join(', ')} cannot be trained on ${entry.label} (classes 0 to ${count - 1}${entry.tasks ? ', of its tasks in turn' : ''}); ${left}.`,
  };
}
