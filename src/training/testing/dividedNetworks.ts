/** Networks of the pairwise cases with their hidden layers divided into parallel paths. */
import type { ElementwiseId } from '../../activations/lookup';
import type { HiddenSpec, NetworkSpec } from '../../network/spec';
import { dividedLayer } from '../../network/testing';

/** How the hidden layers of a case are divided; `none` comes with every value of every other factor, as the others do. */
export const DIVISIONS = ['none', 'side by side', 'sum', 'product'] as const;
export type DivisionId = (typeof DIVISIONS)[number];

const pair = (width: number, from: boolean): HiddenSpec =>
  dividedLayer([
    [width, 'relu', from ? 0 : null],
    [Math.ceil(width / 2), 'tanh', from ? 1 : null],
  ]);

/** The network with layers of `widths` in place of its own divided: the same in all models of a group, whatever the rest. */
export function dividedNetwork(spec: NetworkSpec, division: DivisionId, widths: number[]): NetworkSpec {
  const hidden = [...spec.hidden];
  const last = hidden.length - 1;
  if (division === 'none' || last < 0) return spec;
  if (division === 'side by side') {
    // Separate from the first to the last layer: pathways of any depth that meet in the output.
    widths.forEach((width, l) => (hidden[l] = pair(width, l > 0)));
  } else if (division === 'sum') {
    const kinds: ElementwiseId[] = ['relu', 'softplus', 'sigmoid'];
    hidden[0] = dividedLayer(
      kinds.map((kind) => [widths[0], kind, null]),
      { kind: 'add', coefficients: [1, -1, 0.7] },
    );
  } else {
    // Two pathways met in a product, one layer before the end where there is one: what follows is not divided.
    const at = Math.max(0, last - 1);
    if (at > 0) hidden[at - 1] = pair(widths[at - 1], false);
    hidden[at] = dividedLayer(
      [
        [widths[at], 'softplus', at > 0 ? 0 : null],
        [widths[at], 'tanh', at > 0 ? 1 : null],
        ...(at > 0 ? [[widths[at], 'sigmoid', null] as [number, ElementwiseId, null]] : []),
      ],
      { kind: 'multiply', offsets: [0.3, 1, ...(at > 0 ? [0] : [])] },
    );
  }
  return { ...spec, hidden };
}
