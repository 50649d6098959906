import type { Configuration } from '../../configuration/schema';
import type { Sampler, SamplerState } from '../../data/sampler';
import type { TrainingState } from '../../network/network';
import type { Controls, Engine, EngineModel, DataSource } from '../../training/engine';
import type { RunnerId } from '../protocol';

/** A runner at one moment: enough to go on as if nothing had happened. */
export interface RunnerState {
  step: number;
  sampler: SamplerState | null;
  training: TrainingState;
}

/** One network of a session: a model on the engine, its step, and (unless it shares another's batches) its sampler. */
export class Runner {
  step = 0;
  model: EngineModel;
  /** The task of each block of inputs and outputs, where the data are made of tasks. */
  blocks: readonly number[] | undefined;

  constructor(
    readonly id: RunnerId,
    engine: Engine,
    state: TrainingState,
    private readonly source: DataSource,
    readonly sampler: Sampler | null,
  ) {
    this.model = engine.createModel(state, source);
    this.blocks = state.network.spec.blocks;
  }

  async save(): Promise<RunnerState> {
    return {
      step: this.step,
      sampler: this.sampler?.save() ?? null,
      training: await this.model.exportState(),
    };
  }

  load(state: RunnerState): void {
    this.at(state);
    this.reshape(state.training);
  }

  /** Takes over another state of the network, maybe of another shape. */
  reshape(state: TrainingState): void {
    this.model.importState(state);
    this.blocks = state.network.spec.blocks;
  }

  /** Counts and draws on from a moment whose weights are in place already. */
  at(state: RunnerState): void {
    this.step = state.step;
    if (state.sampler) this.sampler?.restore(state.sampler);
  }

  /** A model of its own on an engine, in the place of the one it had. */
  remake(engine: Engine, state: TrainingState): void {
    this.model.dispose();
    this.model = engine.createModel(state, this.source);
    this.blocks = state.network.spec.blocks;
  }

  /** Puts the runner on another engine, weights and all. */
  move(engine: Engine, state: RunnerState): void {
    this.remake(engine, state.training);
    this.step = state.step;
  }
}

/** The engine's hot settings as configured. */
export function controlsOf(configuration: Configuration): Controls {
  const {
    lambda,
    measure,
    energySite: site,
    psiDecay,
    optimiser,
    learningRate,
    weightDecay,
    decayAll,
    momentum,
    augment,
  } = configuration;
  return {
    lambda,
    measure,
    site,
    psiDecay,
    augment,
    optimiser: {
      id: optimiser,
      learningRate,
      weightDecay: optimiser === 'adam' ? 0 : weightDecay,
      decayAll,
      momentum,
    },
  };
}
