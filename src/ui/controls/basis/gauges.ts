import { isotropicScale, isotropicSlope } from '../../../network/activation';
import { shellShare } from '../lambda/trackWindows';

/** How an isotropic layer stands to its ‖z‖²: means over images. */
export interface LayerGauges {
  /** Share of images on the shell (‖h‖ > 0.995). */
  shell: number;
  /** Mean of s: what is left of a gradient across z, where r = ‖z‖. */
  tangential: number;
  /** Mean of s + g·r²: what is left of a gradient along z. It vanishes on the shell. */
  radial: number;
  /** Mean ‖h‖. */
  length: number;
}

/** The gauges of a layer from ‖z‖² of each image and its o; all NaN without images. */
export function layerGauges(squaredNorms: Float32Array, o: number): LayerGauges {
  const n = squaredNorms.length;
  let tangential = 0;
  let radial = 0;
  let length = 0;
  for (const r2 of squaredNorms) {
    const s = isotropicScale(o + r2);
    tangential += s / n;
    radial += (s + isotropicSlope(o + r2) * r2) / n;
    length += (s * Math.sqrt(r2)) / n;
  }
  if (n === 0) return { shell: NaN, tangential: NaN, radial: NaN, length: NaN };
  return { shell: shellShare(squaredNorms, o), tangential, radial, length };
}
