import type { EngineSpeed } from '../state/estimate';
import { useExperiments } from '../state/state';
import * as storage from './storage';

/**
 * Waits for a write to this browser's storage. A write that fails is not tried again: the page shows once that storage
 * is full, or refused (a private window), and the results stay in memory until the tab is closed.
 */
export async function reportStorageFailure(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (useExperiments.getState().storage === 'refused') return;
    useExperiments.setState({
      storage: error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'refused',
    });
  }
}

/**
 * Remembers how fast an engine was, in milliseconds per step, for the estimates of later runs. `cost` is what such a
 * step takes (`batchMultiplications`).
 */
export function rememberSpeed(key: string, msPerStep: number, cost: number): void {
  const pace: EngineSpeed = { key, msPerStep, cost };
  useExperiments.setState(({ paces }) => ({ paces: [...paces.filter((one) => one.key !== key), pace] }));
  void reportStorageFailure(storage.storeSpeed(pace));
}
