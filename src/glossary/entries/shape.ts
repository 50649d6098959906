import { ISOTROPIC_PAPER, OURS } from '../sources';
import type { GlossaryEntry } from '../types';

/** Operations that change what a network is, and how one sees what they did. */
export const SHAPE_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'operation',
    term: 'operation',
    synonyms: ['operations', 'structural operation', 'surgery'],
    sentence:
      'A change made to the network between two steps without training: a turn of the basis, neurons removed or grown. Each can be undone.',
    where: { words: 'the hands Basis and Neurons', goTo: { control: 'basis' } },
    source: ISOTROPIC_PAPER,
    related: ['removal', 'growth', 'rotation', 'invariance-report'],
  },
  {
    id: 'removal',
    term: 'removal',
    synonyms: ['remove', 'removed', 'neurodegeneration', 'prune', 'pruning', 'minus'],
    sentence:
      'Takes a neuron away, as a rule the one of the smallest singular value. Its constant is kept in o and ψ, so the smaller its σ was, the less the answers change.',
    formula: 'o \\to o + b_*^2,\\qquad \\psi \\to \\psi + w_*\\, b_*',
    where: { words: 'Neurons › −', goTo: { control: 'remove' } },
    source: ISOTROPIC_PAPER,
    related: ['b-star', 'criterion', 'error-law', 'cliff', 'growth'],
  },
  {
    id: 'exact-removal',
    term: 'exact or approximate',
    synonyms: ['exact', 'approximate', 'exact removal', 'set o to fixed'],
    sentence:
      'Where o or ψ is off, the constant of a removed neuron has nowhere to go. Exact switches them on to keep it; approximate lets it go and changes the answers more.',
    where: { words: 'asked under Neurons when o or ψ is off', goTo: { control: 'neurons' } },
    source: OURS,
    related: ['removal', 'modes', 'b-star'],
  },
  {
    id: 'growth',
    term: 'growth',
    synonyms: ['grow', 'grown', 'neurogenesis', 'plus', 'waking', 'wake'],
    sentence:
      'Adds a neuron that reads nothing yet and speaks softly: a row of zeros in, small random weights out. The answers stay; training may wake it.',
    formula: 'w_{\\text{in}} = 0,\\quad b = 0,\\quad w_{\\text{out}} \\sim 0.01\\,\\mathcal N(0, 1)',
    where: { words: 'Neurons › +', goTo: { control: 'grow' } },
    source: ISOTROPIC_PAPER,
    related: ['scaffold-neuron', 'outgoing', 'adaptation', 'removal'],
  },
  {
    id: 'outgoing',
    term: 'outgoing weights',
    symbol: 'w*',
    synonyms: [
      'outgoing column',
      'outgoing column of a new unit',
      'outgoing weight',
      'outgoing pattern per class',
      'what it says',
    ],
    sentence:
      'The weights with which the next layer reads one neuron: what that neuron says. They form a column of the next weight matrix.',
    where: {
      words: 'a row of W₂ᵀ on the stage; Set-up › Outgoing column',
      goTo: { control: 'setup-outgoing' },
    },
    source: ISOTROPIC_PAPER,
    related: ['weights', 'growth', 'inspector'],
  },
  {
    id: 'scaffold-neuron',
    term: 'scaffold neuron',
    synonyms: ['scaffold', 'scaffold unit', 'scaffold units', 'spare', 'scaffold neurons'],
    sentence:
      'A neuron whose singular value is at or below θ: it reads next to nothing, and stands ready in case training needs one more. It is drawn pale.',
    formula: '\\sigma_i \\le \\theta',
    where: {
      words: 'the pale bars of the stage; Set-up › Scaffold units S',
      goTo: { control: 'setup-scaffold' },
    },
    source: ISOTROPIC_PAPER,
    related: ['theta', 'scaffold-count', 'growth'],
  },
  {
    id: 'theta',
    term: 'threshold',
    symbol: 'θ',
    synonyms: ['theta', 'threshold θ'],
    sentence: 'The singular value up to which a neuron counts as a scaffold neuron.',
    formula: '\\sigma_i \\le \\theta',
    where: { words: 'Set-up › Threshold θ', goTo: { control: 'setup-theta' } },
    source: ISOTROPIC_PAPER,
    related: ['scaffold-neuron', 'singular-value', 'adaptation'],
  },
  {
    id: 'scaffold-count',
    term: 'scaffold units wanted',
    symbol: 'S',
    synonyms: ['scaffold units S', 'wanted', 'spare units'],
    sentence: 'How many scaffold neurons adaptation keeps ready in each layer.',
    where: { words: 'Set-up › Scaffold units S', goTo: { control: 'setup-scaffold' } },
    source: ISOTROPIC_PAPER,
    related: ['adaptation', 'scaffold-neuron', 'theta'],
  },
  {
    id: 'adaptation',
    term: 'adaptation',
    synonyms: [
      'adapt',
      'automatic adaptation',
      'decision',
      'shed',
      'shed units',
      'layers that adapt',
      'adapt every',
    ],
    sentence:
      'Lets layers find their width while they learn: every so many steps a layer with fewer scaffold neurons than S grows some, and one with more removes some.',
    formula:
      'c = \\#\\{i : \\sigma_i \\le \\theta\\},\\qquad \\text{grow } S - c \\text{ if } c < S,\\quad \\text{remove } c - S \\text{ if } c > S',
    where: { words: 'Neurons › Adapt', goTo: { control: 'adapt' } },
    source: ISOTROPIC_PAPER,
    related: ['scaffold-neuron', 'theta', 'scaffold-count', 'cap', 'task'],
  },
  {
    id: 'cap',
    term: 'cap and cooldown',
    synonyms: ['cap', 'cooldown', 'adaptation cap', 'adaptation cooldown'],
    sentence:
      'Two limits of adaptation: the cap is the most neurons a layer may grow to by itself, the cooldown the steps it rests after a change.',
    where: { words: 'Set-up › Cap, Cooldown', goTo: { control: 'setup-adaptCap' } },
    source: OURS,
    related: ['adaptation', 'width'],
  },
  {
    id: 'criterion',
    term: 'criterion',
    synonyms: [
      'what goes first',
      'criteria',
      'σ, smallest',
      'σ · outgoing weight',
      'removal order',
      'random order',
    ],
    sentence:
      'What decides which neuron is removed first: its σ, as in the paper; σ times its outgoing weights; its gradient; its energy; or chance, as the control.',
    where: { words: 'Set-up › What goes first', goTo: { control: 'setup-criterion' } },
    source: `σ: ${ISOTROPIC_PAPER}; the others are this lab’s`,
    related: ['removal', 'singular-value', 'outgoing', 'mean-square-activation'],
  },
  {
    id: 'cliff',
    term: 'cliff',
    synonyms: ['accuracy against units left'],
    sentence:
      'The point in a row of removals where the accuracy, flat so far, suddenly falls: now neurons go that the network needs.',
    where: { words: 'lens Learn while − is held', goTo: { control: 'remove' } },
    source: OURS,
    related: ['removal', 'accuracy', 'plateau', 'fit'],
  },
  {
    id: 'invariance-report',
    term: 'invariance report',
    synonyms: ['report', 'function unchanged', 'function changed'],
    sentence:
      'What an operation did, measured on the same test images before and after it: the logits, the accuracy, the energy, the size of the network.',
    where: { words: 'Neurons › report; the pins of the timeline', goTo: { control: 'neurons' } },
    source: `${ISOTROPIC_PAPER}, section 3, Table 1`,
    related: ['max-delta-logit', 'epsilon', 'kl', 'sigma-removed', 'energy-mean-sum'],
  },
  {
    id: 'max-delta-logit',
    term: 'residual',
    symbol: 'max |Δlogit|',
    synonyms: ['max Δlogit', 'Δlogit', 'max |delta logit|', 'residuals'],
    sentence:
      'The largest change of any logit on any image that was checked. Some millionths are mere rounding: the network answers as before.',
    formula: "\\max_{n,k} \\lvert y'_{n,k} - y_{n,k} \\rvert",
    where: { words: 'under Basis; the invariance report', goTo: { control: 'basis' } },
    source: OURS,
    related: ['invariance-report', 'logit', 'epsilon', 'float64'],
  },
  {
    id: 'epsilon',
    term: 'ε scaled',
    symbol: 'ε',
    synonyms: ['epsilon', 'epsilon scaled', 'logits move'],
    sentence:
      'How far an operation moved the logits of an image, in per cent of their length, averaged over images.',
    formula:
      "\\varepsilon = \\frac{100}{N} \\sum_{n=1}^{N} \\frac{\\lVert y'_n - y_n \\rVert}{\\lVert y_n \\rVert}\\ \\%",
    where: {
      words: 'the invariance report; lens Spectrum › Error law',
      goTo: { lens: 'spectrum', view: 'law' },
    },
    source: `${ISOTROPIC_PAPER}, section 3, Table 1`,
    related: ['invariance-report', 'error-law', 'kl'],
  },
  {
    id: 'kl',
    term: 'KL divergence',
    symbol: 'KL',
    synonyms: ['Kullback–Leibler divergence', 'Kullback-Leibler divergence'],
    sentence:
      'How much the confidence in the classes changed, in nats: 0 where softmax gives every class the same share as before, more the more the shares differ.',
    formula: "\\frac{1}{N} \\sum_{n,k} p_{n,k} \\ln \\frac{p_{n,k}}{p'_{n,k}}",
    where: { words: 'the invariance report', goTo: { control: 'neurons' } },
    source: `${ISOTROPIC_PAPER}, section 3, Table 1; Kullback & Leibler 1951`,
    related: ['softmax', 'nat', 'invariance-report'],
  },
  {
    id: 'sigma-removed',
    term: 'Σσ removed',
    symbol: 'ΔΣσ',
    synonyms: ['σ removed', 'sum of singular values'],
    sentence:
      'By how much an operation lowered the sum of the layer’s singular values: how much stretching went with the neurons.',
    formula: "\\Delta\\Sigma\\sigma = \\sum_i \\sigma_i - \\sum_i \\sigma'_i",
    where: { words: 'the invariance report', goTo: { control: 'neurons' } },
    source: `${ISOTROPIC_PAPER}, section 3, Table 1`,
    related: ['singular-value', 'removal', 'invariance-report'],
  },
  {
    id: 'energy-mean-sum',
    term: 'E mean, E sum',
    synonyms: ['energy mean and sum', 'mean and sum'],
    sentence:
      'The same energy averaged over neurons, and added up over them. When silent neurons go the mean rises, since it is over fewer, while the sum stays: compare widths by the sum.',
    formula: 'E_{\\text{sum}} = \\sum_l n_l \\operatorname{mean}\\bigl(h_l^2\\bigr)',
    where: { words: 'the invariance report', goTo: { control: 'neurons' } },
    source: OURS,
    related: ['energy-mean-square', 'energy-sum-square', 'removal'],
  },
  {
    id: 'error-law',
    term: 'error law',
    synonyms: ['slope', 'slope 1', 'different units, as they are', 'exponent'],
    sentence:
      'The smaller a neuron’s σ, the smaller the error when it is removed, in proportion, if o and ψ keep its constant: on log axes a line of slope 1.',
    formula: '\\varepsilon \\propto \\sigma',
    where: { words: 'lens Spectrum › Error law', goTo: { lens: 'spectrum', view: 'law' } },
    source: ISOTROPIC_PAPER,
    related: ['removal', 'epsilon', 'b-star', 'log-axis'],
  },
  {
    id: 'transport',
    term: 'optimiser’s state goes along',
    synonyms: ['transport', 'transport of moments'],
    sentence:
      'When the basis turns, the moments turn with the weights, so that training goes on as if nothing had happened: the first exactly, the second approximately.',
    formula: 'm \\to R^{\\mathsf T} m,\\qquad v \\to (R \\circ R)^{\\mathsf T} v',
    where: { words: 'Set-up › Optimiser’s state goes along', goTo: { control: 'setup-transport' } },
    source: `official code of ${ISOTROPIC_PAPER}`,
    related: ['optimiser-state', 'basis', 'warm-up'],
  },
  {
    id: 'warm-up',
    term: 'warm-up of new entries',
    synonyms: ['warm up new entries', 'warm up', '3.16'],
    sentence:
      'Adam’s first step on a new weight would be 3.16 times the learning rate. With warm-up the weight starts with the usual second moment of its matrix instead of 0.',
    formula: '\\frac{1-\\beta_1}{\\sqrt{1-\\beta_2}} = \\frac{0.1}{\\sqrt{0.001}} \\approx 3.16',
    where: { words: 'Set-up › Warm up new entries', goTo: { control: 'setup-warmUp' } },
    source: OURS,
    related: ['optimiser-state', 'growth', 'transport'],
  },
  {
    id: 'sparsify',
    term: 'sparsify',
    synonyms: ['sparsity', 'sparse', 'zeros against depth', 'every second weight matrix diagonal'],
    sentence:
      'Makes every second weight matrix diagonal, so that nearly all its numbers are 0 and need not be kept or multiplied. The answers stay.',
    formula:
      '\\text{zeros} = k\\,(n^2 - n)\\quad\\text{of}\\ k\\ \\text{diagonal}\\ n \\times n\\ \\text{matrices}',
    where: { words: 'Basis › ⋯; lens Spectrum › Sparsity', goTo: { lens: 'spectrum', view: 'sparsity' } },
    source: `${ISOTROPIC_PAPER}, appendix I.5`,
    related: ['full-diagonalisation', 'multiply', 'precomputed'],
  },
  {
    id: 'zero-biases',
    term: 'remove all biases',
    synonyms: ['zero biases', 'biases to 0', 'without biases and ψ'],
    sentence:
      'Sets every bias and ψ to 0. An isotropic network then answers as a linear one would, however deep it is: all its bending comes from them.',
    formula: '\\operatorname{argmax} y = \\operatorname{argmax}\\, W_L \\cdots W_1\\,x',
    where: { words: 'Neurons › ⋯', goTo: { control: 'neurons' } },
    source: `derived here from the definition in ${ISOTROPIC_PAPER}`,
    related: ['linear', 'bias', 'answer', 'psi'],
  },
];
