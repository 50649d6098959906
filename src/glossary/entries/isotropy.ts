import { ISOTROPIC_PAPER, OURS, TEXTBOOK } from '../sources';
import type { GlossaryEntry } from '../types';

/** Activations that know no preferred direction, and what that allows. */
export const ISOTROPY_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'isotropic-activation',
    term: 'isotropic activation',
    synonyms: ['isotropic', 'isotropic tanh', 'isotropic layer', 'isotropic layers', 'isotropic network'],
    sentence:
      'Multiplies all sums z of a layer by one common factor, which depends only on how long z is. So no direction is special, and any basis serves as well.',
    formula: 'f(z) = \\frac{\\tanh m}{m}\\,z,\\qquad m = \\sqrt{o + \\lVert z \\rVert^2}',
    where: { words: 'Set-up › Activation', goTo: { control: 'setup-activation' } },
    source: ISOTROPIC_PAPER,
    related: ['scalar-s', 'length-o', 'basis', 'elementwise-activation'],
  },
  {
    id: 'elementwise-activation',
    term: 'elementwise activation',
    synonyms: ['elementwise', 'elementwise tanh', 'tanh', 'unit by unit'],
    sentence:
      'Bends each neuron’s sum by itself, as tanh and ReLU do. That makes the directions of single neurons special: turning the basis changes the answers.',
    formula: 'h_i = \\tanh z_i',
    where: { words: 'Set-up › Activation', goTo: { control: 'setup-activation' } },
    source: `${ISOTROPIC_PAPER} (its control)`,
    related: ['relu', 'isotropic-activation', 'basis'],
  },
  {
    id: 'relu',
    term: 'ReLU',
    synonyms: ['rectified linear unit', 'max(0, z)'],
    sentence:
      'Passes positive sums on as they are and turns negative ones into 0: the most common activation function.',
    formula: 'h_i = \\max(0, z_i)',
    where: { words: 'Set-up › Activation', goTo: { control: 'setup-activation' } },
    source: TEXTBOOK,
    related: ['elementwise-activation', 'rescaling', 'active'],
  },
  {
    id: 'scalar-s',
    term: 'common factor',
    symbol: 's',
    synonyms: ['scalar', 'scalars', 'scalar s'],
    sentence:
      'The one number by which an isotropic layer multiplies all its sums for an image. It is smaller the longer z is, and smaller the larger o is.',
    formula: 's = \\frac{\\tanh m}{m},\\qquad m = \\sqrt{o + \\lVert z \\rVert^2}',
    where: { words: 'o hand › gauges', goTo: { control: 'o' } },
    source: ISOTROPIC_PAPER,
    related: ['isotropic-activation', 'psi', 'gradient-along'],
  },
  {
    id: 'z-norm',
    term: 'squared length of z',
    symbol: '‖z‖²',
    synonyms: ['z norm', '|z|^2', '‖z‖', 'histogram'],
    sentence:
      'All sums of a layer for one image, squared and added up. The grey hills on the o track show how these values are spread over the test images.',
    formula: '\\lVert z \\rVert^2 = \\sum_i z_i^2',
    where: { words: 'on the o track', goTo: { control: 'o' } },
    source: ISOTROPIC_PAPER,
    related: ['length-o', 'shell', 'pre-activation', 'norm'],
  },
  {
    id: 'length-o',
    term: 'intrinsic length',
    symbol: 'o',
    synonyms: ['o intrinsic length', 'mode of o', 'log o', 'length o'],
    sentence:
      'A number added to ‖z‖² before an isotropic layer bends z. The larger it is, the less the layer bends: at the right end it is almost linear.',
    formula: 'm = \\sqrt{o + \\lVert z \\rVert^2}\\qquad (o\\ \\text{is a squared length})',
    where: { words: 'the second hand', goTo: { control: 'o' } },
    source: `${ISOTROPIC_PAPER}, convention of its second version`,
    related: ['z-norm', 'shell', 'removal', 'linear'],
  },
  {
    id: 'psi',
    term: 'linear correction',
    symbol: 'ψ',
    synonyms: ['psi', '‖ψ‖', 'linear correction ψ', 'length of ψ'],
    sentence:
      'An extra bias of the next layer that is multiplied, image by image, by the common factor s of this one. The constant of a removed neuron lives on in it.',
    formula: 'z_{l+1} = W_{l+1}\\,h_l + b_{l+1} + \\psi_l\\, s_l',
    where: {
      words: 'right on the stage as ‖ψ‖; Set-up › Linear correction ψ',
      goTo: { control: 'setup-psi' },
    },
    source: ISOTROPIC_PAPER,
    related: ['scalar-s', 'bias', 'removal', 'psi-decay'],
  },
  {
    id: 'modes',
    term: 'off, fixed, trained',
    synonyms: ['mode', 'modes', 'off', 'fixed', 'trained', 'mode of ψ'],
    sentence:
      'The ways in which o or ψ may behave: off is exactly 0; fixed is changed by hand and by removals only; trained is learnt like the weights.',
    where: { words: 'Set-up › Intrinsic length o, Linear correction ψ', goTo: { control: 'setup-oMode' } },
    source: `official code of ${ISOTROPIC_PAPER}`,
    related: ['length-o', 'psi', 'exact-removal'],
  },
  {
    id: 'psi-decay',
    term: 'ψ decay',
    synonyms: ['psi decay', 'trained with decay'],
    sentence: 'A price in the loss on long ψ, so that ψ shrinks to 0 wherever the network does not need it.',
    formula: '\\lambda_\\psi \\sum_l \\lVert \\psi_l \\rVert^2',
    where: { words: 'Set-up › ψ decay', goTo: { control: 'setup-psiDecay' } },
    source: ISOTROPIC_PAPER,
    related: ['psi', 'loss', 'psi-expectation'],
  },
  {
    id: 'psi-expectation',
    term: 'expectation',
    synonyms: ['ψ as expectation', 'mean(s)·w*·b*'],
    sentence:
      'A way to do without ψ: a removed neuron leaves its average effect in the biases of the next layer. That is right on average, not image by image.',
    formula: 'b_{l+1} \\to b_{l+1} + \\operatorname{mean}(s_l)\\; w_* b_*',
    where: { words: 'Set-up › Linear correction ψ', goTo: { control: 'setup-psi' } },
    source: ISOTROPIC_PAPER,
    related: ['psi', 'removal'],
  },
  {
    id: 'shell',
    term: 'shell',
    synonyms: ['on the shell', 'saturated'],
    sentence:
      'Where z is so long that an isotropic layer gives it the length 1, however long it is. There λ cannot make activations smaller; a larger o frees them.',
    formula: '\\lVert h \\rVert > 0.995',
    where: { words: 'the left end of the o track', goTo: { control: 'o' } },
    source: `${ISOTROPIC_PAPER} (saturation); the limit 0.995 is this lab’s`,
    related: ['length-o', 'z-norm', 'gradient-along', 'lambda'],
  },
  {
    id: 'gradient-along',
    term: 'gradient along z, across z',
    synonyms: ['gradient along z', 'gradient across z', 'radial', 'tangential', 'gauges'],
    sentence:
      'How well a layer still learns: along z what would make z longer or shorter, across z what would turn it. On the shell only the second is left.',
    formula:
      '\\text{along: } s + g\\,\\lVert z \\rVert^2,\\qquad \\text{across: } s,\\qquad g = \\frac{\\operatorname{sech}^2 m - s}{m^2}',
    where: { words: 'o hand › gauges', goTo: { control: 'o' } },
    source: `${OURS}, from the definition in ${ISOTROPIC_PAPER}`,
    related: ['shell', 'gradient', 'scalar-s'],
  },
  {
    id: 'basis',
    term: 'basis',
    synonyms: ['bases', 'present basis', 'basis as trained', 'turn'],
    sentence:
      'The directions along which a layer’s numbers are counted, like east and north on a map. Turn the map and all coordinates change, while every town stays where it is.',
    formula: 'h \\to R^{\\mathsf T} h,\\qquad R^{\\mathsf T} R = I',
    where: { words: 'the third hand', goTo: { control: 'basis' } },
    source: ISOTROPIC_PAPER,
    related: ['isotropic-activation', 'diagonal-basis', 'rotation'],
  },
  {
    id: 'rotation',
    term: 'rotation',
    synonyms: ['rotate', 'random rotation'],
    sentence:
      'Turns a layer’s basis at random, so that each neuron becomes a mixture of all. An isotropic network answers as before, an elementwise one does not.',
    formula: 'W_l \\to R^{\\mathsf T} W_l,\\qquad W_{l+1} \\to W_{l+1} R',
    where: { words: 'Basis › Rotate', goTo: { control: 'rotate' } },
    source: ISOTROPIC_PAPER,
    related: ['basis', 'path-of-bases', 'max-delta-logit'],
  },
  {
    id: 'singular-value',
    term: 'singular value',
    symbol: 'σ',
    synonyms: ['singular values', 'sigma', 'SVD', 'spectrum', 'outline'],
    sentence:
      'How much a layer’s weights stretch what they read along one of their own directions. Drawn as the outline of a bar; no turning of the basis changes it.',
    formula:
      'W = R\\,\\Lambda\\,Q^{\\mathsf T},\\qquad \\Lambda = \\operatorname{diag}(\\sigma_1 \\ge \\sigma_2 \\ge \\dots)',
    where: { words: 'the outlines on the stage; lens Spectrum', goTo: { lens: 'spectrum', view: 'now' } },
    source: 'Golub & Van Loan, Matrix Computations',
    related: ['row-norm', 'diagonal-basis', 'theta', 'plateau', 'ridgelines'],
  },
  {
    id: 'plateau',
    term: 'plateau',
    synonyms: ['clear of the plateau', 'stand clear', 'above 1.2', 'bars in use'],
    sentence:
      'The singular values that have stayed near 1, where an orthogonal start puts them all. Those above 1.2 stand clear of it: directions that training has taken into use.',
    where: { words: 'lens Spectrum › Now', goTo: { lens: 'spectrum', view: 'now' } },
    source: `${OURS} (the limit 1.2)`,
    related: ['singular-value', 'initialisation', 'directions'],
  },
  {
    id: 'diagonal-basis',
    term: 'diagonal basis',
    synonyms: ['diagonal', 'singular basis', 'diagonalise', 'diagonalisation', 'keep diagonal'],
    sentence:
      'The basis in which each neuron reads one of the layer’s own directions and none of the others’, ordered by σ. There solid bars and outlines agree.',
    formula: 'R^{\\mathsf T} W = \\Lambda\\,Q^{\\mathsf T}',
    where: { words: 'Basis › Diagonalise, Keep diagonal', goTo: { control: 'diagonalise' } },
    source: ISOTROPIC_PAPER,
    related: ['singular-value', 'left-diagonalisation', 'full-diagonalisation', 'bar'],
  },
  {
    id: 'left-diagonalisation',
    term: 'left diagonalisation',
    synonyms: ['left', 'left-partial diagonalisation', 'left and full diagonalisation'],
    sentence:
      'Turns only the side of a weight matrix that belongs to its own neurons: they get the diagonal basis, and the next layer is turned back, so the answers stay.',
    formula: 'W_l \\to R^{\\mathsf T} W_l,\\qquad b_l \\to R^{\\mathsf T} b_l,\\qquad W_{l+1} \\to W_{l+1} R',
    where: { words: 'Basis › left', goTo: { control: 'basis' } },
    source: ISOTROPIC_PAPER,
    related: ['full-diagonalisation', 'diagonal-basis', 'removal'],
  },
  {
    id: 'full-diagonalisation',
    term: 'full diagonalisation',
    synonyms: ['full'],
    sentence:
      'Turns both sides of a weight matrix, so that only its diagonal is not 0: each neuron reads a single neuron below. It needs isotropic layers on both sides.',
    formula:
      'W_l \\to R^{\\mathsf T} W_l\\,Q = \\Lambda,\\qquad W_{l-1} \\to Q^{\\mathsf T} W_{l-1},\\qquad W_{l+1} \\to W_{l+1} R',
    where: { words: 'Basis › full', goTo: { control: 'basis' } },
    source: ISOTROPIC_PAPER,
    related: ['left-diagonalisation', 'sparsify', 'diagonal-basis'],
  },
  {
    id: 'path-of-bases',
    term: 'path of bases',
    symbol: 't',
    synonyms: ['path', 'scrubber', 'scrub', 'position on the path of bases', 'turning'],
    sentence:
      'The way from the present basis to another in small turns, t from 0 to 1. At every t the picture is a real network with a basis of its own.',
    formula: 'R(t) = \\prod_k G_k(t\\,\\alpha_k),\\qquad R(0) = I,\\quad R(1) = R',
    where: { words: 'the slider of the Basis hand', goTo: { control: 'scrub' } },
    source: OURS,
    related: ['basis', 'rotation', 'max-delta-logit'],
  },
  {
    id: 'b-star',
    term: 'constant of a neuron',
    symbol: 'b*',
    synonyms: ['b star', 'its b*', 'constant'],
    sentence:
      'A neuron’s bias in the diagonal basis: what it would still pass on with σ = 0. When the neuron goes, this is what o and ψ take over.',
    formula: 'b_* = (R^{\\mathsf T} b)_{\\text{last}}',
    where: { words: 'lens Spectrum › Error law; inspector', goTo: { lens: 'spectrum', view: 'law' } },
    source: ISOTROPIC_PAPER,
    related: ['removal', 'bias', 'psi', 'length-o'],
  },
  {
    id: 'ridgelines',
    term: 'ridgelines',
    synonyms: ['ridgeline', 'ridge', 'ridges'],
    sentence:
      'One small hill for each moment of training, the latest lowest: high where many of the layer’s values lie. It shows how a whole crowd of numbers moves.',
    where: { words: 'lens Spectrum › Ridgelines', goTo: { lens: 'spectrum', view: 'ridges' } },
    source: `${ISOTROPIC_PAPER}, section 3, Fig. 2`,
    related: ['singular-value', 'bias', 'plateau'],
  },
  {
    id: 'precomputed',
    term: 'precomputed',
    synonyms: ['all matrix products at once', 'generalised isotropic perceptron', 'in turn', 'layered'],
    sentence:
      'Another way to evaluate an isotropic network: all layers’ matrix products are taken at once, straight from the image; only one number per layer, its factor s, has to wait.',
    formula:
      'z_l = \\Bigl(\\prod_{i<l} s_i\\Bigr) A_l\\,x + \\sum_{k \\le l} \\Bigl(\\prod_{i=k}^{l-1} s_i\\Bigr) c_{l,k},\\qquad A_l = W_l \\cdots W_0',
    where: { words: 'lens Spectrum › Sparsity', goTo: { lens: 'spectrum', view: 'sparsity' } },
    source: `${ISOTROPIC_PAPER} (claim); the formula is derived here`,
    related: ['scalar-s', 'sparsify', 'multiply'],
  },
];
