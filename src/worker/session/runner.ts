import type { DataSource } from '../../data/source';
import { errorMessage } from '../../base/errorMessage';
import type { Configuration } from '../../configuration/schema';
import type { Sampler, SamplerState } from '../../data/sampler';
import type { TrainingState } from '../../network/network';
import type { StepSettings, Engine, EngineModel } from '../../training/engine';
import type { RunnerId } from '../protocol';

/** A runner at one moment: enough to go on as if nothing had happened. */
export interface RunnerState {
  step: number;
  sampler: SamplerState | null;
  training: TrainingState;
}

/** An engine that cannot run a network; the message, its own, is for the visitor. */
export class EngineRefusal extends Error {}

/** A model on an engine. Throws an EngineRefusal where the engine is there but does not take this network. */
function modelOn(engine: Engine, state: TrainingState, source: DataSource): EngineModel {
  try {
    return engine.createModel(state, source);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') throw cause;
    throw new EngineRefusal(errorMessage(cause), { cause });
  }
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
    this.model = modelOn(engine, state, source);
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
    const model = modelOn(engine, state, this.source);
    this.model.dispose();
    this.model = model;
    this.blocks = state.network.spec.blocks;
  }

  /** Puts the runner on another engine, weights and all. */
  move(engine: Engine, state: RunnerState): void {
    this.remake(engine, state.training);
    this.step = state.step;
  }
}

/** The engine's hot settings as configured. */
export function stepSettingsOf(configuration: Configuration): StepSettings {
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
