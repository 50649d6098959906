import type { MeasureId, EnergySite } from './ids';
import type { Network } from '../network/network';
import type { ForwardPass } from '../network/reference';
import { scaleFreedom, whyNotHomogeneous, type ScaleFreedom } from './scaleFreedom';
import { measuredEnergies, siteValues, type LayerEnergies } from './layers';

/**
 * Balancing has settled when no factor c changes its logarithm by more than this in a sweep; and it ends after this many
 * sweeps.
 */
const SETTLED = 1e-15;
const MOST_SWEEPS = 4000;

/**
 * The scales that balance a network (by hidden layer and group), the number of sweeps it took, and the largest change of
 * log c in the last sweep (`tolerance`), which tells how far they are settled.
 */
export interface Balance {
  scales: Float64Array[];
  sweeps: number;
  tolerance: number;
}

/**
 * One group of weights of a layer: the sum of their squares, over the rows of a group of this layer and the columns of a
 * group of the layer below.
 */
interface Block {
  rows: number;
  cols: number;
  data: Float64Array;
  bias: Float64Array;
}

function squaredBlocks({ spec, parameters }: Network, gauge: readonly ScaleFreedom[]): Block[] {
  return parameters.weights.map((w, l) => {
    const own = l < gauge.length ? gauge[l] : null;
    const below = l > 0 ? gauge[l - 1] : null;
    const rows = own?.groups ?? spec.outputs;
    const cols = below?.groups ?? 1;
    const data = new Float64Array(rows * cols);
    const bias = new Float64Array(rows);
    for (let r = 0; r < w.rows; r++) {
      const row = own ? own.ofRow[r] : r;
      bias[row] += parameters.biases[l][r] ** 2;
      for (let j = 0; j < w.cols; j++)
        data[row * cols + (below ? below.ofColumn[j] : 0)] += w.data[r * w.cols + j] ** 2;
    }
    return { rows, cols, data, bias };
  });
}

/**
 * Finds the factors that balance a ReLU network. Each unit is scaled by c = √(‖outgoing‖/‖incoming‖), so that its
 * outgoing weights become as long as its incoming weights and bias together; this is repeated layer by layer until
 * nothing changes. The result has the least Σ‖W‖² of all networks that compute the same function by rescaling (ENorm,
 * arXiv 1902.10416), so networks that differ by rescaling alone become equal. A unit without incoming or without
 * outgoing weights does nothing and gets the factor 0. Throws where the network is not homogeneous.
 */
export function balanceOf(network: Network): Balance {
  const gauge = scaleFreedom(network.spec);
  const blocks = squaredBlocks(network, gauge);
  // squares[l][g] = c²; the inputs and logits have one group each that stays 1.
  const squares = gauge.map(({ groups }) => new Float64Array(groups).fill(1));
  const inOf = (l: number, g: number): number => {
    const { data, bias, cols } = blocks[l];
    let sum = bias[g];
    for (let j = 0; j < cols; j++) {
      const below = l > 0 ? squares[l - 1][j] : 1;
      if (below > 0) sum += data[g * cols + j] / below;
    }
    return sum;
  };
  const outsOf = (l: number): Float64Array => {
    const { data, rows, cols } = blocks[l + 1];
    const sums = new Float64Array(cols);
    for (let k = 0; k < rows; k++) {
      const above = l + 1 < squares.length ? squares[l + 1][k] : 1;
      for (let j = 0; j < cols; j++) sums[j] += data[k * cols + j] * above;
    }
    return sums;
  };
  let sweeps = 0;
  let tolerance = Infinity;
  while (tolerance > SETTLED && sweeps < MOST_SWEEPS) {
    tolerance = 0;
    sweeps++;
    for (let l = 0; l < gauge.length; l++) {
      const outs = outsOf(l);
      squares[l].forEach((before, g) => {
        if (before === 0) return;
        const within = inOf(l, g);
        // The least of in·c² + out/c² is where both are equal: c⁴ = out/in.
        const after = within > 0 ? Math.sqrt(outs[g] / within) : 0;
        squares[l][g] = after;
        tolerance = Math.max(tolerance, after > 0 ? Math.abs(Math.log(after / before)) / 2 : Infinity);
      });
    }
  }
  return { scales: squares.map((layer) => layer.map(Math.sqrt)), sweeps, tolerance };
}

/**
 * E of the network under a measure after it has been balanced, so that no rescaling can change it. Null where the
 * network is not homogeneous.
 */
export function balancedEnergy(
  network: Network,
  pass: ForwardPass,
  measure: MeasureId,
  site: EnergySite,
): (LayerEnergies & Pick<Balance, 'sweeps' | 'tolerance'>) | null {
  if (whyNotHomogeneous(network.spec) !== null) return null;
  const { scales, sweeps, tolerance } = balanceOf(network);
  const gauge = scaleFreedom(network.spec);
  const values = siteValues(pass, site).map((h, l) => {
    const { width } = network.spec.hidden[l];
    return h.map((value, i) => value * scales[l][gauge[l].ofUnit[i % width]]);
  });
  return { ...measuredEnergies(network.spec, values, pass.n, measure), sweeps, tolerance };
}
