import { resultsAt, levelsOf, runsOf } from '../../analysis';
import { formatInterval } from '../../../drawing/format';
import { factorialTrials } from '../../trials';
import type { RecipeAnalysis, TrialRun, Recipe, RecipeResults, RecipeSize, Trial } from '../../types';
import { DATASETS } from '../../../data/registry';
import { meanInterval, type ConfidenceInterval } from '../../../statistics/intervals';
import { mean, sum } from '../../../statistics/summary';

/** Tasks learnt in each of the four phases: one, two, all three, the second alone. */
const PHASES: readonly (readonly number[])[] = [[0], [0, 1], [0, 1, 2], [1]];
const NAMES = ['one task', 'two tasks', 'three tasks', 'one task again'];
const SHARED: RecipeSize['configuration'] = {
  data: 'tasks',
  activation: 'isotropic-tanh',
  oMode: 'trained',
  psi: 'decay',
  initialisation: 'orthogonal',
  optimiser: 'adamw',
  weightDecay: 1e-3,
  decayAll: true,
  tasks: [0],
};

const SIZES: Recipe['sizes'] = {
  tiny: {
    seeds: 1,
    levels: { kind: ['adapting', 'fixed'], blocks: ['drop'] },
    duration: { steps: 20 },
    configuration: {
      ...SHARED,
      hidden: [8, 8],
      batch: 32,
      learningRate: 3e-3,
      adaptEvery: 5,
      scaffold: 2,
      theta: 1.05,
    },
    images: { train: 2048, test: 150 },
  },
  quick: {
    seeds: 3,
    levels: { kind: ['adapting', 'fixed'], blocks: ['drop', 'mask'] },
    duration: { steps: 960 },
    configuration: {
      ...SHARED,
      hidden: [32, 32],
      batch: 64,
      learningRate: 3e-3,
      adaptEvery: 20,
      scaffold: 4,
      theta: 1.05,
      adaptCap: 96,
    },
    images: { test: 1500 },
  },
  class: {
    seeds: 5,
    levels: { kind: ['adapting', 'fixed'], blocks: ['drop', 'mask'] },
    duration: { steps: 4000 },
    configuration: {
      ...SHARED,
      hidden: [40, 40],
      batch: 128,
      learningRate: 3e-3,
      adaptEvery: 20,
      scaffold: 4,
      theta: 1.05,
      adaptCap: 128,
    },
    images: { test: 3000 },
  },
  full: {
    seeds: 25,
    levels: { kind: ['adapting', 'fixed'], blocks: ['mask', 'drop'] },
    duration: { epochs: 600 },
    configuration: {
      ...SHARED,
      hidden: [32, 32, 32],
      batch: 144,
      learningRate: 1e-3,
      adaptEvery: 0,
      scaffold: 5,
      theta: 0.95,
      adaptCap: 512,
    },
  },
};

const width = (phase: number): string => `units after ${phase + 1}`;
const accuracy = (phase: number): string => `accuracy after ${phase + 1}`;

async function run(trialRun: TrialRun, { steps }: Trial): Promise<Record<string, number | null>> {
  const metrics: Record<string, number | null> = {};
  for (const [phase, tasks] of PHASES.entries()) {
    if (phase > 0) await trialRun.set({ tasks: [...tasks] });
    await trialRun.train(Math.round(((phase + 1) * steps) / PHASES.length) - trialRun.step);
    const seen = await trialRun.evaluate();
    metrics[width(phase)] = sum(trialRun.hidden);
    metrics[accuracy(phase)] = seen.accuracy;
    trialRun.record('hidden units', trialRun.step, sum(trialRun.hidden));
    seen.taskAccuracy?.forEach((own, task) => {
      if (own !== null && tasks.includes(task))
        trialRun.record(`accuracy of task ${task + 1}`, trialRun.step, own);
    });
  }
  return metrics;
}

function analyse({ done }: RecipeResults): RecipeAnalysis {
  const blocks = levelsOf<string>(done, 'blocks');
  const cell = (kind: string, how: string) => resultsAt(done, { kind, blocks: how });
  const change = (how: string, from: number, to: number): ConfidenceInterval =>
    meanInterval(
      cell('adapting', how).flatMap(({ metrics }) => {
        const [a, b] = [metrics[width(from)], metrics[width(to)]];
        return a == null || b == null ? [] : [b - a];
      }),
    );
  const of = (kind: string, how: string, id: string): ConfidenceInterval =>
    meanInterval(runsOf(cell(kind, how), id).map((one) => one.value));
  const words = (how: string): string =>
    how === 'drop' ? 'blocks dropped with their task' : 'blocks kept, never shown';
  const layers = Math.max(
    0,
    ...done.map(
      ({ series }) => Object.keys(series).filter((name) => name.startsWith('width of layer')).length,
    ),
  );
  return {
    found: blocks
      .map(
        (how) =>
          `With ${words(how)} a second task adds ${formatInterval(change(how, 0, 1), 'number')} hidden units, a third ${formatInterval(change(how, 1, 2), 'number')}, and their end changes the count by ${formatInterval(change(how, 2, 3), 'number')}.`,
      )
      .join(' '),
    criteria: blocks.flatMap((how) => [
      {
        label: `the network grows as a second task comes (${words(how)})`,
        interval: change(how, 0, 1),
        above: 0,
      },
      { label: `and as a third comes (${words(how)})`, interval: change(how, 1, 2), above: 0 },
      { label: `it shrinks as two tasks go (${words(how)})`, interval: change(how, 2, 3), below: 0 },
    ]),
    main: {
      kind: 'lines',
      id: 'widths',
      title: 'Width of the hidden layers as tasks come and go',
      about: 'One line a run and layer; fixed-width networks stay where they began.',
      x: { scale: 'linear', label: 'Step', format: 'count' },
      y: { scale: 'linear', label: 'Units', format: 'count' },
      lines: blocks.flatMap((how) =>
        cell('adapting', how).flatMap(({ series, seed, trial }) =>
          Array.from({ length: layers }, (_, l) => `width of layer ${l + 1}`)
            .filter((name) => name in series)
            .map((name, l) => ({
              label: `layer ${l + 1}, ${how}, seed ${seed}`,
              x: series[name].x,
              y: series[name].y,
              trial,
            })),
        ),
      ),
      marks: PHASES.slice(1).map((_, phase) => ({
        axis: 'x' as const,
        value: ((phase + 1) * (done[0]?.steps ?? 0)) / PHASES.length,
        label: NAMES[phase + 1],
      })),
    },
    tables: [
      {
        id: 'phases',
        title: 'At the end of each phase',
        columns: [
          { label: 'Network' },
          { label: 'Blocks' },
          { label: 'Phase' },
          { label: 'n', format: 'count' },
          { label: 'Hidden units' },
          { label: 'Accuracy on the tasks learnt' },
        ],
        rows: blocks.flatMap((how) =>
          levelsOf<string>(done, 'kind').flatMap((kind) =>
            PHASES.map((tasks, phase) => [
              kind,
              words(how),
              `${NAMES[phase]}: ${tasks.map((task) => DATASETS.tasks.tasks?.[task] ?? task + 1).join(', ')}`,
              of(kind, how, width(phase)).n,
              formatInterval(of(kind, how, width(phase)), 'number'),
              formatInterval(of(kind, how, accuracy(phase)), 'share'),
            ]),
          ),
        ),
      },
    ],
    effects: blocks.map((how) => {
      const seeds = cell('adapting', how).flatMap((own) => {
        const twin = cell('fixed', how).find(({ seed }) => seed === own.seed);
        if (!twin) return [];
        const gaps = PHASES.map((_, phase) => [own.metrics[accuracy(phase)], twin.metrics[accuracy(phase)]]);
        return gaps.some(([a, b]) => a == null || b == null)
          ? []
          : [mean(gaps.map(([a, b]) => 100 * (Number(a) - Number(b))))];
      });
      return {
        label: `adapting less fixed width (${words(how)})`,
        kind: 'difference of accuracy over the four phases, points',
        interval: meanInterval(seeds),
        format: 'points',
      };
    }),
  };
}

/** Isotropic paper, Exp 3 (Fig. 3, Table 5): a network that adapts its widths as tasks come and go, with its fixed-width twin. */
export const scheduledTasks: Recipe = {
  id: 'scheduled-tasks',
  version: 1,
  question: 'Does a network that adapts grow with a new task, and shrink when tasks go?',
  source: { paper: 'isotropic', where: 'Fig. 3 and Table 5 (Exp 3)' },
  doesNotShow:
    'That adapting beats a network of the right fixed width from the start; or that forgotten tasks could be had back. Nor that all growth after a switch is owed to it: a width may still be rising from the switch before.',
  howToRead:
    'Vertical lines are switches of tasks. A step up is units grown for a task, a step down units given up.',
  rule: 'Reproduced if, whether blocks are dropped or masked, the 95 % interval of the change in hidden units lies above 0 at the second and the third task and below 0 when two tasks go; not reproduced if one of them lies wholly on the other side. Judged at full size only: without their task masked directions shrink by weight decay alone, learning rate · decay · steps, which is next to nothing in a short phase.',
  minimumSeeds: 3,
  judgedFrom: 'full',
  published: [],
  differences: {
    always: [
      'The paper masks tasks that are away; dropping their blocks is our addition, as masking leaves their directions in place.',
      'Missing singular values count as small: the official rule lets a layer wider than its input grow for ever.',
      'Letters are rendered from fonts, not EMNIST.',
    ],
    quick: [
      'Where blocks are masked, weight decay takes 0.07 % off the directions of the tasks that went in the 240 steps that are left; the paper’s 150,000 steps take 14 %.',
      'Four phases of 240 steps, θ = 1.05 and S = 4 at learning rate 0.003; the paper has 150 epochs a phase, θ = 0.95, S = 5, learning rate 0.001.',
    ],
    class: [
      'Four phases of 1,000 steps, θ = 1.05 and S = 4 at learning rate 0.003; weight decay takes 0.3 % off masked directions.',
    ],
    full: [
      'An epoch is 222 steps, as all sets are cut to the 10,620 letters; the paper’s has 1,000. Weight decay takes 3 % off masked directions where the paper’s takes 14 %.',
      'Widths start at 32 units a layer, the paper’s between 500 and 2,500.',
    ],
    tiny: ['Phases of 5 steps, one seed.'],
  },
  factors: [
    { id: 'kind', label: 'Network' },
    { id: 'blocks', label: 'Blocks of tasks that go' },
  ],
  sizes: SIZES,
  metrics: PHASES.flatMap((_, phase) => [
    { id: width(phase), label: `Hidden units after ${NAMES[phase]}`, unit: '', format: 'count' as const },
    {
      id: accuracy(phase),
      label: `Accuracy on the tasks learnt, after ${NAMES[phase]}`,
      unit: '%',
      format: 'share' as const,
    },
  ]),
  trials: (size, options = {}) =>
    factorialTrials(SIZES[size], options, ({ kind, blocks }) => ({
      adapt: kind === 'adapting',
      taskBlocks: blocks === 'drop' ? 'drop' : 'mask',
    })),
  run,
  analyse,
};
