import { pathReads, type VectorRange } from '../plan/pathDivisions';
import type { BufferLayout } from '../plan/bufferLayout';

/** Invocations of a workgroup of the update. */
export const UPDATE_WORKGROUP = 64;

/** Workgroups of the update that take one layer's weights, or its vectors (biases, ψ and log o). */
export interface UpdateRange {
  layer: number;
  /** One more than the number of its last workgroup. It begins where the range before it ends. */
  end: number;
  kind: 'weights' | 'vectors';
  tilesAcross: number;
}

/** For each path of a layer the vec4s of inputs that it has weights for; null where all paths have all. */
export const pathVectorRanges = (layout: BufferLayout, layer: number): VectorRange[] | null =>
  pathReads(layout.divisions[layer], layout.divisions[layer - 1]);

/**
 * vec4s of inputs and outputs of a tile of weights. Where paths read only a part, a tile has one column, which belongs
 * to one path.
 */
export function gradientTile(layout: BufferLayout): { inputs: number; outputs: number } {
  const { gradientInputs, gradientOutputs } = layout.capacity.tiles;
  const cutsOff = layout.divisions.some((_, layer) => layer > 0 && pathVectorRanges(layout, layer));
  return { inputs: gradientInputs, outputs: cutsOff ? 1 : gradientOutputs };
}

/** Which workgroups take which layer's weights and vectors (biases, ψ and log o). */
export function updateRanges(layout: BufferLayout): UpdateRange[] {
  const tile = gradientTile(layout);
  const all: UpdateRange[] = [];
  let end = 0;
  for (let layer = 1; layer < layout.vectors.length; layer++) {
    const { inputs, outputs } = layout.parameters[layer];
    if (layout.stages[layer]) {
      end += Math.ceil((4 * inputs * outputs) / UPDATE_WORKGROUP);
      all.push({ layer, end, kind: 'weights', tilesAcross: 0 });
      continue;
    }
    const tilesAcross = Math.ceil(outputs / tile.outputs);
    end += Math.ceil((tilesAcross * Math.ceil(inputs / tile.inputs)) / UPDATE_WORKGROUP);
    all.push({ layer, end, kind: 'weights', tilesAcross });
  }
  for (let layer = 1; layer < layout.vectors.length; layer++) {
    // One more than the vec4s of biases: the last takes o.
    end += Math.ceil((layout.parameters[layer].outputs + 1) / UPDATE_WORKGROUP);
    all.push({ layer, end, kind: 'vectors', tilesAcross: 0 });
  }
  return all;
}

/** Number of invocations of the update. Each leaves a pair (Σg², Σψ² under decay) in `scratch`. */
export function updateTiles(layout: BufferLayout): number {
  const all = updateRanges(layout);
  return all[all.length - 1].end * UPDATE_WORKGROUP;
}
