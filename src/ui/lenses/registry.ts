import type { ComponentType } from 'react';
import type { DatasetId } from '../../data/ids';
import type { LensId } from '../../store/state';
import { CompareLens } from './CompareLens';
import { EnergyLens } from './energy/EnergyLens';
import { LearnLens } from './LearnLens';
import { SpectrumLens } from './SpectrumLens';
import { TasksLens } from './TasksLens';

/** A lens: one way to judge the network, with at most two charts and their controls. */
export interface Lens {
  id: LensId;
  label: string;
  /** The question it answers, in one sentence. */
  describe: string;
  Body: ComponentType;
  /** The data set it has something to say about; all where left out. */
  data?: DatasetId;
}

/** All lenses in tab order. A new lens is one file and one line here (and its id in store/state.ts). */
export const LENSES: readonly Lens[] = [
  {
    id: 'learn',
    label: 'Learn',
    describe: 'Does it learn, and what does its loss consist of?',
    Body: LearnLens,
  },
  {
    id: 'energy',
    label: 'Energy',
    describe: 'What do its activations cost, and how much of a fall of E is real?',
    Body: EnergyLens,
  },
  {
    id: 'spectrum',
    label: 'Spectrum',
    describe: 'How many directions does the layer in focus use?',
    Body: SpectrumLens,
  },
  {
    id: 'compare',
    label: 'Compare',
    describe: 'How would it fare with another λ, another o, or as its control?',
    Body: CompareLens,
  },
  {
    id: 'tasks',
    label: 'Tasks',
    describe: 'How do the widths answer as tasks come and go?',
    Body: TasksLens,
    data: 'tasks',
  },
];
