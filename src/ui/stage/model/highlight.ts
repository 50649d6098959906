import type { StageModel } from './model';
import { kernelAfter, mapPositions, strongestReader } from '../geometry/shape';

/** What the pointer is on. Units count from 0. */
export type StageHover =
  | { kind: 'unit'; layer: number; unit: number }
  /** `from` counts what the weights read: units, merged values, channels of kernels, or places of maps. */
  | { kind: 'weight'; from: number; to: number; layer: number }
  | { kind: 'class'; unit: number };

/** The path that lights up: a unit of the focus layer, one of the next, and a class. */
export interface HighlightedPath {
  unit: number | null;
  next: number | null;
  output: number | null;
}

/**
 * The path of what is pointed at: across its row, down its column, to a class. Where a step is not pointed at, the strongest
 * weight leads on (largest magnitude).
 */
export function highlightedPath(
  hover: StageHover,
  { snapshot, size, focus, shapes }: StageModel,
): HighlightedPath {
  /** The unit or channel that a column of the next weights reads. */
  const unitRead = (layer: number, from: number): number =>
    kernelAfter(snapshot.spec, layer) ? from : Math.floor(from / mapPositions(shapes[layer]));
  const depth = size.length - 2;
  const last = focus === depth - 1;
  const nextFrom = (unit: number): number | null =>
    strongestReader(snapshot.spec, snapshot.weights, focus, unit, size[focus + 2])?.to ?? null;
  const classFrom = (layer: number, unit: number): number | null =>
    layer === depth - 1
      ? (strongestReader(snapshot.spec, snapshot.weights, layer, unit, size[depth + 1])?.to ?? null)
      : null;
  switch (hover.kind) {
    case 'class':
      return { unit: null, next: null, output: hover.unit };
    case 'weight': {
      const unit = unitRead(hover.layer - 1, hover.from);
      if (hover.layer === focus + 1)
        return last
          ? { unit, next: null, output: hover.to }
          : { unit, next: hover.to, output: classFrom(focus + 1, hover.to) };
      return {
        unit: null,
        next: hover.layer === depth && depth - 1 === focus + 1 ? unit : null,
        output: hover.to,
      };
    }
    case 'unit':
      if (hover.layer === focus) {
        const next = nextFrom(hover.unit);
        if (last) return { unit: hover.unit, next: null, output: next };
        return { unit: hover.unit, next, output: next === null ? null : classFrom(focus + 1, next) };
      }
      if (hover.layer === focus + 1)
        return { unit: null, next: hover.unit, output: classFrom(focus + 1, hover.unit) };
      return { unit: null, next: null, output: classFrom(hover.layer, hover.unit) };
  }
}
