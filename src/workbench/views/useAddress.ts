import { useMemo, useSyncExternalStore } from 'react';
import { type ExperimentsAddress, parseWorkbenchAddress } from '../state/address';

function subscribe(told: () => void): () => void {
  window.addEventListener('hashchange', told);
  return () => window.removeEventListener('hashchange', told);
}

/** Where in the workbench the address points. */
export function useAddress(): ExperimentsAddress {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseWorkbenchAddress(hash) ?? { recipe: null, size: null }, [hash]);
}
