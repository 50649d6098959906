import type { EnergyReport } from '../../../topology/analysis/types';

/** A column of the waterfall: an energy standing on the axis, or a factor between two levels. */
export interface WaterfallColumn {
  id: string;
  /** Written under it, a line each. */
  name: [string, string];
  from: number | null;
  to: number;
  factor: number | null;
}

/** E of the twin, the three factors, E of the network: each factor begins where the one before ended. */
export function waterfallColumns({ twin, network, waterfall }: EnergyReport): WaterfallColumn[] {
  if (!twin || !waterfall) return [];
  let level = twin.raw.total;
  const step = (id: string, name: [string, string], factor: number): WaterfallColumn => {
    const from = level;
    level /= factor;
    return { id, name, from, to: level, factor };
  };
  const { rescaling, logits, rest } = waterfall;
  return [
    { id: 'twin', name: ['λ = 0', 'twin'], from: null, to: level, factor: null },
    step('rescaling', ['rescaling', ''], rescaling),
    step('logits', [logits >= 1 ? 'smaller' : 'larger', 'logits'], logits),
    step('rest', ['rest', ''], rest),
    { id: 'network', name: ['your', 'network'], from: null, to: network.raw.total, factor: null },
  ];
}
