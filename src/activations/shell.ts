import type { IsotropicActivation } from './types';

/** Share of an activation's greatest length above which an image counts as being on the shell. */
export const SHELL_THRESHOLD = 0.995;

/**
 * Whether an image is on the shell of an isotropic layer: ‖h‖ = s(o + ‖z‖²)·‖z‖ has come within half a percent of the greatest length
 * there is, so that longer z change it no more and λ cannot shorten it. With a large o the length of h answers to z again. Never
 * where lengths are not bounded.
 */
export function isOnShell({ limit, scale }: IsotropicActivation, o: number, squaredNorm: number): boolean {
  return limit !== null && scale(o + squaredNorm) * Math.sqrt(squaredNorm) > SHELL_THRESHOLD * limit;
}
