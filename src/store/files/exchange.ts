import { type ActivationId, ACTIVATIONS } from '../../activations/lookup';
import { errorMessage } from '../../base/errorMessage';
import { encodeConfiguration } from '../../configuration/url';
import { readNetwork, readStateDict, writeNetwork, type NetworkFile } from '../../network/files/networkFile';
import { FileFault } from '../../network/files/safetensors';
import { createMatrix, type Network } from '../../network/network';
import type { Snapshot } from '../../worker/protocol';
import { exportFileName } from '../export/runFile';
import { useLab } from '../lab';
import { planImport } from './plan';
import { standardisationMismatch, standardisationOf } from './record';
import { askActivation, leaveActivation, useStateDict } from './stateDict';

/** Larger files are not even read: 1,024 units in each of six layers on 12,288 inputs are about 140 MB in F64. */
const LARGEST_FILE = 256 * 2 ** 20;

/** The network of a snapshot, in float64. */
function snapshotNetwork({ spec, weights, biases, psi, o }: Snapshot): Network {
  return {
    spec,
    parameters: {
      weights: weights.map((data, l) => {
        const rows = biases[l].length;
        return createMatrix(rows, data.length / rows, Float64Array.from(data));
      }),
      biases: biases.map((values) => Float64Array.from(values)),
      psi: psi.map((values) => Float64Array.from(values)),
      o: Float64Array.from(o),
    },
  };
}

/** The network on screen as a file (F32, as the engine has it), with all that is known about it; null before there is one. */
export function exportedNetwork(savedAt: Date): { name: string; bytes: Uint8Array<ArrayBuffer> } | null {
  const { snapshots, gallery, configuration } = useLab.getState();
  const { main } = snapshots;
  if (!main) return null;
  const record = {
    standardisation: gallery && standardisationOf(gallery, configuration.standardisation),
    provenance: {
      madeBy: 'Parsimony',
      savedAt: savedAt.toISOString(),
      step: main.step,
      seed: configuration.seed,
    },
    configuration: encodeConfiguration(configuration),
  };
  return {
    name: exportFileName(configuration, main.step, 'network', 'safetensors'),
    bytes: writeNetwork(snapshotNetwork(main), record, 'F32'),
  };
}

/** Compares the file's standardisation with the page's as soon as the run's images are there. */
function checkStandardisation({ network, record }: NetworkFile): void {
  const said = record?.standardisation;
  if (!said) return;
  const stop = useLab.subscribe(
    (state) => state.gallery,
    (gallery) => {
      stop();
      const { given, configuration, tell } = useLab.getState();
      if (!gallery || gallery.dataset !== said.dataset || given?.network !== network) return;
      const words = standardisationMismatch(said, standardisationOf(gallery, configuration.standardisation));
      if (words) tell('notice', 'Standardisation', words);
    },
  );
}

/** Starts a run from a network that was read, checked in every respect first; throws where it does not fit. */
function take(name: string, read: NetworkFile, more: readonly string[] = []): void {
  const lab = useLab.getState();
  const { configuration, network, notices } = planImport(read, lab.configuration);
  checkStandardisation(read);
  lab.startFrom(network, configuration);
  lab.tell('notice', `Network from ${name}`, [...notices, ...more].join(' '));
}

/** Does something with a file; where something is wrong with it that is said, and nothing changes. */
async function trying(name: string, act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const detail = errorMessage(error);
    useLab.getState().tell('error', `${name} was not taken over`, `${detail} Nothing was changed.`);
  }
}

/**
 * Starts a run from a network file, checked in every respect first; where something is wrong it says so and nothing changes. A PyTorch
 * state dictionary does not say its activation: the visitor is asked.
 */
export function importNetwork(file: File): Promise<void> {
  return trying(file.name, async () => {
    if (file.size > LARGEST_FILE)
      throw new FileFault(
        `The file has ${Math.round(file.size / 2 ** 20)} MB; ${LARGEST_FILE / 2 ** 20} is the most for a network of this lab.`,
      );
    const bytes = new Uint8Array(await file.arrayBuffer());
    const layers = readStateDict(bytes);
    if (layers === null) take(file.name, readNetwork(bytes));
    else askActivation({ name: file.name, layers, bytes });
  });
}

/** Starts from the state dictionary that was asked about, with the activation the visitor says it had. */
export function answerActivation(activation: ActivationId): Promise<void> {
  const asked = useStateDict.getState().asked;
  leaveActivation();
  if (!asked) return Promise.resolve();
  const { name, layers, bytes } = asked;
  return trying(name, () => {
    const label = ACTIVATIONS.find(({ id }) => id === activation)?.label ?? activation;
    take(name, readNetwork(bytes, activation), [
      `Its layers are ${layers.names.join(', ')} of a PyTorch state dictionary, with ${label} as you say${layers.biasless ? ' and without biases, which begin at 0 here' : ''}.`,
    ]);
  });
}
