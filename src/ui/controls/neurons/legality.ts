import type { NetworkSpec } from '../../../network/spec';
import { fullDiagonalisationAllowed } from '../../../topology/operations/diagonalise';
import { basisRefusal } from '../../../topology/operations/basis';

/** Why full diagonalisation is impossible on this layer, or null where it is possible. */
export function fullRefusal(spec: NetworkSpec | undefined, layer: number): string | null {
  if (!spec) return 'The network is not there yet.';
  const { legal, reason } = fullDiagonalisationAllowed(spec, layer);
  return legal ? null : reason;
}

/**
 * Why a layer can be neither turned nor resized, as a sentence for people; null where it can, or where there is no
 * network yet.
 */
export function surgeryRefusal(spec: NetworkSpec | undefined, layer: number): string | null {
  return spec && layer < spec.hidden.length ? basisRefusal(spec, layer) : null;
}
