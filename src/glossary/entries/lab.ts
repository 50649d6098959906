import { OURS } from '../sources';
import type { GlossaryEntry } from '../types';

/** What the parts of the page are called. */
export const LAB_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'stage',
    term: 'stage',
    synonyms: ['picture of the network', 'drawing'],
    sentence:
      'The picture in the middle: the network as it is at this moment, from the image on the left to the classes on the right. Nothing on it is made up.',
    where: { words: 'the middle of the page' },
    source: OURS,
    related: ['bar', 'tile', 'weights', 'image-under-study', 'lens'],
  },
  {
    id: 'bar',
    term: 'bar',
    synonyms: ['bars', 'solid bar'],
    sentence:
      'Stands for one neuron. Solid is its row norm in the present basis; the outline is the singular value it would have in the diagonal basis.',
    where: { words: 'the stage' },
    source: OURS,
    related: ['row-norm', 'singular-value', 'scaffold-neuron', 'mean-square-activation'],
  },
  {
    id: 'tile',
    term: 'tile',
    synonyms: ['tiles', 'wall of tiles', 'largest units', 'what it reads'],
    sentence:
      'A neuron’s weights drawn as a small picture of what it looks for: green where a brighter pixel raises its sum, purple where it lowers it.',
    where: { words: 'left on the stage; “All 128…” shows every one' },
    source: OURS,
    related: ['weights', 'neuron', 'colour-scale'],
  },
  {
    id: 'colour-scale',
    term: 'colour scale',
    synonyms: ['colour', 'color scale', '99th percentile'],
    sentence:
      'The ± number beside a matrix is the weight at which the colours are full, purple for minus and green for plus. One weight in a hundred lies beyond it.',
    where: { words: 'beside every matrix and under the tiles' },
    source: OURS,
    related: ['weights', 'tile'],
  },
  {
    id: 'fit',
    term: 'fit',
    synonyms: ['empty frames', 'ghost outlines'],
    sentence:
      'Neurons that were removed leave empty frames on the stage, so that one sees what is gone. Fit closes them and gives the others the room.',
    where: { words: 'under the bars, after a removal' },
    source: OURS,
    related: ['removal', 'bar'],
  },
  {
    id: 'image-under-study',
    term: 'image under study',
    synonyms: ['this image', 'test image shown', 'image studied'],
    sentence:
      'The one test image whose way through the network the stage shows. Click another of the small ones to study that instead.',
    where: { words: 'left on the stage' },
    source: OURS,
    related: ['test-images', 'answer', 'stage', 'coach'],
  },
  {
    id: 'hand',
    term: 'hand',
    synonyms: ['hands', 'rail'],
    sentence: 'One of the four controls that act on the network while it learns: λ, o, Basis, Neurons.',
    where: { words: 'the left edge of the page', goTo: { control: 'lambda' } },
    source: OURS,
    related: ['lambda', 'length-o', 'basis', 'neuron', 'lens'],
  },
  {
    id: 'focus-layer',
    term: 'focus layer',
    synonyms: ['layer in focus', 'focus', 'in focus'],
    sentence:
      'The hidden layer on which the hands act and which the stage shows at full size. Click another layer, or press its number, to change it.',
    where: { words: 'above the hands', goTo: { control: 'focus' } },
    source: OURS,
    related: ['layer', 'hand', 'stage'],
  },
  {
    id: 'lens',
    term: 'lens',
    synonyms: ['lenses', 'Learn', 'Energy', 'Spectrum', 'Compare', 'Tasks'],
    sentence:
      'A view on the right by which one judges the network, one at a time: does it learn, what does it cost, how many directions does it use.',
    where: { words: 'the right edge of the page', goTo: { lens: 'learn' } },
    source: OURS,
    related: ['stage', 'hand', 'ladder', 'waterfall'],
  },
  {
    id: 'timeline',
    term: 'timeline',
    synonyms: ['time line'],
    sentence:
      'The run so far as a thin line of its accuracy over the steps, with a pin wherever something was changed.',
    where: { words: 'the lower edge of the page' },
    source: OURS,
    related: ['pin', 'step', 'accuracy', 'coach'],
  },
  {
    id: 'pin',
    term: 'pin',
    synonyms: ['pins'],
    sentence:
      'A mark at the step at which something was changed: a hand moved, a basis turned, neurons removed, a task added. A click tells what it did.',
    where: { words: 'the timeline and the charts' },
    source: OURS,
    related: ['timeline', 'invariance-report', 'operation'],
  },
  {
    id: 'twin',
    term: 'twin',
    synonyms: [
      'twins',
      'λ = 0 twin',
      'tanh twin',
      'fixed-width twin',
      'twin from here',
      'ungrown',
      'ungrown twin',
      'twin strip',
    ],
    sentence:
      'A second network trained beside yours on the same batches, alike but for one thing: another activation function, no price on energy, or a fixed width. It is grey and dashed.',
    where: { words: 'lens Compare › Twin; under the stage', goTo: { lens: 'compare', view: 'twin' } },
    source: OURS,
    related: ['control', 'linear-baseline', 'rescaled-twin'],
  },
  {
    id: 'control',
    term: 'control',
    synonyms: ['controls the papers lack', 'our control', 'control experiment'],
    sentence:
      'The same again without the one thing a claim is about. If the control shows the effect too, that thing was not its cause.',
    where: { words: 'lens Compare › Twin; Experiments', goTo: { lens: 'compare', view: 'twin' } },
    source: OURS,
    related: ['twin', 'linear-baseline', 'experiment'],
  },
  {
    id: 'ladder',
    term: 'ladder',
    synonyms: ['λs', 'E against λ', 'accuracy against λ', 'copies'],
    sentence:
      'Copies of your network, each with a λ of its own, that learn beside it on the same batches: what λ does, seen at one glance.',
    where: { words: 'lens Compare › Ladder', goTo: { lens: 'compare', view: 'ladder' } },
    source: OURS,
    related: ['lambda', 'sweep-map', 'twin'],
  },
  {
    id: 'sweep-map',
    term: 'λ × o map',
    symbol: 'λ × o',
    synonyms: ['lambda o map', 'E over λ and o', 'sweep', 'map of lambda and o'],
    sentence:
      'Twenty-five copies of your network, with five values of λ and five of o, as a square coloured by energy. The dot is yours, and can be dragged.',
    where: { words: 'lens Compare › λ × o map', goTo: { lens: 'compare', view: 'map' } },
    source: OURS,
    related: ['lambda', 'length-o', 'ladder'],
  },
  {
    id: 'coach',
    term: 'coach',
    synonyms: ['coach line', 'guide'],
    sentence: 'The one line under the stage that says what can be seen now and offers a next thing to try.',
    where: { words: 'under the stage' },
    source: OURS,
    related: ['stage', 'hand'],
  },
  {
    id: 'inspector',
    term: 'inspector',
    synonyms: ['inspect', 'inspect a unit', 'singular vector'],
    sentence:
      'A close look at one neuron: what it reads, what it says to each class, which images drive it most, and what accuracy is lost without it.',
    where: { words: 'a click on a bar; key I', goTo: { place: 'inspector' } },
    source: OURS,
    related: ['neuron', 'outgoing', 'singular-value'],
  },
  {
    id: 'engine',
    term: 'engine',
    synonyms: [
      'engines',
      'WebGPU',
      'WebGL',
      'WebAssembly',
      'tfjs',
      'backend',
      'adapter',
      'software adapter',
      'compiled engine',
    ],
    sentence:
      'The part of the program that does the arithmetic, on the graphics card (WebGPU, WebGL) or on the processor (WebAssembly). The page measures which is fastest here.',
    where: { words: 'the engine in the bar; Set-up › Engine', goTo: { control: 'setup-engine' } },
    source: OURS,
    related: ['float64', 'step', 'pace'],
  },
  {
    id: 'pace',
    term: 'pace',
    synonyms: ['Watch', 'Fast', 'resting', 'speed'],
    sentence:
      'How fast training goes: Watch takes some 30 steps a second, for the eye; Fast as many as the machine can do.',
    where: { words: 'beside play', goTo: { control: 'play' } },
    source: OURS,
    related: ['step', 'engine'],
  },
  {
    id: 'preset',
    term: 'preset',
    synonyms: ['presets', 'set-up', 'setup', 'configuration'],
    sentence:
      'A set-up made ready in advance: data, network and settings with which something can be seen well.',
    where: { words: 'the search; Set-up', goTo: { control: 'setup-data' } },
    source: OURS,
    related: ['architecture', 'seed'],
  },
  {
    id: 'checkpoint',
    term: 'checkpoint',
    synonyms: ['your last run', 'last run', 'saved run'],
    sentence:
      'Your latest run, kept in this browser with its network and charts, so that the next visit can go on from there.',
    where: { words: 'offered at the next visit' },
    source: OURS,
    related: ['run', 'timeline'],
  },
];
