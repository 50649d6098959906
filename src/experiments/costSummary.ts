import { estimateCost, layerCosts, trainingStep } from '../energy/costs';
import { defaultRates } from '../energy/costTable';
import { blackInputs } from '../run/probes';
import type { TrialRun } from './types';

/** What a network costs by count and by estimate (45 nm table, float32, batch size 1 but for training), on the first 512 test images. */
export interface CostSummary {
  /** Multiply-accumulates of one image: all of them, those left when zeros are skipped, and of these those that read hidden units. */
  dense: number;
  skipping: number;
  hiddenSkipping: number;
  /** Joules of one image: dense, and with zeros skipped; weights from SRAM, and from DRAM. */
  joules: number;
  joulesSkipping: number;
  joulesSkippingDram: number;
  /** Joules of one training step on a batch, weights from SRAM. */
  joulesPerStep: number;
}

/** Counts and estimates of the network of a trial's run as it stands. */
export async function costSummary(trialRun: TrialRun): Promise<CostSummary> {
  const { x, n } = trialRun.probe();
  const layers = layerCosts(await trialRun.network(), x, n, blackInputs(trialRun.source));
  const rates = defaultRates();
  const { batch, optimiser } = trialRun.configuration;
  const dense = estimateCost(layers, rates, { memory: 'sram', skip: false });
  const skipping = estimateCost(layers, rates, { memory: 'sram', skip: true });
  const moments = optimiser === 'sgd' ? 1 : 2;
  return {
    dense: dense.multiplies,
    skipping: skipping.multiplies,
    hiddenSkipping: layers.slice(1).reduce((sum, layer) => sum + layer.skipping, 0),
    joules: dense.joules,
    joulesSkipping: skipping.joules,
    joulesSkippingDram: estimateCost(layers, rates, { memory: 'dram', skip: true }).joules,
    joulesPerStep: trainingStep(layers, rates, { memory: 'sram', batch, moments }),
  };
}
