import type { Configuration } from '../../configuration/schema';
import { ARCHITECTURES } from '../../network/architectures/registry';
import type { NetworkSpec } from '../../network/spec';
import type { TwinKind } from '../../worker/protocol';
import { surgeryRefusal } from './neurons/legality';

/** Why a twin of this kind would only repeat the network, or null where it differs from it and so is a control. */
export function twinRefusal(
  kind: TwinKind,
  { architecture, hidden }: Configuration,
  spec: NetworkSpec | undefined,
): string | null {
  const { label, uses } = ARCHITECTURES[architecture];
  switch (kind) {
    case 'tanh':
      return !uses.includes('activation') || (architecture === 'lagrangian' && hidden.length === 1)
        ? `${label} has activations of its own here: a tanh twin would be the same network.`
        : null;
    case 'fixed-width':
    case 'ungrown':
      return spec?.hidden.every((_, layer) => surgeryRefusal(spec, layer) !== null)
        ? `No layer of ${label} changes its width here: a twin that keeps its own would be the same network.`
        : null;
    case 'lambda-zero':
    case 'off':
      return null;
  }
}
