import { useMemo } from 'react';
import { useRoute } from '../../store/route';
import { type ExperimentsAddress, parseWorkbenchAddress } from '../state/address';

/** Where in the workbench the address points. */
export function useAddress(): ExperimentsAddress {
  const hash = useRoute((state) => state.hash);
  return useMemo(() => parseWorkbenchAddress(hash) ?? { recipe: null, size: null }, [hash]);
}
