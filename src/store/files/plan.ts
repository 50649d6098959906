import { standardisationId } from '../../data/ids';
import { TYPED_RANGE } from '../../network/settings';
import { type Configuration } from '../../configuration/schema';
import { decodeConfiguration } from '../../configuration/url';
import { type DatasetEntry, DATASETS } from '../../data/registry';
import { convolutionPlanes, shapeOf } from '../../data/tasks';
import { sizesName } from '../../network/architectures/counts';
import { inferConfiguration } from '../../network/architectures/infer';
import { requireComputable } from '../../network/files/computable';
import type { NetworkFile } from '../../network/files/networkFile';
import { FileFault } from '../../network/files/safetensors';
import { isIsotropic, type Network } from '../../network/network';
import type { NetworkSpec } from '../../network/spec';

/** How a run from a file starts, and what the visitor should know about it. */
export interface ImportPlan {
  configuration: Configuration;
  network: Network;
  notices: string[];
}

/** Inputs and outputs a data set asks of a network with these blocks; null where it is made of tasks and they are not its. */
function sizesOf(entry: DatasetEntry, { blocks }: NetworkSpec): { inputs: number; outputs: number } | null {
  const tasks = entry.tasks?.length;
  const sound = tasks
    ? blocks !== undefined && new Set(blocks).size === blocks.length && blocks.every((task) => task < tasks)
    : blocks === undefined;
  if (!sound) return null;
  return shapeOf(entry, blocks ?? []);
}

function fits(entry: DatasetEntry, spec: NetworkSpec): boolean {
  const sizes = sizesOf(entry, spec);
  return sizes !== null && sizes.inputs === spec.inputs && sizes.outputs === spec.outputs;
}

/** The data set a file's network learns: the one the file names, else the present one. Throws where it does not fit. */
function datasetFor({ network: { spec }, record }: NetworkFile, present: Configuration): DatasetEntry {
  const named = record?.standardisation?.dataset;
  const entry =
    Object.values(DATASETS).find(({ id, trainCount }) => id === named && trainCount > 0) ??
    DATASETS[present.data];
  if (fits(entry, spec)) return entry;
  const sizes = `The network has ${spec.inputs} inputs and ${spec.outputs} outputs`;
  const others = Object.values(DATASETS).filter((other) => fits(other, spec));
  if (others.length === 0)
    throw new FileFault(`${spec.inputs} inputs and ${spec.outputs} outputs fit none of the data sets here.`);
  const own = `${entry.label} has ${entry.channels * entry.width * entry.height} inputs and ${entry.classNames.length} classes`;
  throw new FileFault(
    `${sizes}; ${own}. Choose data that fit first: ${others.map(({ label }) => label).join(', ')}.`,
  );
}

/** The configuration the file was written under, as far as it says; else the present one. */
function recorded({ record }: NetworkFile, present: Configuration): Configuration {
  return record?.configuration ? decodeConfiguration(record.configuration).configuration : present;
}

const clampO = (o: number): number => Math.min(TYPED_RANGE.max, Math.max(TYPED_RANGE.min, o));

/**
 * What a file asks of the lab: widths, activation, modes and data are its own, everything else stays as it is set. Throws a
 * FileFault where the file's network fits no data here.
 */
export function planImport(file: NetworkFile, present: Configuration): ImportPlan {
  const { network, record } = file;
  const { spec, parameters } = network;
  requireComputable(network);
  const data = datasetFor(file, present);
  const own = inferConfiguration(spec, recorded(file, present), convolutionPlanes(data));
  if (!own)
    throw new FileFault(
      'The network has parallel paths, convolutions or normalised layers put together as no architecture here does.',
    );
  const notices: string[] = [];
  const configuration: Configuration = {
    ...present,
    data: data.id,
    ...own,
    adaptLayers: null,
  };
  if (spec.blocks) configuration.tasks = [...spec.blocks].sort((a, b) => a - b);
  const said = record?.standardisation ?? null;
  const how = standardisationId.safeParse(said?.how);
  if (how.success) configuration.standardisation = how.data;
  if (!said)
    notices.push(
      'The file does not say how its inputs were standardised: the setting of this page is used, and accuracy suffers where it was another.',
    );
  else if (said.dataset !== data.id)
    notices.push(`It was trained on “${said.dataset.slice(0, 40)}”, which is not among the data sets here.`);
  const first = spec.hidden.findIndex((_, layer) => isIsotropic(spec, layer));
  if (first >= 0) {
    const { o, psi } = spec.hidden[first];
    configuration.oMode = o;
    configuration.psi = psi;
    const isotropic = spec.hidden.filter((_, layer) => isIsotropic(spec, layer));
    if (isotropic.some((layer) => layer.o !== o || layer.psi !== psi))
      notices.push(
        `The modes of o and ψ differ from layer to layer and are taken over as they are (${isotropic.map((layer) => `o ${layer.o}, ψ ${layer.psi}`).join('; ')}); Set-up shows those of the first.`,
      );
    const lengths = [...parameters.o].map((own, layer) =>
      clampO(isIsotropic(spec, layer) ? own : parameters.o[first]),
    );
    const beyond = [...parameters.o].filter(
      (own, layer) => isIsotropic(spec, layer) && spec.hidden[layer].o !== 'off' && clampO(own) !== own,
    );
    if (beyond.length > 0)
      notices.push(
        `The file's o is ${beyond.map((own) => own.toPrecision(3)).join(', ')}, which the network keeps; Set-up goes from ${TYPED_RANGE.min} to ${TYPED_RANGE.max} and shows the nearest of these, which counts as soon as it is moved.`,
      );
    if (o !== 'off') configuration.o = lengths.every((v) => v === lengths[0]) ? [lengths[0]] : lengths;
  }
  notices.unshift(
    `The run starts from the weights of ${sizesName(spec)}${record?.provenance?.step ? ` at step ${record.provenance.step}` : ''}, with a fresh optimiser; Reset comes back to them. A new seed or another structure leaves them.`,
  );
  return { configuration, network, notices };
}
