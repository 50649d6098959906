import { errorMessage } from '../../base/errorMessage';
import { encodeConfiguration } from '../../configuration/url';
import { readNetwork, writeNetwork, type NetworkFile } from '../../network/files/networkFile';
import { FileFault } from '../../network/files/safetensors';
import { createMatrix, type Network } from '../../network/network';
import type { Snapshot } from '../../worker/protocol';
import { exportFileName } from '../export/runFile';
import { useLab } from '../lab';
import { planImport } from './plan';
import { standardisationMismatch, standardisationOf } from './record';

/** Larger files are not even read: 1,024 units in each of six layers on 12,288 inputs are about 140 MB in F64. */
const LARGEST_FILE = 256 * 2 ** 20;

/** The network of a snapshot, in float64. */
export function snapshotNetwork({ spec, weights, biases, psi, o }: Snapshot): Network {
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

/** Starts a run from a network file, checked in every respect first; where something is wrong it says so and nothing changes. */
export async function importNetwork(file: File): Promise<void> {
  const lab = useLab.getState();
  try {
    if (file.size > LARGEST_FILE)
      throw new FileFault(
        `The file has ${Math.round(file.size / 2 ** 20)} MB; ${LARGEST_FILE / 2 ** 20} is the most for a network of this lab.`,
      );
    const read = readNetwork(new Uint8Array(await file.arrayBuffer()));
    const { configuration, network, notices } = planImport(read, lab.configuration);
    checkStandardisation(read);
    lab.startFrom(network, configuration);
    lab.tell('notice', `Network from ${file.name}`, notices.join(' '));
  } catch (error) {
    const detail = errorMessage(error);
    lab.tell('error', `${file.name} was not taken over`, `${detail} Nothing was changed.`);
  }
}
