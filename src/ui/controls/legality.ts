import type { NetworkSpec } from '../../network/spec';
import { fullLegality } from '../../topology/diagonalise';

/** Why full diagonalisation is not to be had on this layer, or null where it is. */
export function fullRefusal(spec: NetworkSpec | undefined, layer: number): string | null {
  if (!spec) return 'The network is not there yet.';
  const { legal, reason } = fullLegality(spec, layer);
  return legal ? null : reason;
}
