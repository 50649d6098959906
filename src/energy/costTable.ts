/** One line of the table of energies per operation: picojoules, and where the number comes from. */
export interface CostEntry {
  id: 'multiply' | 'add' | 'sram' | 'dram';
  label: string;
  picojoules: number;
  source: string;
}

/** Bits of a word of the default table (float32). */
export const WORD_BITS = 32;

const HOROWITZ = 'Horowitz, ISSCC 2014, 45 nm, 0.9 V';

/**
 * Energy per operation at 45 nm for 32-bit words (Horowitz 2014): starting values that the visitor can edit. Newer chips
 * need less, but memory stays dearer than arithmetic.
 */
export const COST_TABLE: readonly CostEntry[] = [
  { id: 'multiply', label: 'multiply, float32', picojoules: 3.7, source: HOROWITZ },
  { id: 'add', label: 'add, float32', picojoules: 0.9, source: HOROWITZ },
  {
    id: 'sram',
    label: 'a word from SRAM',
    picojoules: 5,
    source: `${HOROWITZ}; 32-bit word after Han et al. 2016`,
  },
  {
    id: 'dram',
    label: 'a word from DRAM',
    picojoules: 640,
    source: `${HOROWITZ}; 32-bit word after Han et al. 2016`,
  },
];

/** Energy per operation as it is set now, in picojoules by the id of the table's line. */
export type CostRates = Record<CostEntry['id'], number>;

/** The rates of the default table. */
export const defaultRates = (): CostRates =>
  Object.fromEntries(COST_TABLE.map(({ id, picojoules }) => [id, picojoules])) as CostRates;

/** Where weights are kept, which decides what reading one costs. Activations are always in SRAM. */
export type WeightMemory = 'sram' | 'dram';
