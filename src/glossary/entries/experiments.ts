import { ENERGY_PAPER, OURS } from '../sources';
import type { GlossaryEntry } from '../types';

const COHEN = 'Cohen 1973; Olejnik & Algina 2003';

/** How claims are tried, and what may be concluded. */
export const EXPERIMENTS_ENTRIES: readonly GlossaryEntry[] = [
  {
    id: 'experiment',
    term: 'experiment',
    synonyms: ['experiments', 'recipe', 'recipes', 'workbench'],
    sentence:
      'A figure or table of a paper, or a control it lacks, made again here: a list of runs, and the rule by which they will be judged.',
    where: { words: 'Menu › Experiments', goTo: { place: 'experiments' } },
    source: OURS,
    related: ['run', 'verdict', 'experiment-size', 'control'],
  },
  {
    id: 'run',
    term: 'run',
    synonyms: ['runs', 'trial', 'trials'],
    sentence: 'One training from its start to its end, with one choice of settings and one seed.',
    where: { words: 'Menu › Experiments', goTo: { place: 'experiments' } },
    source: OURS,
    related: ['seed', 'experiment', 'diverged', 'shard', 'checkpoint'],
  },
  {
    id: 'experiment-size',
    term: 'size of an experiment',
    synonyms: ['tiny', 'quick', 'full', 'experiment size'],
    sentence:
      'How many and how long its runs are. Quick takes minutes, class a lesson, full is as near to the paper as we know it; tiny only shows that it works.',
    where: { words: 'Experiments › Run it here', goTo: { place: 'experiments' } },
    source: OURS,
    related: ['experiment', 'run', 'n'],
  },
  {
    id: 'factor-level',
    term: 'factor and level',
    synonyms: ['factors', 'level', 'levels', 'cell'],
    sentence:
      'A factor is something that an experiment varies, such as the data set; its levels are the values it takes. One level of each factor makes a cell.',
    where: { words: 'Experiments › What was run', goTo: { place: 'experiments' } },
    source: 'Montgomery, Design and Analysis of Experiments',
    related: ['anova', 'interaction', 'run'],
  },
  {
    id: 'verdict',
    term: 'verdict',
    synonyms: [
      'reproduced',
      'not reproduced',
      'cannot say',
      'the rule',
      'rule',
      'met',
      'missed',
      'open',
      'outcome',
    ],
    sentence:
      'Reproduced, not reproduced, or cannot say: found by a rule that was fixed before the runs. Every part of it asks an interval to lie wholly within bounds.',
    where: { words: 'Experiments, beside every result', goTo: { place: 'experiments' } },
    source: OURS,
    related: ['interval', 'experiment', 'n'],
  },
  {
    id: 'interval',
    term: 'interval',
    synonyms: ['95 % interval', 'confidence interval', 'intervals', 'bootstrap', 'error bar'],
    sentence:
      'A range around a mean, as wide as chance makes it uncertain. Of a hundred 95 % intervals made in this way, about 95 hold the true value.',
    formula: '\\bar v \\pm t_{n-1}\\,\\frac{s}{\\sqrt n}',
    where: { words: 'Experiments, in every plot and table', goTo: { place: 'experiments' } },
    source: 'Student 1908; bootstrap: Efron 1987',
    related: ['verdict', 'standard-deviation', 'n', 'effect-size'],
  },
  {
    id: 'effect-size',
    term: 'effect size',
    synonyms: ['effect sizes', 'effect'],
    sentence: 'How large a difference is, which is another question than how sure we are that there is one.',
    where: { words: 'Experiments › Effect sizes', goTo: { place: 'experiments' } },
    source: COHEN,
    related: ['partial-eta', 'omega', 'interval'],
  },
  {
    id: 'anova',
    term: 'analysis of variance',
    symbol: 'ANOVA',
    synonyms: ['variance', 'F', 'SS', 'df', 'sum of squares of an effect'],
    sentence:
      'Splits how much results vary into parts: what is due to one factor, what to another, what to their meeting, and what to chance.',
    formula: 'SS_{\\text{total}} = SS_A + SS_D + SS_{A \\times D} + SS_{\\text{error}}',
    where: { words: 'Experiments › architecture by data set', goTo: { place: 'experiments' } },
    source: 'Fisher 1925',
    related: ['interaction', 'eta', 'factor-level', 'p-value'],
  },
  {
    id: 'interaction',
    term: 'interaction',
    synonyms: ['architecture × data', 'architecture by data set'],
    sentence:
      'Where the effect of one factor depends on another: an architecture that is best on pictures and worst on texts.',
    formula: '(ad)_{ij} = \\bar v_{ij} - \\bar v_{i\\cdot} - \\bar v_{\\cdot j} + \\bar v',
    where: { words: 'Experiments › architecture by data set', goTo: { place: 'experiments' } },
    source: `${ENERGY_PAPER}, abstract; Fisher 1925`,
    related: ['anova', 'partial-eta', 'rank-variance'],
  },
  {
    id: 'eta',
    term: 'eta squared',
    symbol: 'η²',
    synonyms: ['eta2', 'eta²', 'eta^2'],
    sentence:
      'The share of all variation in the results that is due to one factor. The shares of all factors and of chance add up to 1.',
    formula: '\\eta^2 = \\frac{SS_{\\text{effect}}}{SS_{\\text{total}}}',
    where: { words: 'Experiments › Effect sizes', goTo: { place: 'experiments' } },
    source: COHEN,
    related: ['partial-eta', 'omega', 'anova'],
  },
  {
    id: 'partial-eta',
    term: 'partial eta squared',
    symbol: 'partial η²',
    synonyms: ['partial eta2', 'partial eta²', 'η²p'],
    sentence:
      'What one factor explains of the variation that it and chance make up between them, all other factors set aside. It is no share of the whole: several may add up to more than 1.',
    formula: '\\eta_p^2 = \\frac{SS_{\\text{effect}}}{SS_{\\text{effect}} + SS_{\\text{error}}}',
    where: { words: 'Experiments › Effect sizes', goTo: { place: 'experiments' } },
    source: `${COHEN}; used in ${ENERGY_PAPER}`,
    related: ['eta', 'omega', 'interaction'],
  },
  {
    id: 'omega',
    term: 'omega squared',
    symbol: 'ω²',
    synonyms: ['omega2', 'partial ω²', 'partial omega squared', 'omega²'],
    sentence:
      'Like η², less what chance alone would bring about in so few runs. So it may come out below 0, where there is no effect at all.',
    formula:
      '\\omega^2 = \\frac{SS_{\\text{effect}} - df_{\\text{effect}}\\,MS_{\\text{error}}}{SS_{\\text{total}} + MS_{\\text{error}}}',
    where: { words: 'Experiments › Effect sizes', goTo: { place: 'experiments' } },
    source: 'Hays 1963',
    related: ['eta', 'partial-eta', 'anova'],
  },
  {
    id: 'p-value',
    term: 'p value',
    symbol: 'p',
    synonyms: ['p-value', 'significance', 'p, permuted'],
    sentence:
      'How often chance alone would bring about an effect at least as large as the one seen, if there were none. Permuted: found by shuffling the results.',
    formula: 'p = P(F \\ge f \\mid \\text{no effect})',
    where: { words: 'Experiments › architecture by data set', goTo: { place: 'experiments' } },
    source: 'Fisher 1925; shuffling: Freedman & Lane 1983',
    related: ['anova', 'effect-size', 'interval'],
  },
  {
    id: 'coefficient-of-variation',
    term: 'coefficient of variation',
    symbol: 'CV',
    synonyms: ['variation', 'seed variability'],
    sentence: 'The standard deviation as a share of the mean: by how many per cent repeats differ.',
    formula: '\\mathrm{CV} = \\frac{s}{\\bar v}',
    where: { words: 'Experiments › how much depends on luck', goTo: { place: 'experiments' } },
    source: `${ENERGY_PAPER}, Fig. 6`,
    related: ['standard-deviation', 'seed'],
  },
  {
    id: 'rank-variance',
    term: 'rank variance',
    synonyms: ['variance of ranks', 'rank', 'variance of an architecture’s rank'],
    sentence:
      'How much an architecture’s place among the others changes from one data set to the next: 0 if it always comes in at the same place.',
    formula: '\\frac{1}{D} \\sum_{d=1}^{D} (r_{a,d} - \\bar r_a)^2',
    where: { words: 'Experiments › architecture by data set', goTo: { place: 'experiments' } },
    source: `${ENERGY_PAPER}, Fig. 3`,
    related: ['interaction', 'architecture'],
  },
  {
    id: 'compression-ratio',
    term: 'compression ratio',
    synonyms: ['compression', 'layer 1 / layer 2'],
    sentence: 'How many times more directions the activations fill in one hidden layer than in the next.',
    formula: '\\frac{\\text{directions of layer 1}}{\\text{directions of layer 2}}',
    where: { words: 'Experiments › compression', goTo: { place: 'experiments' } },
    source: `${ENERGY_PAPER}, Fig. 2; the definition is our reading`,
    related: ['directions', 'glia-ratio', 'our-reading'],
  },
  {
    id: 'pareto-front',
    term: 'Pareto front',
    synonyms: ['pareto', 'on the front', 'front'],
    sentence:
      'The networks that no other beats in both things at once: whichever is more accurate costs more, and whichever costs less is less accurate.',
    where: { words: 'Experiments › efficiency', goTo: { place: 'experiments' } },
    source: `${ENERGY_PAPER}, Fig. 4`,
    related: ['joule', 'accuracy'],
  },
  {
    id: 'diverged',
    term: 'diverged',
    synonyms: ['diverge', 'diverged run', 'failed run'],
    sentence:
      'Said of a run that broke down: its loss or energy is no number any more. It is counted, and left out of the means.',
    where: { words: 'Experiments › Status', goTo: { place: 'experiments' } },
    source: OURS,
    related: ['run', 'learning-rate'],
  },
  {
    id: 'shard',
    term: 'shard',
    synonyms: ['shards', '--shard', 'shard K/N'],
    sentence:
      'One of several parts into which the runs of an experiment are divided, so that several computers can share the work.',
    where: { words: 'the command line: --shard K/N', goTo: { place: 'experiments' } },
    source: OURS,
    related: ['experiment', 'run'],
  },
];
