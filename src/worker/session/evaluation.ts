import type { DataSource } from '../../data/source';
import { toFloat64 } from '../../network/linearAlgebra';
import { crossEntropy } from '../../network/reference';
import { gatherImages } from '../../data/gather';
import { outputOf, taskOf } from '../../data/tasks';
import type { EngineModel, Observation } from '../../training/engine';
import type { Configuration } from '../../configuration/schema';
import type { EvaluationPoint } from '../protocol';
import type { Runner } from './runner';

/** Test images looked at while training; the whole split is for the pause. */
const WATCHED_IMAGES = 1000;
/** Test images of the invariance reports (float64). */
const PROBE_IMAGES = 512;

/** How many of the watched test images are there yet. */
export function watchedCount(source: DataSource): number {
  return Math.min(WATCHED_IMAGES, source.test.ready);
}

/** One look at the watched test images. */
export async function observeWatched(
  model: EngineModel,
  source: DataSource,
  { measure, energySite }: Pick<Configuration, 'measure' | 'energySite'>,
): Promise<Observation> {
  return model.observe('test', 0, watchedCount(source), measure, energySite);
}

/** What a network is asked: the tasks its blocks are of, and those being learnt (where the data are made of tasks). */
export interface EvaluationTask {
  blocks: readonly number[] | undefined;
  tasks: readonly number[];
}

/** Right answers of n images. */
export interface CorrectCounts {
  n: number;
  correct: number;
}

/** How an observation did. */
export interface EvaluationScore extends CorrectCounts {
  /** Mean cross-entropy over the n images of the tasks being learnt, nats. */
  loss: number;
  /** By task; null where the data are not made of tasks. Tasks without a block have n = 0. */
  byTask: CorrectCounts[] | null;
}

/**
 * Scores an observation that starts at test image `from`. Where the data are made of tasks, each image is scored within the block of
 * its task; loss and right answers are over images of the tasks being learnt, and per task over all that have a block.
 */
export function scoreObservation(
  seen: Observation,
  source: DataSource,
  from: number,
  asked: EvaluationTask,
): EvaluationScore {
  const labels = source.test.labels.subarray(from, from + seen.n);
  const { blocks, tasks } = asked;
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

/** Right answers as a share; 0 of none. */
export function answerShare({ n, correct }: CorrectCounts): number {
  return n > 0 ? correct / n : 0;
}

export function evaluationPoint(
  runner: Runner,
  source: DataSource,
  seen: Observation,
  asked: EvaluationTask,
): EvaluationPoint {
  const scored = scoreObservation(seen, source, 0, asked);
  const { byTask } = scored;
  const units = seen.unitMeanSquare.reduce((sum, layer) => sum + layer.length, 0);
  const alive = seen.unitMeanSquare.reduce((sum, layer) => sum + layer.filter((h2) => h2 > 1e-12).length, 0);
  return {
    runner: runner.id,
    step: runner.step,
    n: scored.n,
    accuracy: answerShare(scored),
    loss: scored.loss,
    ...(byTask && {
      taskAccuracy: byTask.map((own) => (own.n > 0 ? answerShare(own) : null)),
      taskImages: byTask.map(({ n }) => n),
    }),
    energy: seen.energy,
    layerEnergy: [...seen.layerEnergy],
    squaredNorms: seen.squaredNorms,
    unitMeanSquare: seen.unitMeanSquare,
    aliveUnits: units ? alive / units : 1,
  };
}

/**
 * The fixed probe of the invariance reports: the first PROBE test images, standardised, with labels; of a network with blocks
 * those of tasks that have one, and the output each is to answer with as its label.
 */
export function sessionProbe(
  source: DataSource,
  blocks?: readonly number[],
): { x: Float32Array; labels: Uint8Array; n: number } {
  const { test } = source;
  const indices = Uint32Array.from(
    [...test.labels.subarray(0, Math.min(PROBE_IMAGES, test.ready)).keys()].filter(
      (i) => outputOf(source, blocks, test.labels[i]) >= 0,
    ),
  );
  const n = indices.length;
  const x = new Float32Array(n * source.size * (blocks?.length ?? 1));
  gatherImages(source, test, indices, 0, n, x, null, blocks);
  return { x, labels: Uint8Array.from(indices, (i) => outputOf(source, blocks, test.labels[i])), n };
}

/** What each input of a network is where its pixel is 0: standardised, of a network with blocks each as its own task is. */
export function blackInputs(source: DataSource, blocks?: readonly number[]): Float32Array {
  const images = new Uint8Array(source.size);
  const perTask = source.classes / (source.tasks ?? 1);
  const out = new Float32Array(source.size * (blocks?.length ?? 1));
  (blocks ?? [0]).forEach((task, block) => {
    const labels = Uint8Array.of(task * perTask);
    const own = new Float32Array(source.size);
    const split = { images, labels, ready: 1, total: 1 };
    gatherImages(source, split, Uint32Array.of(0), 0, 1, own, null, blocks && [task]);
    out.set(own, block * source.size);
  });
  return out;
}
