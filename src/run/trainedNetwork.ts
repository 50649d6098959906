import type { DataSource } from '../data/source';
import { errorMessage } from '../base/errorMessage';
import type { NetworkSpec } from '../network/spec';
import type { TrainingState } from '../network/network';
import type { Engine, EngineModel } from '../training/engine';

/** Thrown where an engine cannot run a network; the message is the engine's own, and meant for the visitor. */
export class EngineRefusal extends Error {}

/** A model on an engine. Throws an EngineRefusal where the engine works but does not take this network. */
function modelOn(engine: Engine, state: TrainingState, source: DataSource): EngineModel {
  try {
    return engine.createModel(state, source);
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'AbortError') throw cause;
    throw new EngineRefusal(errorMessage(cause), { cause });
  }
}

/** A network on an engine, with its shape at hand: what changes the shape goes through here. */
export class TrainedNetwork {
  model: EngineModel;
  /** The shape of the network as it stands. */
  spec: NetworkSpec;

  /** Puts a network on an engine; `model`, where given, holds it already (a member of a group). */
  constructor(
    engine: Engine,
    state: TrainingState,
    readonly source: DataSource,
    model: EngineModel | null = null,
  ) {
    this.model = model ?? modelOn(engine, state, source);
    this.spec = state.network.spec;
  }

  /** The task of each block of inputs and outputs; undefined where the data are one task. */
  get blocks(): readonly number[] | undefined {
    return this.spec.blocks;
  }

  /** The widths of the hidden layers, from input to output. */
  get widths(): number[] {
    return this.spec.hidden.map(({ width }) => width);
  }

  /** Takes over another state of the network, maybe of another shape, without waiting for the engine to have found the memory. */
  reshape(state: TrainingState): void {
    this.model.importState(state);
    this.spec = state.network.spec;
  }

  /** The same once the engine has the memory. Throws its message where it has not, and the network is then as it was. */
  async install(state: TrainingState): Promise<void> {
    this.model.importState(state);
    await this.model.ready?.();
    this.spec = state.network.spec;
  }

  /** Puts the network, in a given state, on an engine as a model of its own, in place of the model it had. */
  remake(engine: Engine, state: TrainingState): void {
    const model = modelOn(engine, state, this.source);
    this.model.dispose();
    this.model = model;
    this.spec = state.network.spec;
  }

  /** Lets go of the engine's memory; the network is of no use afterwards. */
  dispose(): void {
    this.model.dispose();
  }
}
