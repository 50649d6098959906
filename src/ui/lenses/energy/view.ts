import { create } from 'zustand';
import { type CostRates, defaultRates, type WeightMemory } from '../../../energy/costTable';
import type { DisturbanceKind } from '../../../energy/disturbance';
import { useLab } from '../../../store/lab';
import type { AnalysisQuery } from '../../../topology/analysis/types';
import { measureInThread } from '../analysis';

export type EnergyView = 'waterfall' | 'course' | 'measures' | 'cost';

interface EnergyState {
  view: EnergyView;
  /** What E over time is told of. */
  course: 'layers' | 'pathways';
  /** The panel of three networks is open. */
  rescaled: boolean;
  /** The λ = 0 twin was asked for by this lens, to be measured as soon as it is level. */
  wanted: boolean;
  disturbance: DisturbanceKind;
  /** σ of the noise and step of the quantisation. */
  sizes: Record<DisturbanceKind, number>;
  memory: WeightMemory;
  rates: CostRates;
  /** Accuracy that time and energy are told for, 0…1. */
  target: number;
}

/** What the Energy lens remembers while it is not on screen. */
export const useEnergy = create<EnergyState>()(() => ({
  view: 'waterfall',
  course: 'layers',
  rescaled: false,
  wanted: false,
  disturbance: 'noise',
  sizes: { noise: 0.3, quantisation: 0.3 },
  memory: 'sram',
  rates: defaultRates(),
  target: 0.8,
}));

type EnergyQuery = Extract<AnalysisQuery, { kind: 'energy' }>;

/** The question about energy under the measure and site in force. */
export function useEnergyQuery(): EnergyQuery {
  const by = useLab((state) => state.configuration.measure);
  const site = useLab((state) => state.configuration.energySite);
  return { kind: 'energy', measure: by, site };
}

/** Measures network, twin and rescaled twin. */
export const measureEnergy = (query: EnergyQuery): void => measureInThread(query);

/** Where the λ = 0 twin is: not there (another twin may be), catching up, or at the step of the network. */
export type TwinState = 'absent' | 'behind' | 'level';

export function useZeroTwin(): TwinState {
  return useLab(({ twin, run }) =>
    twin.kind !== 'lambda-zero' ? 'absent' : twin.step < Math.max(twin.target, run.step) ? 'behind' : 'level',
  );
}
