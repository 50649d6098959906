import type { DataSource } from '../data/source';
import { elementwiseId } from '../activations/lookup';
import type { Configuration } from '../configuration/schema';
import { initialTrainingState } from '../network/initialise';
import { cloneNetwork, type Network, type TrainingState } from '../network/network';

/**
 * A start from given weights instead of the seed's: step 0, a fresh optimiser. Modes of o and ψ are the network's own, layer
 * by layer; where the configuration asks for another activation (the control), they are off, as on any elementwise layer.
 */
export function stateFromWeights(given: Network, { activation, optimiser }: Configuration): TrainingState {
  const network = cloneNetwork(given);
  if (activation !== network.spec.activation) {
    network.spec.activation = activation;
    const own = elementwiseId(activation);
    for (const layer of network.spec.hidden) {
      layer.o = layer.psi = 'off';
      if (layer.convolution && own) layer.convolution.activation = own;
    }
    network.parameters.o.fill(0);
    for (const psi of network.parameters.psi) psi.fill(0);
  }
  return initialTrainingState(network, optimiser);
}

/** Throws a sentence for people where a given network does not fit the data it is to learn. */
export function requireMatchingData(
  { spec }: Network,
  source: Pick<DataSource, 'size' | 'classes' | 'tasks'>,
): void {
  const blocks = spec.blocks?.length ?? 1;
  const inputs = blocks * source.size;
  const outputs = (blocks * source.classes) / (source.tasks ?? 1);
  if (spec.inputs !== inputs || spec.outputs !== outputs)
    throw new Error(
      `The network has ${spec.inputs} inputs and ${spec.outputs} outputs; the data has ${inputs} values per image and ${outputs} classes.`,
    );
}
