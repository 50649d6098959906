import { readFileSync } from 'node:fs';
import { vi } from 'vitest';
import type * as load from '../../data/load';
import type * as choose from '../../training/choose';
import type * as checkpoints from './checkpoints';
import type { Checkpoint } from './checkpoints';

// What a session in Node has in the place of browser storage, the network and a GPU; tests only. Given to `vi.mock`.

/** What would be in IndexedDB. */
export const storage: { last: Checkpoint | null } = { last: null };

/** Whether the cpu engine passes for one with a model axis, and how many groups it was asked for. */
export const axis = { on: false, groups: 0 };

/** Before each test: nothing stored, no model axis, a browser's name. */
export function freshMocks(): void {
  storage.last = null;
  Object.assign(axis, { on: false, groups: 0 });
  vi.stubGlobal('navigator', { userAgent: 'node' });
}

/** Checkpoints in memory, copied as IndexedDB would. */
export function memoryStorage(): typeof checkpoints {
  return {
    saveCheckpoint: (checkpoint) => {
      storage.last = structuredClone(checkpoint);
      return Promise.resolve(true);
    },
    loadCheckpoint: () => Promise.resolve(structuredClone(storage.last)),
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

/** The loader, reading from the disk. */
export function diskLoader(actual: typeof load): typeof load {
  return {
    ...actual,
    loadDataset: (id, options) => actual.loadDataset(id, { ...options, fetch: (url) => fromDisk(url) }),
  };
}

/** The choice of engine; where `axis.on`, networks that train together share one group, as on the compiled engine. */
export function withAxis(actual: typeof choose): typeof choose {
  return {
    ...actual,
    chooseEngine: async (...wanted) => {
      const chosen = await actual.chooseEngine(...wanted);
      if (!axis.on) return chosen;
      const { engine } = chosen;
      const own = {
        modelAxis: true,
        createGroup: (...made: Parameters<typeof engine.createGroup>) => {
          axis.groups += 1;
          return engine.createGroup(...made);
        },
      };
      return { ...chosen, engine: Object.assign(Object.create(engine) as typeof engine, own) };
    },
  };
}
