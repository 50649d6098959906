import { z } from 'zod';
import type { OwnEntry } from './entries';
import { IMPORT_LIMITS } from './import/limits';

/** The most columns whose names are kept. They lie in local storage, which is small and read before the first paint. */
export const OWN_FEATURES = 2048;

/** What the page and the training worker have to know of the visitor's own data before the samples are read. */
export const ownMetaSchema = z.object({
  version: z.literal(1),
  /** When the data were imported (milliseconds since 1970); this tells one own set from the next. */
  savedAt: z.number(),
  name: z.string().max(200),
  sample: z.enum(['picture', 'point', 'features']),
  width: z.number().int().min(1).max(IMPORT_LIMITS.values),
  height: z.number().int().min(1).max(IMPORT_LIMITS.values),
  channels: z.number().int().min(1).max(3),
  classNames: z.array(z.string().max(200)).min(2).max(IMPORT_LIMITS.classes),
  /** Names of the columns, where the samples are rows of a table; absent where there are too many to keep. */
  features: z.array(z.string().max(80)).min(1).max(OWN_FEATURES).optional(),
  trainCount: z.number().int().min(1).max(IMPORT_LIMITS.samples),
  testCount: z.number().int().min(1).max(IMPORT_LIMITS.samples),
  /** Bytes it takes in this browser's storage. */
  bytes: z.number().min(0),
});
export type OwnMeta = z.infer<typeof ownMetaSchema>;

const ABSENT: OwnEntry = {
  kind: 'own',
  id: 'own',
  savedAt: 0,
  label: 'Your own data…',
  describe: 'Pictures, tables or arrays from your computer',
  width: 0,
  height: 0,
  channels: 1,
  classNames: [],
  features: null,
  tasks: null,
  sample: 'features',
  simulated: false,
  trainCount: 0,
  testCount: 0,
  byteMax: 255,
  attribution: { text: 'Yours', licence: 'as you hold it', url: '' },
};

/**
 * The registry's entry for the visitor's own data. It is one object that lives as long as its thread and is filled by
 * `registerOwn`; its `trainCount` is 0 where there are no own data. Views are drawn again when `own` of the store
 * changes.
 */
export const OWN_ENTRY: OwnEntry = { ...ABSENT };

const describe = ({ sample, width, height, channels, trainCount, testCount }: OwnMeta): string => {
  const what =
    sample === 'picture'
      ? `${width} × ${height} pixels${channels > 1 ? ' in colour' : ''}`
      : `${width.toLocaleString('en-US')} features`;
  return `${(trainCount + testCount).toLocaleString('en-US')} samples of ${what}, kept in this browser alone`;
};

/** Fills this thread's entry with own data, or empties it (null). */
export function registerOwn(meta: OwnMeta | null): void {
  if (!meta) {
    Object.assign(OWN_ENTRY, ABSENT);
    return;
  }
  const {
    savedAt,
    name,
    features = null,
    sample,
    width,
    height,
    channels,
    classNames,
    trainCount,
    testCount,
  } = meta;
  const shape = { sample, width, height, channels, classNames, trainCount, testCount };
  Object.assign(OWN_ENTRY, {
    ...ABSENT,
    savedAt,
    ...shape,
    features,
    label: `Yours: ${name}`,
    describe: describe(meta),
  });
}
