import type { DataSource } from '../data/source';
import type { Configuration } from '../configuration/schema';
import { outputOf, taskOf } from '../data/tasks';
import { energyMeasure } from '../energy/measures';
import { toFloat64 } from '../network/linearAlgebra';
import { crossEntropy } from '../network/reference';
import type { Observation } from '../training/engine';

/** What a network is scored on: the tasks its blocks are of, and those being learnt (where the data are made of tasks). */
export interface EvaluationTask {
  blocks: readonly number[] | undefined;
  tasks: readonly number[];
}

/** How many of n images were answered correctly. */
export interface CorrectCounts {
  n: number;
  correct: number;
}

/** How a network did on the images of an observation. */
export interface EvaluationScore extends CorrectCounts {
  /** Mean cross-entropy over the n images of the tasks being learnt, nats. */
  loss: number;
  /** By task; null where the data are not made of tasks. Tasks without a block have n = 0. */
  byTask: CorrectCounts[] | null;
}

/**
 * Scores an observation of test images that begins at image `from`. Where the data are made of tasks, each image is scored within the
 * block of its task; loss and right answers are over images of the tasks being learnt, and per task over all that have a block.
 */
export function scoreObservation(
  seen: Observation,
  source: DataSource,
  from: number,
  { blocks, tasks }: EvaluationTask,
): EvaluationScore {
  const labels = source.test.labels.subarray(from, from + seen.n);
  if (!source.tasks || !blocks) {
    const { loss, correct } = crossEntropy(toFloat64(seen.logits), labels, seen.n, source.classes);
    return { loss, correct, n: seen.n, byTask: null };
  }
  const outputs = seen.logits.length / seen.n;
  const byTask = Array.from({ length: source.tasks }, () => ({ n: 0, correct: 0 }));
  const all = { n: 0, correct: 0, loss: 0 };
  for (const task of blocks) {
    const own = [...labels.keys()].filter((i) => taskOf(source, labels[i]) === task);
    const logits = new Float64Array(own.length * outputs);
    own.forEach((i, k) => logits.set(seen.logits.subarray(i * outputs, (i + 1) * outputs), k * outputs));
    const targets = own.map((i) => outputOf(source, blocks, labels[i]));
    const { loss, correct } = crossEntropy(logits, targets, own.length, outputs, blocks.length);
    byTask[task] = { n: own.length, correct };
    if (!tasks.includes(task) || own.length === 0) continue;
    all.loss = (all.loss * all.n + loss * own.length) / (all.n + own.length);
    all.n += own.length;
    all.correct += correct;
  }
  return { ...all, byTask };
}

/** Right answers as a share, 0 … 1; 0 where there were no images. */
export function answerShare({ n, correct }: CorrectCounts): number {
  return n > 0 ? correct / n : 0;
}

/** What a network does on all test images of its data (those of the tasks being learnt). */
export interface Evaluation {
  n: number;
  /** Share of right answers. */
  accuracy: number;
  /** Mean cross-entropy, nats. */
  loss: number;
  /** E of the network by the configured measure, and E of each hidden layer. */
  energy: number;
  layerEnergy: number[];
  /** By task, null for tasks without a block; null where the data are not made of tasks. */
  taskAccuracy: (number | null)[] | null;
}

/** Images of one forward pass of an evaluation: bounds the memory of a group of networks. */
const CHUNK = 1000;

/**
 * The evaluation of a network on a whole test split, a thousand images at a time, so that other work can go on between two passes. The
 * network must stay as it is until all are done. E is the mean over the passes, each by its images.
 */
export class TestEvaluation {
  private from = 0;
  private readonly counts = { n: 0, correct: 0, loss: 0 };
  private readonly byTask: CorrectCounts[];
  private layerEnergy: number[] = [];

  /** `look` is a forward pass over `count` test images from image `from` on. */
  constructor(
    private readonly source: DataSource,
    private readonly asked: EvaluationTask,
    private readonly look: (from: number, count: number) => Promise<Observation>,
  ) {
    this.byTask = Array.from({ length: source.tasks ?? 0 }, () => ({ n: 0, correct: 0 }));
  }

  /** Whether all test images have been looked at. */
  get done(): boolean {
    return this.from >= this.source.test.total;
  }

  /** Looks at the next images. */
  async advance(): Promise<void> {
    const { source, from, counts } = this;
    const { total } = source.test;
    const seen = await this.look(from, Math.min(CHUNK, total - from));
    this.from += seen.n;
    const share = seen.n / total;
    this.layerEnergy = Array.from(seen.layerEnergy, (e, l) => (this.layerEnergy[l] ?? 0) + share * e);
    const scored = scoreObservation(seen, source, from, this.asked);
    counts.loss += scored.loss * scored.n;
    counts.n += scored.n;
    counts.correct += scored.correct;
    scored.byTask?.forEach(({ n, correct }, task) => {
      this.byTask[task].n += n;
      this.byTask[task].correct += correct;
    });
  }

  /** What has come out; of the images looked at so far. */
  result(measure: Configuration['measure']): Evaluation {
    const { counts, layerEnergy, byTask, source } = this;
    return {
      n: counts.n,
      accuracy: answerShare(counts),
      loss: counts.n > 0 ? counts.loss / counts.n : NaN,
      energy: energyMeasure(measure).combine(layerEnergy),
      layerEnergy,
      taskAccuracy: source.tasks ? byTask.map((own) => (own.n > 0 ? answerShare(own) : null)) : null,
    };
  }
}

/** A whole evaluation at once. */
export async function evaluateTest(
  look: (from: number, count: number) => Promise<Observation>,
  source: DataSource,
  { measure, tasks }: Pick<Configuration, 'measure' | 'tasks'>,
  blocks: readonly number[] | undefined,
): Promise<Evaluation> {
  const evaluation = new TestEvaluation(source, { blocks, tasks }, look);
  while (!evaluation.done) await evaluation.advance();
  return evaluation.result(measure);
}
