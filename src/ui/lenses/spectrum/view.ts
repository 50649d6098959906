import { create } from 'zustand';

export type SpectrumView = 'now' | 'ridges' | 'law' | 'sparsity';

interface SpectrumState {
  view: SpectrumView;
  /** The bias given to the unit of the error law; null: its own. */
  bStar: number | null;
  /** The calculator: units of each hidden layer, and how many of those; null: as the network is. */
  width: number | null;
  depth: number | null;
}

/** What the Spectrum lens remembers while it is not on screen. */
export const useSpectrum = create<SpectrumState>()(() => ({
  view: 'now',
  bStar: null,
  width: null,
  depth: null,
}));
