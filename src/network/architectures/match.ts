import { NETWORK_LIMITS } from '../spec';
import { parameterCount } from '../network';
import type { DataShape, SpecConfiguration } from './architecture';
import { ARCHITECTURES, specOf } from './registry';

/** The sizes whose parameter count comes closest to the one wanted, and that count. */
export interface ParameterMatch {
  hidden: number[];
  channels: number[];
  parameters: number;
}

/** By how much each width may depart from the common proportion when the last parameters are sought. */
const LATITUDE = 0.05;

const clamp = (value: number, low: number, high: number): number =>
  Math.min(high, Math.max(low, Math.round(value)));

/** Trained parameters of an architecture at the sizes it is compared at, everything else as configured. Throws as `specOf`. */
export function referenceCount(
  id: SpecConfiguration['architecture'],
  configuration: SpecConfiguration,
  shape: DataShape,
): number {
  return parameterCount(specOf({ ...configuration, ...ARCHITECTURES[id].sizes, architecture: id }, shape));
}

/**
 * Widths (and channels, where the architecture has them) whose parameter count comes closest to `target`: first all are scaled by one
 * factor, for every width the first hidden layer can have, then each width in turn may leave the proportion by a twentieth. Of equals
 * the first. Throws as `specOf`.
 */
export function matchParameters(
  configuration: SpecConfiguration,
  shape: DataShape,
  target: number,
): ParameterMatch {
  const { hidden, channels, architecture } = configuration;
  const convolves = ARCHITECTURES[architecture].uses.includes('channels');
  const at = (sizes: Pick<ParameterMatch, 'hidden' | 'channels'>): ParameterMatch => ({
    ...sizes,
    parameters: parameterCount(specOf({ ...configuration, ...sizes }, shape)),
  });
  const off = (match: ParameterMatch): number => Math.abs(match.parameters - target);
  let best = at({ hidden, channels });
  const offer = (sizes: Pick<ParameterMatch, 'hidden' | 'channels'>): void => {
    const match = at(sizes);
    if (off(match) < off(best)) best = match;
  };
  const { minWidth, maxWidth }: Record<string, number> = NETWORK_LIMITS;
  for (let first = minWidth; first <= maxWidth; first++) {
    const factor = first / hidden[0];
    offer({
      hidden: hidden.map((width) => clamp(factor * width, NETWORK_LIMITS.minWidth, NETWORK_LIMITS.maxWidth)),
      channels: convolves
        ? channels.map((count) => clamp(factor * count, 1, NETWORK_LIMITS.maxChannels))
        : channels,
    });
  }
  for (let l = 0; l < hidden.length && off(best) > 0; l++) {
    const { hidden: found, channels: kept } = best;
    const room = Math.floor(LATITUDE * found[l]);
    for (let change = -room; change <= room; change++)
      offer({
        hidden: found.map((width, k) =>
          k === l ? clamp(width + change, NETWORK_LIMITS.minWidth, NETWORK_LIMITS.maxWidth) : width,
        ),
        channels: kept,
      });
  }
  return best;
}
