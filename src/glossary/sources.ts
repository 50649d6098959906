/** The paper on energy-first learning. */
export const ENERGY_PAPER = 'arXiv 2604.24805';
/** The paper on isotropic activations, second version. */
export const ISOTROPIC_PAPER = 'arXiv 2602.23405';
/** What every textbook has. */
export const TEXTBOOK = 'Goodfellow, Bengio & Courville, Deep Learning (2016)';
/** What this lab defines for itself. */
export const OURS = 'this lab';
