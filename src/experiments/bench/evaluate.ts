import type { DataSource } from '../../data/source';
import type { Configuration } from '../../configuration/schema';
import { energyMeasure } from '../../energy/measures';
import type { Observation } from '../../training/engine';
import { type CorrectCounts, answerShare, scoreObservation } from '../../worker/session/evaluation';
import type { Evaluation } from '../types';

/** Images in one look: bounds the memory of a group of networks. */
const CHUNK = 1000;

/**
 * What a network does on all test images of a source, looked at `CHUNK` at a time; `look` is the engine's observe. E is the mean over the
 * chunks, each by its images.
 */
export async function evaluateTest(
  look: (from: number, count: number) => Promise<Observation>,
  source: DataSource,
  { measure, tasks }: Pick<Configuration, 'measure' | 'tasks'>,
  blocks: readonly number[] | undefined,
): Promise<Evaluation> {
  const total = source.test.total;
  const all: CorrectCounts & { loss: number } = { n: 0, correct: 0, loss: 0 };
  const byTask: CorrectCounts[] = Array.from({ length: source.tasks ?? 0 }, () => ({ n: 0, correct: 0 }));
  let layerEnergy: number[] = [];
  for (let from = 0; from < total; from += CHUNK) {
    const seen = await look(from, Math.min(CHUNK, total - from));
    const share = seen.n / total;
    layerEnergy = Array.from(seen.layerEnergy, (energy, l) => (layerEnergy[l] ?? 0) + share * energy);
    const scored = scoreObservation(seen, source, from, { blocks, tasks });
    all.loss += scored.loss * scored.n;
    all.n += scored.n;
    all.correct += scored.correct;
    scored.byTask?.forEach(({ n, correct }, task) => {
      byTask[task].n += n;
      byTask[task].correct += correct;
    });
  }
  return {
    n: all.n,
    accuracy: answerShare(all),
    loss: all.n > 0 ? all.loss / all.n : NaN,
    energy: energyMeasure(measure).combine(layerEnergy),
    layerEnergy,
    taskAccuracy: source.tasks ? byTask.map((own) => (own.n > 0 ? answerShare(own) : null)) : null,
  };
}
