import type { Pace } from '../state/estimate';
import { useExperiments } from '../state/state';
import * as storage from './storage';

/** What is kept is kept; what cannot be is said once and stays until the tab is closed. */
export async function stored(write: Promise<void>): Promise<void> {
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
export function setPace(key: string, msPerStep: number, cost: number): void {
  const pace: Pace = { key, msPerStep, cost };
  useExperiments.setState(({ paces }) => ({ paces: [...paces.filter((one) => one.key !== key), pace] }));
  void stored(storage.keepPace(pace));
}
