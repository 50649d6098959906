import { ACTIVATIONS } from '../../activations/lookup';
import { workbenchAddress } from '../../workbench/state/address';
import { pushRoute } from '../../store/route';
import { openOwnData } from '../../store/ownData';
import { useLab } from '../../store/lab';
import type { LensId } from '../../store/state';
import { diagonalise } from '../controls/basis/pathPlayer';
import { requestSparsify, requestZeroBiases } from '../controls/wholeNetwork';
import { inspectFirst } from '../lenses/inspector/state';
import { focusControl } from '../frame/focusControl';
import { ENERGY_PRESETS, startAdaptingTasks, startEnergyPreset } from './presets';
import { chooseNetwork, saveNetwork } from '../frame/networkFiles';
import type { SearchEntry } from './findEntries';

const control = (id: string, home: string, name: string, describe: string, words?: string): SearchEntry => ({
  name,
  home,
  describe,
  words,
  act: () => focusControl(id),
});
const setup = (field: string, name: string, describe: string, words?: string): SearchEntry =>
  control(`setup-${field}`, 'Set-up', name, describe, words);
const lens = (id: LensId, name: string, describe: string): SearchEntry => ({
  name,
  home: 'lens',
  describe,
  act: () => useLab.getState().setUi({ lens: id, lensOpen: true }),
});
/** Everything that can be gone to by name: hands, lenses, Set-up, places. Words are explained by the glossary (ui/glossary). */
export const SEARCH_ENTRIES: readonly SearchEntry[] = [
  control(
    'lambda',
    'hand',
    'λ energy weight',
    'How much the activation energy weighs in the loss.',
    'lambda penalty regularisation',
  ),
  control(
    'o',
    'hand',
    'o intrinsic length',
    'A squared length added to ‖z‖² in the focus layer.',
    'intrinsic length',
  ),
  control(
    'basis',
    'hand',
    'Basis',
    'Diagonalise, rotate and scrub the basis of the focus layer.',
    'svd rotate left full',
  ),
  control(
    'neurons',
    'hand',
    'Neurons',
    'Remove and grow neurons, undo, report.',
    'remove grow prune minus plus',
  ),
  control('focus', 'rail', 'Focus layer', 'The hidden layer the hands act on.'),
  {
    name: 'Diagonalise',
    home: 'action',
    describe: 'Turn the focus layer to its singular basis.',
    act: diagonalise,
  },
  {
    name: 'Sparsify',
    home: 'action',
    describe: 'Every second weight matrix to its diagonal; the function stays.',
    words: 'sparse zero parameters full diagonalisation',
    act: requestSparsify,
  },
  {
    name: 'Remove all biases',
    home: 'action',
    describe: 'Every bias and ψ to 0: the argmax becomes linear, at any depth.',
    words: 'zero linear',
    act: requestZeroBiases,
  },
  {
    name: 'Inspect a unit',
    home: 'action',
    describe:
      'What a unit of the diagonal basis reads, says, and is worth. Also by a click on the stage, or key I.',
    words: 'inspector neuron singular vector',
    act: inspectFirst,
  },
  control('adapt', 'hand', 'Adapt', 'Layers grow and shed units by themselves.', 'automatic adaptation'),
  lens('learn', 'Learn', 'Accuracy with the linear baseline; data loss and λ·E.'),
  lens('energy', 'Energy', 'How E fell, factor by factor; rescaled baseline, noise; all measures; cost.'),
  lens('spectrum', 'Spectrum', 'Singular values over time; ridgelines; the error law; sparsity.'),
  {
    name: 'Adapting network through three tasks',
    home: 'preset',
    describe:
      'Digits, clothes and letters come and go; widths answer, beside a twin of fixed width. Restarts.',
    words: 'tasks schedule adaptation',
    act: startAdaptingTasks,
  },
  ...ENERGY_PRESETS.map((preset) => ({
    name: preset.name,
    home: 'preset',
    describe: preset.describe,
    words: preset.words,
    act: () => startEnergyPreset(preset),
  })),
  lens('compare', 'Compare', 'Ladder over λ, λ × o map, twin: sweeps beside your network.'),
  {
    name: 'Keep diagonal',
    home: 'hand',
    describe: 'Turn every hidden layer to its diagonal basis again as it trains.',
    act: () => focusControl('basis'),
  },
  setup('classes', 'Classes in training', 'Tick and untick classes live.'),
  setup('augment', 'Augmentation', 'Shift each training image by up to 2 pixels.', 'shift augment'),
  setup('measure', 'Energy measure E', 'Mean square, sum of squares, L1, active units.'),
  setup('learningRate', 'Learning rate', 'Acts at once.', 'lr'),
  setup('weightDecay', 'Weight decay', 'Of AdamW and SGD.'),
  setup('theta', 'Threshold θ', 'σ at or below it makes a scaffold neuron.', 'theta'),
  setup(
    'criterion',
    'Criterion: what goes first',
    'σ, σ · outgoing weight, gradient, energy, random.',
    'removal order prune importance',
  ),
  setup('outgoing', 'Outgoing column of a new unit', '0.01 · normal, or zero.', 'grow scaffold'),
  setup('transport', 'Optimiser’s state goes along', 'Off, first moment, both.', 'transport moments adam'),
  setup('warmUp', 'Warm up new entries', 'Against a first Adam step of 3.16 times the learning rate.'),
  setup(
    'adapt',
    'Automatic adaptation',
    'Layers keep S spare units: they grow and shed by themselves.',
    'adapt',
  ),
  setup('scaffold', 'Scaffold units S', 'How many spare units a layer keeps.', 'adapt'),
  setup('adaptEvery', 'Adapt every', 'Steps between decisions.'),
  setup('adaptCap', 'Adaptation cap', 'Most units a layer may grow to.'),
  setup('adaptCooldown', 'Adaptation cooldown', 'Steps a layer rests after a change.'),
  setup('adaptLayers', 'Layers that adapt', 'Which hidden layers.'),
  setup(
    'data',
    'Data',
    'Images, emoji, text, heartbeats, events.',
    'dataset fashion mnist digits letters tasks emoji colour glosses wordnet text heartbeats ecg simulated event camera neuromorphic spirals',
  ),
  setup('standardisation', 'Standardisation', 'Per data set or per pixel.'),
  setup('hidden', 'Hidden layers', 'How many, how wide.', 'widths architecture depth'),
  setup('architecture', 'Architecture', 'MLP, CNN, BimodalTrue, Physics-Lagrangian.', 'network kind'),
  setup('channels', 'Convolution stages', 'How many, how many channels; of a CNN.', 'cnn kernel filter'),
  setup('gliaRatio', 'Glia ratio', 'Glial units per neuronal one; of BimodalTrue.', 'glial'),
  setup('regulation', 'Regulation', 'How the glial path acts on the neuronal one; of BimodalTrue.', 'gate'),
  setup('kinetic', 'Kinetic path T', 'max(0, z) or ½z²; of Physics-Lagrangian.'),
  setup('mu', 'μ, weight of the constraint path', 'l = T − V + μ·C, live; of Physics-Lagrangian.', 'mu'),
  setup(
    'normalise',
    'Normalise after each layer',
    'Pins mean-square E: rescaling is no way out.',
    'rms norm',
  ),
  setup('energySite', 'E is measured on', 'Activations h or pre-activations z.', 'pre post energy site'),
  setup('counts', 'Parameters and multiplies', 'Of each layer, and in all.', 'count mac size cost'),
  setup(
    'match',
    'Match parameters of …',
    'Widths whose parameter count is another architecture’s.',
    'fair size',
  ),
  setup('activation', 'Activation', `${ACTIVATIONS.map(({ label }) => label).join(', ')}.`, 'relu tanh'),
  setup('initialisation', 'Initialisation', 'Orthogonal, Xavier, He.'),
  setup('seed', 'Seed', 'Same seed, same start, same batches.', 'random'),
  setup('oMode', 'Mode of o', 'Off, fixed, trained.'),
  setup('psi', 'Linear correction ψ', 'Off, fixed, trained, with decay, expectation.', 'psi'),
  setup('optimiser', 'Optimiser', 'Adam, AdamW, SGD with momentum.', 'optimizer'),
  setup('batch', 'Batch size', 'Images per step.'),
  setup('engine', 'Engine', 'WebGPU, WebGL, WebAssembly, plain JavaScript.', 'gpu wasm backend'),
  setup('theme', 'Theme', 'Light, dark, as the system.', 'dark mode'),
  setup('keys', 'Single-letter keys', 'Switch them off.'),
  {
    name: 'Your own data',
    home: 'menu',
    describe:
      'Train on pictures, tables or arrays of yours: IDX, CIFAR-10, CSV, NumPy, a zip or folder by class. Nothing is uploaded.',
    words: 'import csv png images zip npy dataset upload load',
    act: openOwnData,
  },
  {
    name: 'Network as .safetensors',
    home: 'menu',
    describe: 'The present network as a file, with how it was made.',
    words: 'export save download weights',
    act: saveNetwork,
  },
  {
    name: 'Import a network',
    home: 'menu',
    describe: 'Start from the weights of a .safetensors file; dropping one on the page does the same.',
    words: 'safetensors load upload weights',
    act: chooseNetwork,
  },
  {
    name: 'Keys',
    home: 'place',
    describe: 'The list of keys.',
    act: () => useLab.getState().setUi({ overlay: 'keys' }),
  },
  {
    name: 'Measure this machine',
    home: 'place',
    describe: 'How fast each engine is here, on three networks, with what the numbers mean.',
    words: 'benchmark speed engines gflops gpu cpu threads',
    act: () => useLab.getState().setUi({ overlay: 'machine' }),
  },
  {
    name: 'Experiments',
    home: 'place',
    describe: 'Figures and tables of both papers, run here, with intervals and a verdict.',
    words: 'recipes reproduce verdict seeds statistics workbench',
    act: () => pushRoute(workbenchAddress()),
  },
  {
    name: 'About',
    home: 'place',
    describe: 'What this is, papers, data, privacy, browsers.',
    act: () => useLab.getState().setUi({ place: 'about' }),
  },
  {
    name: 'Present',
    home: 'place',
    describe: 'Large type for a projector.',
    words: 'projector teacher',
    act: () => useLab.getState().setUi({ present: true, overlay: null }),
  },
];
