import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import type * as load from '../../../data/load/load';
import type * as choose from '../../../training/chooseEngine';
import type * as checkpoints from '../storage/checkpoints';
import type { LoadingDataset } from '../../../data/load/types';
import type { DataSource, SplitData } from '../../../data/source';
import type { TrainingState } from '../../../network/network';
import { seededRandom } from '../../../network/random';
import type { Engine, EngineGroup } from '../../../training/engine';
import type { Checkpoint } from '../storage/checkpointVersions';

// What a session in Node has in the place of browser storage, the network and a GPU; tests only. Given to `vi.mock`.

/** What would be in IndexedDB. */
export const storageMock: { last: Checkpoint | null } = { last: null };

/** Whether the cpu engine passes for one with a model axis, and how many groups it was asked for. */
export const modelAxisMock = { on: false, groups: 0 };

let lose: ((reason: string) => void) | null = null;

/** Loses the device of the engine opened last, as a GPU does that is reset; for engines of `losable`. */
export function loseDevice(): void {
  if (!lose) throw new Error('No engine is open.');
  lose('Lost for a test.');
}

/** Before each test: nothing stored, no model axis, a browser's name. */
export function freshMocks(): void {
  storageMock.last = null;
  lose = null;
  Object.assign(modelAxisMock, { on: false, groups: 0 });
  vi.stubGlobal('navigator', { userAgent: 'node' });
}

/** Checkpoints in memory, copied as IndexedDB would. */
export function memoryStorage(): typeof checkpoints {
  return {
    saveCheckpoint: (checkpoint) => {
      storageMock.last = structuredClone(checkpoint);
      return Promise.resolve(true);
    },
    loadCheckpoint: () => Promise.resolve(structuredClone(storageMock.last)),
    forgetCheckpoint: () => Promise.resolve(),
    loadSetting: () => Promise.resolve(undefined),
    saveSetting: () => Promise.resolve(),
  };
}

/** The data packs from the disk, in the place of `fetch`. */
export function fromDisk(url: string | URL): Promise<Response> {
  const name = String(url).split('/data/')[1];
  return Promise.resolve(new Response(new Uint8Array(readFileSync(`public/data/${name}`))));
}

/** Three tiny tasks of four classes each, image i of task i mod 3: a pattern of 16 pixels per class, and noise. */
function tinyTasks(): LoadingDataset {
  const [size, classes, tasks] = [16, 4, 3];
  const pattern = seededRandom(5, 'patterns');
  const patterns = Uint8Array.from({ length: classes * tasks * size }, () => pattern.integer(256));
  const split = (total: number, name: string): SplitData => {
    const rng = seededRandom(5, name);
    const labels = Uint8Array.from({ length: total }, (_, i) => (i % tasks) * classes + rng.integer(classes));
    const images = Uint8Array.from({ length: total * size }, (_, k) => {
      const pixel = patterns[labels[Math.floor(k / size)] * size + (k % size)];
      return Math.max(0, Math.min(255, pixel + 60 * rng.normal()));
    });
    return { images, labels, ready: total, total };
  };
  const source: DataSource = {
    size,
    classes: classes * tasks,
    tasks,
    train: split(600, 'train'),
    test: split(300, 'test'),
    byteScale: 1 / 255,
    mean: new Float32Array(size * tasks).fill(0.5),
    inverseDeviation: new Float32Array(size * tasks).fill(3),
    clip: 4,
  };
  return { source, done: Promise.resolve(), ready: () => Promise.resolve() };
}

/** The loader, reading from the disk; the data set `tasks` is a tiny one made here. */
export function diskLoader(actual: typeof load): typeof load {
  return {
    ...actual,
    loadDataset: (id, options) =>
      id === 'tasks' ? tinyTasks() : actual.loadDataset(id, { ...options, fetch: (url) => fromDisk(url) }),
  };
}

/** A group that refuses, as the compiled engine does, networks whose inputs or outputs differ. */
function sharingEnds(group: EngineGroup, states: readonly TrainingState[]): EngineGroup {
  const ends = ({ network: { spec } }: TrainingState): string => `${spec.inputs} to ${spec.outputs}`;
  const shared = ends(states[0]);
  const check = (state: TrainingState): void => {
    if (ends(state) !== shared) throw new Error(`A group of ${shared} cannot hold ${ends(state)}.`);
  };
  states.forEach(check);
  return Object.assign(Object.create(group) as EngineGroup, {
    importState: (model: number, state: TrainingState) => {
      check(state);
      group.importState(model, state);
    },
  });
}

/** The choice of engine; where `axis.on`, networks that train together share one group, as on the compiled engine. */
export function withAxis(actual: typeof choose): typeof choose {
  return {
    ...actual,
    chooseEngine: async (...wanted) => {
      const chosen = await actual.chooseEngine(...wanted);
      if (!modelAxisMock.on) return chosen;
      const { engine } = chosen;
      const own = {
        modelAxis: true,
        createGroup: (...made: Parameters<typeof engine.createGroup>) => {
          modelAxisMock.groups += 1;
          return sharingEnds(engine.createGroup(...made), made[0]);
        },
      };
      return { ...chosen, engine: Object.assign(Object.create(engine) as typeof engine, own) };
    },
  };
}

/** The choice of engine, of one that can be lost: nothing on it can be read from then on. */
export function losable(actual: typeof choose): typeof choose {
  return {
    ...actual,
    chooseEngine: async (...wanted) => {
      const chosen = await actual.chooseEngine(...wanted);
      const { engine } = chosen;
      const lost = new Promise<string>((resolve) => {
        lose = (reason) => {
          engine.dispose();
          resolve(reason);
        };
      });
      return { ...chosen, engine: Object.assign(Object.create(engine) as typeof engine, { lost }) };
    },
  };
}

/** The choice of engine: `auto` is one that passes for the compiled engine and refuses parallel paths; named ones are as they are. */
export function refusing(actual: typeof choose): typeof choose {
  return {
    ...actual,
    chooseEngine: async (choice, options) => {
      const chosen = await actual.chooseEngine('tfjs-cpu', options);
      if (choice !== 'auto' || options?.candidates) return chosen;
      const { engine } = chosen;
      const own: Partial<Engine> = {
        info: { ...engine.info, id: 'parsimony-webgpu', label: 'The fussy one' },
        createModel: (state, data) => {
          if (state.network.spec.hidden.some(({ paths }) => paths)) throw new Error('No paths, please.');
          return engine.createModel(state, data);
        },
      };
      return { ...chosen, engine: Object.assign(Object.create(engine) as Engine, own) };
    },
  };
}
