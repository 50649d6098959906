import { reads, type Span } from '../plan/divisions';
import type { Layout } from '../plan/layout';

/** Invocations of a workgroup of the update. */
export const GROUP = 64;

/** Workgroups of the update that take one layer's weights, or its vectors (biases, ψ and log o). */
export interface Range {
  layer: number;
  /** Workgroups from 0 up to here belong to ranges up to this one. */
  end: number;
  kind: 'weights' | 'vectors';
  tilesAcross: number;
}

/** Which vec4s of inputs the weights of each path of a layer have; null where that is all. */
export const spansOf = (layout: Layout, layer: number): Span[] | null =>
  reads(layout.divisions[layer], layout.divisions[layer - 1]);

/** vec4s of inputs and outputs of a tile of weights. Paths that read but a part are told apart by single columns. */
export function gradientTile(layout: Layout): { inputs: number; outputs: number } {
  const { gradientInputs, gradientOutputs } = layout.capacity.tiles;
  const cutsOff = layout.divisions.some((_, layer) => layer > 0 && spansOf(layout, layer));
  return { inputs: gradientInputs, outputs: cutsOff ? 1 : gradientOutputs };
}

/** Which workgroups take which layer's weights and vectors (biases, ψ and log o). */
export function ranges(layout: Layout): Range[] {
  const tile = gradientTile(layout);
  const all: Range[] = [];
  let end = 0;
  for (let layer = 1; layer < layout.vectors.length; layer++) {
    const { inputs, outputs } = layout.parameters[layer];
    if (layout.stages[layer]) {
      end += Math.ceil((4 * inputs * outputs) / GROUP);
      all.push({ layer, end, kind: 'weights', tilesAcross: 0 });
      continue;
    }
    const tilesAcross = Math.ceil(outputs / tile.outputs);
    end += Math.ceil((tilesAcross * Math.ceil(inputs / tile.inputs)) / GROUP);
    all.push({ layer, end, kind: 'weights', tilesAcross });
  }
  for (let layer = 1; layer < layout.vectors.length; layer++) {
    // One more than the vec4s of biases: the last takes o.
    end += Math.ceil((layout.parameters[layer].outputs + 1) / GROUP);
    all.push({ layer, end, kind: 'vectors', tilesAcross: 0 });
  }
  return all;
}

/** Invocations of the update, each with a pair (Σg², Σψ² under decay) to hand on. */
export function updateTiles(layout: Layout): number {
  const all = ranges(layout);
  return all[all.length - 1].end * GROUP;
}
