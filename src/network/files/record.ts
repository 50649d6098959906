import { ELEMENTWISE_IDS, isIsotropicActivation } from '../../activations/lookup';
import { errorMessage } from '../../base/errorMessage';
import { z } from 'zod';
import { checkPaths } from '../merge';
import { activationId, NETWORK_LIMITS, oModeId, psiModeId, type NetworkSpec } from '../spec';
import { FileFault } from './safetensors';

/** Marks files of this lab, under the metadata key `format`. */
const FORMAT = 'parsimony-network';
const VERSION = '1';

const whole = z.number().int().min(0);
const finite = z.number().refine(Number.isFinite);

const pathSchema = z.strictObject({
  width: whole.min(1),
  activation: z.enum(ELEMENTWISE_IDS),
  from: whole.nullable(),
});
const mergeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('concatenate') }),
  z.strictObject({ kind: z.literal('add'), coefficients: z.array(finite) }),
  z.strictObject({ kind: z.literal('multiply'), offsets: z.array(finite) }),
]);
const convolutionSchema = z.strictObject({
  inChannels: whole.min(1),
  inHeight: whole.min(1),
  inWidth: whole.min(1),
  channels: whole.min(1),
  activation: z.enum(ELEMENTWISE_IDS),
});
const hiddenSchema = z.strictObject({
  width: whole.min(1),
  o: oModeId,
  psi: psiModeId,
  paths: z.array(pathSchema).min(1).max(NETWORK_LIMITS.maxPaths).optional(),
  merge: mergeSchema.optional(),
  convolution: convolutionSchema.optional(),
  normalise: z.boolean().optional(),
});

/** A spec as stored, with o exactly as it was (its tensor may be rounded, and holds the logarithm where it is trained). */
const architectureSchema = z.strictObject({
  inputs: whole.min(1),
  outputs: whole.min(1),
  activation: activationId,
  hidden: z.array(hiddenSchema).min(NETWORK_LIMITS.minHidden).max(NETWORK_LIMITS.maxHidden),
  blocks: z.array(whole).min(1).optional(),
  o: z.array(finite),
});
export type StoredArchitecture = z.infer<typeof architectureSchema>;

const standardisationSchema = z.object({
  /** Id of the data set and of the way, as in a configuration. */
  dataset: z.string(),
  how: z.string(),
  byteScale: finite,
  /** One value for all inputs, or one each. */
  mean: z.union([finite, z.array(finite)]),
  deviation: z.union([finite, z.array(finite)]),
  /** Inputs beyond ± this many deviations were clipped; null for none. */
  clip: finite.nullable(),
});
/** How bytes became inputs: x = clip((byte·byteScale − mean)/deviation). */
export type StandardisationRecord = z.infer<typeof standardisationSchema>;

const provenanceSchema = z.object({
  madeBy: z.string(),
  savedAt: z.string().optional(),
  /** Training steps; null where they are not known. */
  step: whole.nullable(),
  seed: whole.nullable(),
  /** Structural operations made outside the lab, in order. */
  operations: z.array(z.string()).optional(),
});
export type Provenance = z.infer<typeof provenanceSchema>;

/** What a network file says about its network, in the strings of its metadata. */
export interface NetworkRecord {
  standardisation: StandardisationRecord | null;
  provenance: Provenance | null;
  /** The lab's configuration as a query string. */
  configuration: string | null;
}

function parse<T>(metadata: ReadonlyMap<string, string>, key: string, schema: z.ZodType<T>): T | null {
  const text = metadata.get(key);
  if (text === undefined) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new FileFault(`The file's ${key} is not JSON.`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new FileFault(`The file's ${key} is not as it should be: ${issue.path.join('.')} ${issue.message}`);
}

/** Throws where an architecture contradicts itself. */
function requireSense(architecture: StoredArchitecture): void {
  architecture.hidden.forEach(({ o, psi, paths }, i) => {
    const elementwise = !isIsotropicActivation(architecture.activation) || paths !== undefined;
    if (elementwise && (o !== 'off' || psi !== 'off'))
      throw new FileFault(`Hidden layer ${i + 1} is elementwise, but the file gives it an o or a ψ.`);
  });
  try {
    checkPaths(architecture);
  } catch (cause) {
    throw new FileFault(errorMessage(cause), { cause });
  }
}

/** Reads the metadata of a file of this lab; null for other files. Throws a FileFault where they are broken or newer. */
export function readRecord(
  metadata: ReadonlyMap<string, string>,
): { architecture: StoredArchitecture; record: NetworkRecord } | null {
  if (metadata.get('format') !== FORMAT) return null;
  const version = metadata.get('version') ?? '';
  if (version !== VERSION)
    throw new FileFault(
      `The file is of version “${version.slice(0, 12)}” of the format; this lab reads version ${VERSION}.`,
    );
  const architecture = parse(metadata, 'architecture', architectureSchema);
  if (!architecture) throw new FileFault('The file says nothing about its architecture.');
  requireSense(architecture);
  const record = {
    standardisation: parse(metadata, 'standardisation', standardisationSchema),
    provenance: parse(metadata, 'provenance', provenanceSchema),
    configuration: metadata.get('configuration') ?? null,
  };
  return { architecture, record };
}

/** The metadata of a network file. */
export function writeRecord(
  architecture: NetworkSpec & { o: number[] },
  { standardisation, provenance, configuration }: NetworkRecord,
): Map<string, string> {
  const metadata = new Map([
    ['format', FORMAT],
    ['version', VERSION],
    ['architecture', JSON.stringify(architecture)],
  ]);
  if (standardisation) metadata.set('standardisation', JSON.stringify(standardisation));
  if (provenance) metadata.set('provenance', JSON.stringify(provenance));
  if (configuration !== null) metadata.set('configuration', configuration);
  return metadata;
}
