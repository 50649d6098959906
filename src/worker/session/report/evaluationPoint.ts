import type { DataSource } from '../../../data/source';
import type { Configuration } from '../../../configuration/schema';
import { answerShare, type EvaluationTask, scoreObservation } from '../../../run/evaluation';
import type { EngineModel, Observation } from '../../../training/engine';
import type { EvaluationPoint } from '../../protocol';
import type { ReportedNetwork } from '../networks/sessionRun';
import { watchedCount } from './watched';

/** A forward pass over the watched test images, by the measure and at the site of a configuration. */
export async function observeWatched(
  model: EngineModel,
  source: DataSource,
  { measure, energySite }: Pick<Configuration, 'measure' | 'energySite'>,
): Promise<Observation> {
  return model.observe('test', 0, watchedCount(source), measure, energySite);
}

/** A unit is alive on the watched images where its mean h² is above this. */
const ALIVE = 1e-12;

/** What the page is told of an observation of the watched test images. */
export function evaluationPoint(
  { id, step }: ReportedNetwork,
  source: DataSource,
  seen: Observation,
  asked: EvaluationTask,
): EvaluationPoint {
  const scored = scoreObservation(seen, source, 0, asked);
  const { byTask } = scored;
  const units = seen.unitMeanSquare.reduce((sum, layer) => sum + layer.length, 0);
  const alive = seen.unitMeanSquare.reduce((sum, layer) => sum + layer.filter((h2) => h2 > ALIVE).length, 0);
  return {
    runner: id,
    step,
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
