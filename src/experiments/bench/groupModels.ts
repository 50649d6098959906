import type { EngineGroup, EngineModel, Observation } from '../../training/engine';

/**
 * The networks of a group, each as a model to be looked at. A look is made for all at once and kept for the others, until one of them is
 * changed or `forget` is called: after every step.
 */
export function groupModels(group: EngineGroup, count: number): { seats: EngineModel[]; forget: () => void } {
  const looks = new Map<string, Promise<Observation[]>>();
  const changed = <T>(work: () => T): T => {
    looks.clear();
    return work();
  };
  const untrained = (): never => {
    throw new Error('The networks of a group train together.');
  };
  const seat = (m: number): EngineModel => ({
    train: untrained,
    metrics: untrained,
    observe: async (...asked) => {
      const key = asked.join(' ');
      const look = looks.get(key) ?? group.observe(...asked);
      looks.set(key, look);
      return (await look)[m];
    },
    exportState: () => group.exportState(m),
    exportNetwork: () => group.exportNetwork(m),
    importState: (state) => changed(() => group.importState(m, state)),
    ready: () => group.ready?.() ?? Promise.resolve(),
    setO: (layer, value) => changed(() => group.setO(m, layer, value)),
    setMerge: (layer, merge) => changed(() => group.setMerge(m, layer, merge)),
    // The group is disposed of by whoever made it.
    dispose: () => undefined,
  });
  return { seats: Array.from({ length: count }, (_, m) => seat(m)), forget: () => looks.clear() };
}
