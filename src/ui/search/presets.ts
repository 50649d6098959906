import { type Configuration, DEFAULT_CONFIGURATION } from '../../configuration/schema';
import { ARCHITECTURES } from '../../network/architectures/registry';
import { useLab } from '../../store/lab';
import { focusControl } from '../frame/focusControl';

const RELU = { activation: 'relu', initialisation: 'he', learningRate: 1e-3 } as const;

/** A network that adapts through three tasks, beside a twin of fixed width. */
const ADAPTING_TASKS: Partial<Configuration> = {
  data: 'tasks',
  hidden: [40, 40],
  learningRate: 3e-3,
  adapt: true,
  scaffold: 4,
  theta: 1.05,
  adaptEvery: 20,
  tasks: [0],
};

/** Settings of the energy paper, in sizes that slow machines can train. Each can also be opened by a link. */
export const ENERGY_PRESETS: readonly {
  name: string;
  describe: string;
  words: string;
  configuration: Partial<Configuration>;
  /** Starts with the λ = 0 twin beside it, to compare with. */
  billed?: boolean;
}[] = [
  {
    name: 'BimodalTrue',
    describe: 'A neuronal ReLU path regulated by half as many glial tanh units (our reading). Restarts.',
    words: 'glia neuron path architecture',
    configuration: { architecture: 'bimodal', ...ARCHITECTURES.bimodal.sizes, ...RELU },
  },
  {
    name: 'Physics-Lagrangian',
    describe: 'Kinetic, potential and constraint pathways, l = T − V + μ·C (our reading). Restarts.',
    words: 'mu kinetic potential constraint architecture',
    configuration: { architecture: 'lagrangian', ...ARCHITECTURES.lagrangian.sizes, ...RELU },
  },
  {
    name: 'CNN',
    describe: 'Two stages of convolution and pooling, then a dense layer, in ReLU. Restarts.',
    words: 'convolution convolutional architecture',
    configuration: { architecture: 'cnn', ...ARCHITECTURES.cnn.sizes, ...RELU },
  },
  {
    name: 'ReLU with an energy bill',
    describe: 'An MLP in ReLU at λ = 0.1, beside its λ = 0 twin. Restarts.',
    words: 'lambda energy first',
    configuration: { ...RELU, lambda: 0.1 },
    billed: true,
  },
];

/** Starts an energy preset anew, paused. The engine and the data stay the visitor's choice. */
export function startEnergyPreset({ configuration, billed }: (typeof ENERGY_PRESETS)[number]): void {
  const lab = useLab.getState();
  const { engine, data, standardisation } = lab.configuration;
  lab.change({ ...DEFAULT_CONFIGURATION, data, standardisation, ...configuration, engine });
  if (useLab.getState().run.step > 0) lab.reset();
  if (billed) lab.setTwin('lambda-zero');
  lab.setUi({ overlay: null, coachQuiet: true, focus: 0, ...(billed && { lens: 'energy', lensOpen: true }) });
  focusControl('play');
}

/** Starts the preset anew, paused, with its twin, and shows the lens of tasks. The engine stays the visitor's choice. */
export function startAdaptingTasks(): void {
  const lab = useLab.getState();
  const { engine } = lab.configuration;
  lab.change({ ...DEFAULT_CONFIGURATION, ...ADAPTING_TASKS, engine });
  // An identical set-up is no change, but the preset promises a start.
  if (useLab.getState().run.step > 0) lab.reset();
  lab.setTwin('fixed-width');
  lab.setUi({ overlay: null, lens: 'tasks', lensOpen: true, coachQuiet: true });
  // Space plays now; on the chip that Set-up gives the focus back to, it would open Set-up again.
  focusControl('play');
}
