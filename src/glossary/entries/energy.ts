import { ENERGY_PAPER, OURS } from '../sources';
import type { GlossaryEntry } from '../types';

/** What activity costs, how it is measured, and what of a fall is real. */
export const ENERGY_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'activation-energy',
    term: 'activation energy',
    symbol: 'E',
    synonyms: ['energy', 'energy E', 'raw E', 'E of each layer', 'energy bill'],
    sentence:
      'A price on being active: as a rule every hidden activation squared, averaged over neurons, layers and images. It is a number about the network and no measured joule.',
    formula: 'E = \\frac{1}{L} \\sum_{l=1}^{L} \\operatorname{mean}\\bigl(h_l^2\\bigr)',
    where: { words: 'in the bar; lens Energy', goTo: { lens: 'energy' } },
    source: `${ENERGY_PAPER}; it gives no formula, so this one is our reading`,
    related: ['lambda', 'energy-mean-square', 'rescaling', 'joule'],
  },
  {
    id: 'lambda',
    term: 'energy weight',
    symbol: 'λ',
    synonyms: ['lambda', 'λ energy weight', 'weight of E', 'price of energy'],
    sentence:
      'How much energy counts against right answers: training makes data loss plus λ times E small. At 0 energy costs nothing.',
    formula: 'L = L_{\\text{data}} + \\lambda E',
    where: { words: 'the first hand', goTo: { control: 'lambda' } },
    source: ENERGY_PAPER,
    related: ['activation-energy', 'lambda-energy', 'shell', 'ladder'],
  },
  {
    id: 'lambda-energy',
    term: 'price paid for energy',
    symbol: 'λ·E',
    synonyms: ['λE', 'lambda E', 'penalty', 'lambda times E'],
    sentence:
      'What energy adds to the loss. Beside the data loss it tells how hard λ pulls: at one per cent hardly, at a hundred as hard as the wish to be right.',
    formula: '\\lambda \\cdot E',
    where: { words: 'under the λ track; lens Learn', goTo: { control: 'lambda' } },
    source: ENERGY_PAPER,
    related: ['lambda', 'loss', 'data-loss'],
  },
  {
    id: 'energy-mean-square',
    term: 'mean square',
    synonyms: ['E mean', 'mean-square', 'mean-square E'],
    sentence:
      'The usual measure of energy: the mean of a layer’s squared activations, then the mean over layers. Silent neurons lower it, for the mean is over all.',
    formula: 'E = \\frac{1}{L} \\sum_{l} \\frac{1}{B\\,n_l} \\sum_{b,i} h_{l,b,i}^2',
    where: { words: 'Set-up › Energy measure E', goTo: { control: 'setup-measure' } },
    source: `${ENERGY_PAPER}, our reading`,
    related: ['activation-energy', 'energy-sum-square', 'mean-square-activation', 'energy-hoyer'],
  },
  {
    id: 'energy-sum-square',
    term: 'sum of squares',
    synonyms: ['E sum', 'sum-square'],
    sentence:
      'A measure of energy: the squared activations of all hidden neurons added up, per image. It does not change when a silent neuron goes, nor when a basis is turned.',
    formula: 'E = \\frac{1}{B} \\sum_{b,l,i} h_{l,b,i}^2',
    where: { words: 'Set-up › Energy measure E', goTo: { control: 'setup-measure' } },
    source: OURS,
    related: ['energy-mean-square', 'basis', 'activation-energy'],
  },
  {
    id: 'energy-l1',
    term: 'sum of sizes',
    symbol: 'L1',
    synonyms: ['sum of sizes (L1)', 'l1', 'firing rate'],
    sentence:
      'A measure of energy: all hidden activations without their signs, added up per image. Under this price single neurons go to exactly 0.',
    formula: 'E = \\frac{1}{B} \\sum_{b,l,i} \\lvert h_{l,b,i} \\rvert',
    where: { words: 'Set-up › Energy measure E', goTo: { control: 'setup-measure' } },
    source: 'Georgiadis 2019, Accelerating Convolutional Neural Networks via Activation Map Compression',
    related: ['activation-energy', 'active', 'energy-active-count'],
  },
  {
    id: 'energy-active-count',
    term: 'active units',
    synonyms: ['active-count', 'number of active units'],
    sentence:
      'A measure of energy that counts neurons in use, softly: each adds a share from 0 to 1, one half where its activation is 0.01.',
    formula: 'E = \\frac{1}{B} \\sum_{b,l,i} \\frac{h_{l,b,i}^2}{h_{l,b,i}^2 + 10^{-4}}',
    where: { words: 'Set-up › Energy measure E', goTo: { control: 'setup-measure' } },
    source: 'arXiv 2203.08147 (form); the constant is this lab’s',
    related: ['active', 'activation-energy', 'energy-l1'],
  },
  {
    id: 'energy-hoyer',
    term: 'Hoyer square',
    synonyms: ['hoyer', 'hoyer-square', 'sparsity free of scale'],
    sentence:
      'A measure of how widely activity is spread over a layer: 1 where one neuron carries all, its width where all carry alike. Making everything smaller does not lower it.',
    formula:
      'E = \\frac{1}{B} \\sum_{b,l} \\frac{\\bigl(\\sum_i \\lvert h_{l,b,i} \\rvert\\bigr)^2}{\\sum_i h_{l,b,i}^2}',
    where: { words: 'Set-up › Energy measure E', goTo: { control: 'setup-measure' } },
    source: 'Hoyer 2004; Kurtz et al., ICML 2020',
    related: ['activation-energy', 'rescaling', 'directions'],
  },
  {
    id: 'energy-site',
    term: 'where E is measured',
    synonyms: ['E is measured on', 'energy site', 'activations h', 'pre-activations z'],
    sentence:
      'Energy may be taken on the activations h that leave a layer, or on the pre-activations z before them, where ReLU cannot hide what is negative.',
    where: { words: 'Set-up › E is measured on', goTo: { control: 'setup-energySite' } },
    source: OURS,
    related: ['activation', 'pre-activation', 'relu'],
  },
  {
    id: 'rescaling',
    term: 'rescaling',
    synonyms: ['rescaled', 'rescale', 'loophole', 'close the loophole'],
    sentence:
      'In a ReLU network, make a neuron’s activation smaller by its weights in and undo it by its weights out: the answers stay, E falls. Nothing is saved.',
    formula:
      'w_{\\text{in}},\\,b \\to c\\,w_{\\text{in}},\\,c\\,b,\\qquad w_{\\text{out}} \\to w_{\\text{out}}/c\\qquad (c > 0)',
    where: { words: 'lens Energy › Waterfall', goTo: { lens: 'energy', view: 'waterfall' } },
    source: 'Neyshabur et al., arXiv 1506.02617',
    related: ['waterfall', 'rescaled-twin', 'balanced-energy', 'weight-norm'],
  },
  {
    id: 'rescaled-twin',
    term: 'rescaled twin',
    synonyms: ['rescaled baseline', 'before, rescaled'],
    sentence:
      'The λ = 0 twin brought to your network’s energy by rescaling alone. It answers exactly as before, so it shows what low energy is worth if nothing else was learnt.',
    where: { words: 'lens Energy › Waterfall', goTo: { lens: 'energy', view: 'waterfall' } },
    source: OURS,
    related: ['rescaling', 'twin', 'noise'],
  },
  {
    id: 'balanced-energy',
    term: 'balanced energy',
    symbol: 'E_bal',
    synonyms: ['balanced E', 'balancing'],
    sentence:
      'E once every neuron’s weights in and weights out have been rescaled to the same length. Networks that differ by rescaling only get the same number.',
    formula:
      'c_i = \\sqrt{\\lVert w_{\\text{out},i} \\rVert \\,/\\, \\lVert (w_{\\text{in},i},\\,b_i) \\rVert}',
    where: { words: 'lens Energy › All measures', goTo: { lens: 'energy', view: 'measures' } },
    source: 'Stock et al., ENorm, arXiv 1902.10416',
    related: ['rescaling', 'path-energy', 'gradient-energy'],
  },
  {
    id: 'path-energy',
    term: 'path energy',
    symbol: 'E_path',
    synonyms: ['path energy per logit energy'],
    sentence:
      'Each squared activation counted as much as it can reach: times the squares of the weights along every way up to the logits, added up. No rescaling changes it.',
    formula:
      'E_{\\text{path}} = \\sum_{l,i} \\overline{h_{l,i}^2}\\;\\tau_{l,i},\\qquad \\tau_l = (W_{l+1} \\circ W_{l+1})^{\\mathsf T}\\,\\tau_{l+1},\\qquad \\tau_{\\text{logits}} = 1',
    where: { words: 'lens Energy › All measures', goTo: { lens: 'energy', view: 'measures' } },
    source: 'after Neyshabur et al., Path-SGD, arXiv 1506.02617',
    related: ['rescaling', 'gradient-energy', 'balanced-energy'],
  },
  {
    id: 'gradient-energy',
    term: 'gradient energy',
    symbol: 'E_gi',
    synonyms: ['gradient × activation', 'gradient times activation', 'gradient per logit energy'],
    sentence:
      'How much each activation does to the logits: its size times how fast each logit answers to it, squared and added up. No rescaling changes it.',
    formula:
      'G = \\sum_{l,i,k} \\overline{\\Bigl(h_{l,i}\\,\\frac{\\partial y_k}{\\partial h_{l,i}}\\Bigr)^2}',
    where: { words: 'lens Energy › All measures', goTo: { lens: 'energy', view: 'measures' } },
    source: OURS,
    related: ['waterfall', 'path-energy', 'logit-energy'],
  },
  {
    id: 'logit-energy',
    term: 'logit energy',
    symbol: 'E‖y‖²',
    synonyms: ['smaller logits', 'E‖z‖² of the logits', 'squared logits'],
    sentence:
      'The squared length of the logits, averaged over images. It falls when a network only speaks more softly, with the same answers.',
    formula: '\\overline{\\lVert y \\rVert^2} = \\frac{1}{N} \\sum_{n} \\sum_k y_{n,k}^2',
    where: { words: 'lens Energy › All measures', goTo: { lens: 'energy', view: 'measures' } },
    source: OURS,
    related: ['logit', 'waterfall', 'gradient-energy'],
  },
  {
    id: 'waterfall',
    term: 'waterfall',
    synonyms: ['how E fell', 'split of E', 'rest'],
    sentence:
      'Takes the fall of E against the λ = 0 twin apart into three factors: what rescaling explains, what smaller logits explain, and the rest.',
    formula:
      '\\frac{E_0}{E_1} = \\underbrace{\\frac{E_0/E_1}{G_0/G_1}}_{\\text{rescaling}} \\cdot \\underbrace{\\frac{\\overline{\\lVert y_0 \\rVert^2}}{\\overline{\\lVert y_1 \\rVert^2}}}_{\\text{smaller logits}} \\cdot \\underbrace{\\frac{G_0/\\overline{\\lVert y_0 \\rVert^2}}{G_1/\\overline{\\lVert y_1 \\rVert^2}}}_{\\text{rest}}',
    where: { words: 'lens Energy › Waterfall', goTo: { lens: 'energy', view: 'waterfall' } },
    source: OURS,
    related: ['rescaling', 'logit-energy', 'gradient-energy', 'reduction'],
  },
  {
    id: 'noise',
    term: 'noise',
    synonyms: ['noise σ', 'in noise', 'disturbance'],
    sentence:
      'Random numbers of one size added to every hidden activation, to see what accuracy is left. Small activations drown in it: low energy has a price after all.',
    formula: 'h \\to h + \\sigma\\,\\varepsilon,\\qquad \\varepsilon \\sim \\mathcal N(0, 1)',
    where: { words: 'lens Energy › Waterfall, three networks', goTo: { lens: 'energy', view: 'waterfall' } },
    source: OURS,
    related: ['quantisation', 'rescaled-twin', 'standard-deviation'],
  },
  {
    id: 'quantisation',
    term: 'quantisation',
    synonyms: ['quantization', 'rounded', 'quantisation step'],
    sentence:
      'Rounds every hidden activation to whole multiples of one size, as cheap hardware does, to see what accuracy is left.',
    formula: 'h \\to q \\cdot \\operatorname{round}(h / q)',
    where: { words: 'lens Energy › Waterfall, three networks', goTo: { lens: 'energy', view: 'waterfall' } },
    source: OURS,
    related: ['noise', 'rescaled-twin'],
  },
  {
    id: 'normalisation',
    term: 'normalisation',
    symbol: 'RMS',
    synonyms: ['normalised', 'normalise after each layer', 'root mean square', 'RMS norm', 'normalization'],
    sentence:
      'Divides a layer’s activations by their root mean square, image by image, so that their size is always about 1. Mean-square E cannot fall then, whatever λ is.',
    formula: 'h \\to \\frac{h}{\\sqrt{\\operatorname{mean}(h^2) + 10^{-5}}}',
    where: { words: 'Set-up › Normalise after each layer', goTo: { control: 'setup-activation' } },
    source: 'Zhang & Sennrich, arXiv 1910.07467',
    related: ['rescaling', 'energy-mean-square', 'lambda'],
  },
  {
    id: 'active',
    term: 'active and alive',
    synonyms: ['active', 'alive', 'dead', 'silent', 'use of the units'],
    sentence:
      'Active is the share of all activations that are not 0. A neuron is alive if it is not 0 on at least one image, and dead otherwise.',
    where: { words: 'lens Energy › All measures', goTo: { lens: 'energy', view: 'measures' } },
    source: OURS,
    related: ['activation', 'zero-skipping', 'energy-active-count'],
  },
  {
    id: 'directions',
    term: 'directions',
    synonyms: ['directions filled', 'participation ratio', 'direction'],
    sentence:
      'About how many independent directions a layer’s activations fill over all images: 1 if they lie along one line, the width of the layer if they spread alike in all.',
    formula: '\\frac{(\\operatorname{tr} C)^2}{\\operatorname{tr} C^2},\\qquad C = \\operatorname{cov}(h)',
    where: { words: 'lens Energy › All measures', goTo: { lens: 'energy', view: 'measures' } },
    source: 'Gao et al. 2017 (participation ratio)',
    related: ['active', 'singular-value', 'compression-ratio', 'energy-hoyer'],
  },
  {
    id: 'multiply',
    term: 'multiplies',
    symbol: 'MAC',
    synonyms: [
      'multiply',
      'multiply-accumulate',
      'multiply-accumulates',
      'MACs',
      'parameters and multiplies',
    ],
    sentence:
      'How many multiplications, each with an addition, one image costs: the work of a weight on the number it reads.',
    where: {
      words: 'lens Energy › Cost; Set-up › Parameters and multiplies',
      goTo: { lens: 'energy', view: 'cost' },
    },
    source: 'Horowitz, ISSCC 2014',
    related: ['zero-skipping', 'joule', 'parameter'],
  },
  {
    id: 'zero-skipping',
    term: 'zero skipping',
    synonyms: ['skipping', 'skipping zeros', 'dense'],
    sentence:
      'Leaves out the work for activations that are exactly 0, as some hardware can. “Dense” counts the work without it.',
    where: { words: 'lens Energy › Cost', goTo: { lens: 'energy', view: 'cost' } },
    source: 'Han et al. 2016 (EIE)',
    related: ['multiply', 'active', 'joule'],
  },
  {
    id: 'joule',
    term: 'joule, estimated',
    symbol: 'J',
    synonyms: ['joule', 'joules', 'picojoules', 'µJ', 'SRAM', 'DRAM', 'power', 'estimate', 'joules estimate'],
    sentence:
      'The electrical energy that hardware would use, from counted operations and a published table of the cost of each. A web page cannot measure it.',
    formula: 'J = \\sum_{\\text{operations}} \\text{count} \\times \\text{energy of one}',
    where: { words: 'lens Energy › Cost', goTo: { lens: 'energy', view: 'cost' } },
    source: 'Horowitz, ISSCC 2014 (table of 45 nm hardware)',
    related: ['multiply', 'zero-skipping', 'activation-energy', 'pareto-front'],
  },
];
