import { watchedCount } from '../report/watched';
import { TYPED_RANGE } from '../../../network/settings';
import type { DataSource } from '../../../data/source';
import { isIsotropicActivation } from '../../../activations/lookup';
import type { Configuration } from '../../../configuration/schema';
import { cloneTrainingState, type TrainingState } from '../../../network/network';
import { lagrangianLayer, lagrangianMerge } from '../../../network/architectures/lagrangian';
import type { StepSettings, Engine, EngineGroup } from '../../../training/engine';
import type { SweepRequest, SweepPoint, SweepState } from '../../protocol';
import type { HotSetting } from '../../../configuration/hotSettings';
import type { Companion } from '../../../run/companion';
import { answerShare, scoreObservation } from '../../../run/evaluation';
import { stepSettingsOf } from '../../../run/stepSettings';

/** Copies at most: what one page may ask of a visitor's machine. */
const MAX_SWEEP_COPIES = 64;

/** The λ (and o) of each copy, row by row: λ outermost, o innermost. Throws in words for bad or too many values. */
export function sweepSettings(sweep: SweepRequest): { lambda: number; o: number | null }[] {
  const os = sweep.kind === 'map' ? sweep.os : [null];
  const all = sweep.lambdas.flatMap((lambda) => os.map((o) => ({ lambda, o })));
  const bad = [...sweep.lambdas, ...(sweep.kind === 'map' ? sweep.os : [])].find(
    (value) => !(value === 0 || (value >= TYPED_RANGE.min && value <= TYPED_RANGE.max)),
  );
  if (bad !== undefined) throw new Error(`λ and o are 0 or between 1e-6 and 1e4; ${bad} is not.`);
  if (all.length === 0 || all.length > MAX_SWEEP_COPIES)
    throw new Error(
      `A sweep has between 1 and ${MAX_SWEEP_COPIES} copies; this one would have ${all.length}.`,
    );
  return all;
}

/** A copy with o held at a value in every hidden layer, and log o's moments cleared. Throws where there is no o. */
export function withHeldLength(state: TrainingState, o: number): TrainingState {
  const copy = cloneTrainingState(state);
  const { spec, parameters } = copy.network;
  if (!isIsotropicActivation(spec.activation) || spec.hidden.some((layer) => layer.o === 'off'))
    throw new Error('A map over o needs an isotropic network whose o is on.');
  for (const layer of spec.hidden) layer.o = 'fixed';
  parameters.o.fill(Math.max(TYPED_RANGE.min, o));
  copy.optimiser.first.o.fill(0);
  copy.optimiser.second?.o.fill(0);
  return copy;
}

/** Copies of the present network that train beside it, on the same batches, each with a λ (and o) of its own. */
export class RunningSweep implements Companion {
  private group: EngineGroup;
  private readonly settings: ReturnType<typeof sweepSettings>;
  private readonly finite: boolean[];
  private readonly blocks: readonly number[] | undefined;
  /** The hidden layer that reads μ; −1 where there is none. */
  private readonly merged: number;

  constructor(
    readonly sweep: SweepRequest,
    private readonly engine: Engine,
    private readonly source: DataSource,
    state: TrainingState,
    private readonly startStep: number,
  ) {
    this.settings = sweepSettings(sweep);
    this.finite = this.settings.map(() => true);
    this.blocks = state.network.spec.blocks;
    this.merged = lagrangianLayer(state.network.spec);
    const states = this.settings.map(({ o }) => (o === null ? state : withHeldLength(state, o)));
    this.group = engine.createGroup(states, source);
  }

  /** Trains all copies on the main network's batches; hot settings other than λ are the main network's. */
  async train(
    indices: Uint32Array,
    batch: number,
    steps: number,
    configuration: Configuration,
  ): Promise<void> {
    const shared = stepSettingsOf(configuration);
    const controls: StepSettings[] = this.settings.map(({ lambda }) => ({ ...shared, lambda }));
    await this.group.train(indices, batch, steps, controls);
  }

  /** Takes over a new μ; λ and o are the copies' own, and blocks do not change while there is a sweep. */
  follow(changed: readonly HotSetting[]): Promise<void> {
    for (const setting of changed)
      if (setting.name === 'mu' && this.merged >= 0)
        this.settings.forEach((_, m) => this.group.setMerge(m, this.merged, lagrangianMerge(setting.value)));
    return Promise.resolve();
  }

  /** What became of the copies, on the watched test images. */
  async look(step: number, { measure, energySite, tasks }: Configuration): Promise<SweepState> {
    // Read and let go: the rows only tell which copies broke down.
    (await this.group.metrics()).forEach(({ values }, m) => {
      if (!values.every(Number.isFinite)) this.finite[m] = false;
    });
    const n = watchedCount(this.source);
    const seen = await this.group.observe('test', 0, n, measure, energySite);
    const points: SweepPoint[] = seen.map((observation, m) => ({
      ...this.settings[m],
      accuracy: answerShare(scoreObservation(observation, this.source, 0, { blocks: this.blocks, tasks })),
      energy: observation.energy,
      finite: this.finite[m] && Number.isFinite(observation.energy),
    }));
    return {
      sweep: this.sweep,
      startStep: this.startStep,
      step,
      n,
      modelAxis: this.engine.modelAxis,
      points,
    };
  }

  /** Lets go of all copies. */
  dispose(): void {
    this.group.dispose();
  }
}
