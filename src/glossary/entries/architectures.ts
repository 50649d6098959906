import { ENERGY_PAPER, ISOTROPIC_PAPER, OURS, TEXTBOOK } from '../sources';
import type { GlossaryEntry } from '../types';

/** Kinds of networks, and several tasks in one. */
export const ARCHITECTURE_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'architecture',
    term: 'architecture',
    synonyms: ['architectures', 'network kind'],
    sentence:
      'The plan of a network before any size is chosen: which layers there are and which of them read which.',
    where: { words: 'Set-up › Architecture', goTo: { control: 'setup-architecture' } },
    source: TEXTBOOK,
    related: ['mlp', 'cnn', 'bimodal', 'lagrangian', 'preset'],
  },
  {
    id: 'mlp',
    term: 'MLP',
    synonyms: ['multilayer perceptron', 'plain network', 'dense layer', 'dense layers'],
    sentence: 'The plainest network: layer upon layer, each neuron reading every number of the layer below.',
    where: { words: 'Set-up › Architecture', goTo: { control: 'setup-architecture' } },
    source: TEXTBOOK,
    related: ['architecture', 'layer', 'cnn'],
  },
  {
    id: 'cnn',
    term: 'CNN',
    synonyms: ['convolutional network', 'convolution', 'convolutions', 'convolution stages'],
    sentence:
      'A network for pictures: its first layers look for the same small patterns everywhere in the picture, and only then come layers as in an MLP.',
    where: { words: 'Set-up › Architecture', goTo: { control: 'setup-architecture' } },
    source: 'LeCun et al. 1998',
    related: ['kernel', 'channel', 'pooling', 'mlp'],
  },
  {
    id: 'kernel',
    term: 'kernel',
    synonyms: ['kernels', 'filter', 'filters'],
    sentence:
      'A small table of weights, here 3 × 3, that is slid over a picture and answers wherever its pattern is found.',
    formula: 'z_{y,x} = b + \\sum_{i=-1}^{1} \\sum_{j=-1}^{1} K_{i,j}\\; p_{y+i,\\,x+j}',
    where: { words: 'the tiles of the stage, with a CNN', goTo: { control: 'setup-architecture' } },
    source: 'LeCun et al. 1998',
    related: ['cnn', 'channel', 'weights'],
  },
  {
    id: 'channel',
    term: 'channel',
    synonyms: ['channels', 'map', 'maps', 'feature map', 'feature maps', 'kernel → map'],
    sentence:
      'What one kernel makes of a picture: a smaller picture, its map, that shows where the pattern was found.',
    where: { words: 'the maps of the stage, with a CNN', goTo: { control: 'setup-architecture' } },
    source: 'LeCun et al. 1998',
    related: ['kernel', 'pooling', 'cnn'],
  },
  {
    id: 'pooling',
    term: 'pooling',
    synonyms: ['max pooling', 'pooled'],
    sentence:
      'Keeps of every 2 × 2 values of a map only the largest: where exactly a pattern lies matters less, and there is less to compute.',
    formula: '\\max(z_{2y,2x},\\ z_{2y,2x+1},\\ z_{2y+1,2x},\\ z_{2y+1,2x+1})',
    where: { words: 'the maps of the stage, with a CNN', goTo: { control: 'setup-architecture' } },
    source: TEXTBOOK,
    related: ['channel', 'cnn'],
  },
  {
    id: 'pathway',
    term: 'pathway',
    synonyms: ['pathways', 'merge', 'merged', 'neuronal path', 'glial path', 'energy of each pathway'],
    sentence:
      'One of several parts of a hidden layer that work beside each other, each with its own activation function, and are then merged into one list of numbers.',
    where: {
      words: 'Set-up › Architecture: BimodalTrue, Physics-Lagrangian',
      goTo: { control: 'setup-architecture' },
    },
    source: ENERGY_PAPER,
    related: ['bimodal', 'lagrangian', 'regulation'],
  },
  {
    id: 'bimodal',
    term: 'BimodalTrue',
    synonyms: ['neurons and glia', 'glia', 'glial', 'neuronal'],
    sentence:
      'Two pathways named after the cells of a brain: neurons, in ReLU, and beside them glia, in tanh, which regulate them. They meet after the last hidden layer.',
    where: { words: 'Set-up › Architecture', goTo: { control: 'setup-architecture' } },
    source: `${ENERGY_PAPER}; widths and how the pathways meet are our reading`,
    related: ['glia-ratio', 'regulation', 'pathway', 'our-reading'],
  },
  {
    id: 'glia-ratio',
    term: 'glia ratio',
    synonyms: ['gliaratio', 'glial units per neuronal unit'],
    sentence: 'How many glial units a BimodalTrue network has for each neuronal one: 0.5 means half as many.',
    formula: 'n_{\\text{glia}} = \\operatorname{round}(\\text{ratio} \\cdot n_{\\text{neurons}})',
    where: { words: 'Set-up › Glia ratio, with BimodalTrue', goTo: { control: 'setup-architecture' } },
    source: `${ENERGY_PAPER}, Fig. 2; the definition is our reading`,
    related: ['bimodal', 'compression-ratio'],
  },
  {
    id: 'regulation',
    term: 'regulation',
    synonyms: ['gate', 'additive', 'multiplicative', 'side by side', '[f ; s]', 'f·(1 + s)'],
    sentence:
      'How the glial pathway s acts on the neuronal one f: only stands beside it, is added to it, multiplies it, or opens and shuts it like a gate.',
    formula: '[f;\\,s],\\qquad f + s,\\qquad f\\,(1 + s),\\qquad f \\cdot \\operatorname{sigmoid}(z_s)',
    where: { words: 'Set-up › Regulation, with BimodalTrue', goTo: { control: 'setup-architecture' } },
    source: `${ENERGY_PAPER}; all four are our reading`,
    related: ['bimodal', 'pathway', 'our-reading'],
  },
  {
    id: 'lagrangian',
    term: 'Physics-Lagrangian',
    synonyms: ['Lagrangian', 'physics'],
    sentence:
      'A network whose first hidden layer has three pathways named after mechanics: kinetic T, potential V, constraint C. What follows reads T minus V plus μ times C.',
    formula: 'l = T - V + \\mu\\, C',
    where: { words: 'Set-up › Architecture', goTo: { control: 'setup-architecture' } },
    source: `${ENERGY_PAPER}; the sum is our reading`,
    related: ['tvc', 'mu', 'pathway', 'our-reading'],
  },
  {
    id: 'tvc',
    term: 'kinetic, potential, constraint',
    symbol: 'T, V, C',
    synonyms: ['kinetic', 'potential', 'constraint', 'kinetic path T', 'T = ½z²', 'sigmoid', 'T', 'V', 'C'],
    sentence:
      'The three pathways of Physics-Lagrangian. T grows with its sums, V bends them as tanh does, and C presses them between 0 and 1 (a sigmoid).',
    formula:
      'T = \\max(0, z_T)\\ \\text{or}\\ \\tfrac12 z_T^2,\\qquad V = \\tanh z_V,\\qquad C = \\frac{1}{1 + e^{-z_C}}',
    where: {
      words: 'Set-up › Kinetic path T, with Physics-Lagrangian',
      goTo: { control: 'setup-architecture' },
    },
    source: `${ENERGY_PAPER}; the functions are our reading`,
    related: ['lagrangian', 'mu'],
  },
  {
    id: 'mu',
    term: 'weight of the constraint',
    symbol: 'μ',
    synonyms: ['mu', 'weight of the constraint path'],
    sentence:
      'How much the constraint pathway C of a Physics-Lagrangian network counts beside T and V. It can be moved while the network learns.',
    formula: 'l = T - V + \\mu\\, C',
    where: { words: 'Set-up › μ, with Physics-Lagrangian', goTo: { control: 'setup-architecture' } },
    source: `${OURS} (our reading)`,
    related: ['lagrangian', 'tvc'],
  },
  {
    id: 'our-reading',
    term: 'our reading',
    synonyms: ['reading'],
    sentence:
      'Marks what a paper leaves open and this lab had to decide. Another reading may give other results.',
    where: { words: 'Set-up, under the architecture', goTo: { control: 'setup-architecture' } },
    source: OURS,
    related: ['architecture', 'activation-energy', 'verdict'],
  },
  {
    id: 'match',
    term: 'match parameters',
    synonyms: ['match', 'match parameters of', 'fair size'],
    sentence:
      'Finds the widths with which one architecture has as many parameters as another: a fair comparison needs equal sizes.',
    where: { words: 'Set-up › Match parameters of', goTo: { control: 'setup-match' } },
    source: OURS,
    related: ['parameter', 'architecture', 'width'],
  },
  {
    id: 'task',
    term: 'task',
    synonyms: ['tasks', 'scheduled tasks', 'schedule', 'tasks being learnt'],
    sentence:
      'A set of classes that comes and goes as a whole, such as digits or clothes; a network may learn several at once.',
    where: { words: 'lens Tasks, with the data “three tasks”', goTo: { control: 'setup-data' } },
    source: `${ISOTROPIC_PAPER}, section 3, Fig. 3`,
    related: ['block', 'drop-mask', 'adaptation'],
  },
  {
    id: 'block',
    term: 'block',
    synonyms: ['blocks', 'own block', 'block of inputs', 'block of outputs'],
    sentence:
      'The inputs and outputs that belong to one task. An image fills the inputs of its own block, the others are 0, and is judged on the outputs of that block.',
    where: { words: 'beneath the image on the stage, with several tasks', goTo: { control: 'setup-data' } },
    source: `official code of ${ISOTROPIC_PAPER}`,
    related: ['task', 'drop-mask', 'input'],
  },
  {
    id: 'drop-mask',
    term: 'drop or mask',
    synonyms: ['drop', 'mask', 'masked', 'dropped', 'a task that goes'],
    sentence:
      'What becomes of a task’s block when the task goes. Drop takes the block out of the network; mask leaves it in and never shows it anything again.',
    where: { words: 'lens Tasks', goTo: { control: 'setup-data' } },
    source: `mask: ${ISOTROPIC_PAPER}; drop: ${OURS}`,
    related: ['block', 'task', 'adaptation'],
  },
];
