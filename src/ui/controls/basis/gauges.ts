import type { IsotropicActivation } from '../../../activations/types';
import { shellShare } from '../lambda/trackWindows';

/** Where an isotropic layer stands with its ‖z‖²; means over images. */
export interface LayerGauges {
  /** Share of images on the shell (see isOnShell). */
  shell: number;
  /** Mean of s = tanh(m)/m: the factor that a gradient at right angles to z keeps. */
  tangential: number;
  /** Mean of s + g·r² with r = ‖z‖: the factor that a gradient along z keeps. It vanishes on the shell. */
  radial: number;
  /** Mean ‖h‖. */
  length: number;
}

/** The gauges of a layer from ‖z‖² of each image and its o; all NaN without images. */
export function layerGauges(
  squaredNorms: Float32Array,
  o: number,
  activation: IsotropicActivation,
): LayerGauges {
  const n = squaredNorms.length;
  let tangential = 0;
  let radial = 0;
  let length = 0;
  for (const r2 of squaredNorms) {
    const s = activation.scale(o + r2);
    tangential += s / n;
    radial += (s + activation.slope(o + r2) * r2) / n;
    length += (s * Math.sqrt(r2)) / n;
  }
  if (n === 0) return { shell: NaN, tangential: NaN, radial: NaN, length: NaN };
  return { shell: shellShare(squaredNorms, o, activation), tangential, radial, length };
}
