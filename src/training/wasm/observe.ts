import type { EnergySite, MeasureId } from '../../energy/ids';
import { energyMeasure } from '../../energy/measures';
import type { NetworkSpec } from '../../network/spec';
import type { Observation } from '../engine';
import type { Resident } from './resident';

export function emptyObservation(spec: NetworkSpec, n: number): Observation {
  return {
    n,
    logits: new Float32Array(n * spec.outputs),
    squaredNorms: spec.hidden.map(() => new Float32Array(n)),
    unitMeanSquare: spec.hidden.map(({ width }) => new Float32Array(width)),
    layerEnergy: new Float32Array(spec.hidden.length),
    energy: 0,
  };
}

/** The units [size, width] of rows as they lie in memory. */
function compact({ values, stride, lanes }: ReturnType<Resident['rowsOf']>, size: number): Float32Array {
  const width = lanes.length;
  const out = new Float32Array(size * width);
  const together = lanes[width - 1] === width - 1;
  for (let b = 0; b < size; b++) {
    const row = b * stride;
    if (together) out.set(values.subarray(row, row + width), b * width);
    else for (let j = 0; j < width; j++) out[b * width + j] = values[row + lanes[j]];
  }
  return out;
}

/** Puts what a forward pass over `size` images has left where images from `at` on belong; means are weighted by their share. */
export function readPass(
  member: Resident,
  into: Observation,
  at: number,
  size: number,
  measure: MeasureId,
  site: EnergySite,
): void {
  const { spec } = member;
  const share = size / into.n;
  into.logits.set(compact(member.rowsOf(spec.hidden.length, 'z'), size), at * spec.outputs);
  spec.hidden.forEach(({ width }, l) => {
    const z = compact(member.rowsOf(l, 'z'), size);
    const h = compact(member.rowsOf(l, 'h'), size);
    const mean = into.unitMeanSquare[l];
    for (let b = 0; b < size; b++) {
      let square = 0;
      for (let j = b * width; j < (b + 1) * width; j++) square += z[j] * z[j];
      into.squaredNorms[l][at + b] = square;
    }
    const sums = new Float64Array(width);
    for (let b = 0; b < size; b++) for (let j = 0; j < width; j++) sums[j] += h[b * width + j] ** 2;
    for (let j = 0; j < width; j++) mean[j] += sums[j] / into.n;
    into.layerEnergy[l] += share * energyMeasure(measure).layer(site === 'pre' ? z : h, size, width);
  });
}

export function finishObservation(observation: Observation, measure: MeasureId): void {
  observation.energy = energyMeasure(measure).combine(observation.layerEnergy);
}
