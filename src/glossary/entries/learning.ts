import { ISOTROPIC_PAPER, OURS, TEXTBOOK } from '../sources';
import type { GlossaryEntry } from '../types';

/** How a network learns. */
export const LEARNING_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'training',
    term: 'training',
    synonyms: ['train', 'trains', 'learn', 'learns', 'learning', 'learnt'],
    sentence:
      'Showing the network images whose class is known, a batch at a time, and changing all its parameters a little each time so that the loss falls.',
    where: { words: 'play, in the bar', goTo: { control: 'play' } },
    source: TEXTBOOK,
    related: ['step', 'loss', 'gradient', 'network'],
  },
  {
    id: 'loss',
    term: 'loss',
    symbol: 'L',
    synonyms: ['parts of the loss', 'objective'],
    sentence:
      'The one number that training makes smaller: the data loss, plus λ times the energy, plus a small price on ψ where that is chosen.',
    formula: 'L = L_{\\text{data}} + \\lambda E + \\lambda_\\psi \\sum_l \\lVert \\psi_l \\rVert^2',
    where: { words: 'lens Energy › Over time, Parts of the loss', goTo: { lens: 'energy', view: 'course' } },
    source: 'arXiv 2604.24805 (first two terms); arXiv 2602.23405 (third)',
    related: ['data-loss', 'lambda-energy', 'psi-decay', 'gradient'],
  },
  {
    id: 'data-loss',
    term: 'data loss',
    synonyms: ['data losses'],
    sentence:
      'The part of the loss that asks for right answers, without any price on energy: here the cross-entropy, averaged over the images of a batch.',
    formula: 'L_{\\text{data}} = -\\frac{1}{B} \\sum_{n=1}^{B} \\ln p_{n,\\,c_n}',
    where: { words: 'lens Learn', goTo: { lens: 'learn' } },
    source: 'arXiv 2604.24805 (called L_CE there)',
    related: ['cross-entropy', 'loss', 'lambda'],
  },
  {
    id: 'cross-entropy',
    term: 'cross-entropy',
    synonyms: ['cross entropy', 'L_CE', 'test loss'],
    sentence:
      'Minus the logarithm of the share that softmax gives to the right class: 0 for a network that is certain and right, large for one that is certain and wrong.',
    formula: '-\\ln p_{\\text{right class}}',
    where: { words: 'lens Learn', goTo: { lens: 'learn' } },
    source: TEXTBOOK,
    related: ['softmax', 'nat', 'data-loss'],
  },
  {
    id: 'nat',
    term: 'nat',
    synonyms: ['nats', 'KL in nats', 'loss in nats'],
    sentence:
      'The unit of numbers that come from a natural logarithm, as the kilogram is one of weight. One nat is about 1.44 bits.',
    formula: '1\\ \\text{nat} = \\frac{1}{\\ln 2}\\ \\text{bits}',
    where: { words: 'lens Learn; the invariance report', goTo: { lens: 'learn' } },
    source: 'Cover & Thomas, Elements of Information Theory (2006)',
    related: ['cross-entropy', 'kl'],
  },
  {
    id: 'gradient',
    term: 'gradient',
    synonyms: ['gradients', 'slope of the loss'],
    sentence:
      'For each parameter, how fast the loss would rise if that parameter rose a little. Training moves every parameter the other way.',
    formula: 'g = \\frac{\\partial L}{\\partial w}',
    where: { words: 'o hand › gauges', goTo: { control: 'o' } },
    source: TEXTBOOK,
    related: ['step', 'optimiser', 'gradient-along'],
  },
  {
    id: 'step',
    term: 'step',
    synonyms: ['steps', 'training step', 'steps/s', 'optimiser step'],
    sentence: 'One small change of all parameters, made after looking at one batch of images.',
    formula: 'w \\leftarrow w - \\eta\\, g',
    where: { words: 'the timeline; the key “.”', goTo: { control: 'play' } },
    source: TEXTBOOK,
    related: ['batch', 'epoch', 'learning-rate'],
  },
  {
    id: 'batch',
    term: 'batch',
    synonyms: ['batches', 'batch size', 'mini-batch'],
    sentence:
      'The images looked at together for one step. A larger batch gives a steadier gradient, and costs more time.',
    where: { words: 'Set-up › Batch size', goTo: { control: 'setup-batch' } },
    source: TEXTBOOK,
    related: ['step', 'epoch', 'gradient'],
  },
  {
    id: 'epoch',
    term: 'epoch',
    synonyms: ['epochs', 'pass', 'passes'],
    sentence:
      'As many steps as it takes for the batches to hold as many images as there are to learn from: once through the data.',
    formula: '\\text{steps} = \\lceil N / B \\rceil',
    where: { words: 'the engine in the bar' },
    source: TEXTBOOK,
    related: ['step', 'batch'],
  },
  {
    id: 'learning-rate',
    term: 'learning rate',
    symbol: 'η',
    synonyms: ['lr', 'eta', 'step size'],
    sentence:
      'How far each step goes. Too small and learning crawls; too large and it jumps about or breaks down.',
    formula: 'w \\leftarrow w - \\eta\\, g',
    where: { words: 'Set-up › Learning rate', goTo: { control: 'setup-learningRate' } },
    source: TEXTBOOK,
    related: ['step', 'optimiser', 'gradient'],
  },
  {
    id: 'optimiser',
    term: 'optimiser',
    synonyms: ['optimizer', 'Adam', 'AdamW', 'SGD', 'SGD with momentum'],
    sentence:
      'The rule that makes steps from gradients. SGD follows the gradient, with some momentum; Adam also fits the step to each parameter; AdamW is Adam with weight decay.',
    formula: 'w \\leftarrow w - \\eta\\,\\frac{\\hat m}{\\sqrt{\\hat v} + \\epsilon}\\quad\\text{(Adam)}',
    where: { words: 'Set-up › Optimiser', goTo: { control: 'setup-optimiser' } },
    source: 'Kingma & Ba 2015 (Adam); Loshchilov & Hutter 2019 (AdamW)',
    related: ['optimiser-state', 'learning-rate', 'weight-decay'],
  },
  {
    id: 'optimiser-state',
    term: 'moments',
    symbol: 'm, v',
    synonyms: [
      'moment',
      'first moment',
      'second moment',
      'both moments',
      'momentum',
      'optimiser’s state',
      'optimiser state',
    ],
    sentence:
      'What an optimiser remembers of each parameter: a running mean of its gradients (first moment, or momentum), and in Adam one of their squares (second moment).',
    formula:
      'm \\leftarrow \\beta_1 m + (1-\\beta_1)\\,g,\\quad v \\leftarrow \\beta_2 v + (1-\\beta_2)\\,g^2\\quad\\text{(Adam)}',
    where: { words: 'Set-up › Optimiser’s state goes along', goTo: { control: 'setup-transport' } },
    source: 'Kingma & Ba 2015',
    related: ['optimiser', 'transport', 'warm-up'],
  },
  {
    id: 'weight-decay',
    term: 'weight decay',
    synonyms: ['decay', 'decay biases too'],
    sentence:
      'A pull of all weights towards 0 at every step, so that large weights stay only where they help.',
    formula: 'w \\leftarrow w\\,(1 - \\eta\\, d)\\quad\\text{(AdamW)}',
    where: { words: 'Set-up › Weight decay', goTo: { control: 'setup-weightDecay' } },
    source: 'Loshchilov & Hutter 2019',
    related: ['optimiser', 'weight-norm', 'rescaling'],
  },
  {
    id: 'initialisation',
    term: 'initialisation',
    synonyms: ['initialization', 'orthogonal', 'Xavier', 'He', 'orthogonal start', 'initial weights'],
    sentence:
      'How the weights are drawn before the first step. Orthogonal makes every singular value 1; Xavier and He draw random weights of a size that suits the layer.',
    where: { words: 'Set-up › Initialisation', goTo: { control: 'setup-initialisation' } },
    source: `Glorot & Bengio 2010 (Xavier); He et al. 2015; orthogonal as in ${ISOTROPIC_PAPER}`,
    related: ['seed', 'singular-value', 'plateau'],
  },
  {
    id: 'seed',
    term: 'seed',
    synonyms: ['seeds', 'new seed', 'random'],
    sentence:
      'A number from which all chance in a run is drawn: the same seed gives the same start and the same batches, so a run can be repeated.',
    where: { words: 'Set-up › Seed', goTo: { control: 'setup-seed' } },
    source: OURS,
    related: ['initialisation', 'batch', 'run'],
  },
  {
    id: 'standardisation',
    term: 'standardisation',
    synonyms: ['standardised', 'standardization', 'per pixel', 'per data set'],
    sentence:
      'Makes inputs comparable before the network sees them: subtract their mean, divide by their standard deviation, so that they lie around 0 with a spread of 1.',
    formula: 'x = \\frac{p - \\bar p}{s_p}',
    where: { words: 'Set-up › Standardisation', goTo: { control: 'setup-standardisation' } },
    source: TEXTBOOK,
    related: ['input', 'standard-deviation', 'augmentation'],
  },
  {
    id: 'augmentation',
    term: 'augmentation',
    synonyms: ['augment', 'shift'],
    sentence:
      'Shows each training image a little differently every time, here moved by up to two pixels, so that its exact place is not learnt by heart.',
    where: { words: 'Set-up › Augmentation', goTo: { control: 'setup-augment' } },
    source: TEXTBOOK,
    related: ['test-images', 'batch'],
  },
];
