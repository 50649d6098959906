import type { EngineSpeed } from '../state/estimate';
import { useExperiments } from '../state/state';
import * as storage from './storage';

/** What is kept is kept; what cannot be is said once and stays until the tab is closed. */
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

/** Remembers how fast an engine was. */
export function rememberSpeed(key: string, msPerStep: number, cost: number): void {
  const pace: EngineSpeed = { key, msPerStep, cost };
  useExperiments.setState(({ paces }) => ({ paces: [...paces.filter((one) => one.key !== key), pace] }));
  void reportStorageFailure(storage.storeSpeed(pace));
}
