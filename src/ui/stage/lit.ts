import { strongest } from './bars';
import type { StageModel } from './model';

/** What the pointer is on. Units count from 0. */
export type Hover =
  | { kind: 'unit'; layer: number; unit: number }
  | { kind: 'weight'; from: number; to: number; layer: number }
  | { kind: 'class'; unit: number };

/** The path that lights up: a unit of the focus layer, one of the next, and a class. */
export interface Lit {
  unit: number | null;
  next: number | null;
  output: number | null;
}

/**
 * The path of what is pointed at: across its row, down its column, to a class. Where a step is not pointed at, the strongest
 * weight leads on (largest magnitude).
 */
export function litPath(hover: Hover, { snapshot, size, focus }: StageModel): Lit {
  const depth = size.length - 2;
  const last = focus === depth - 1;
  const nextFrom = (unit: number): number | null => {
    const best = strongest(snapshot.weights[focus + 1], unit, size[focus + 2], size[focus + 1]);
    return best < 0 ? null : best;
  };
  const classFrom = (layer: number, unit: number): number | null => {
    if (layer !== depth - 1) return null;
    const best = strongest(snapshot.weights[depth], unit, size[depth + 1], size[depth]);
    return best < 0 ? null : best;
  };
  switch (hover.kind) {
    case 'class':
      return { unit: null, next: null, output: hover.unit };
    case 'weight':
      if (hover.layer === focus + 1)
        return last
          ? { unit: hover.from, next: null, output: hover.to }
          : { unit: hover.from, next: hover.to, output: classFrom(focus + 1, hover.to) };
      return {
        unit: null,
        next: hover.layer === depth && depth - 1 === focus + 1 ? hover.from : null,
        output: hover.to,
      };
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
