import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetId } from './ids';
import { configurationSchema, INDEX_LIMITS } from '../configuration/schema';
import { anyConfiguration } from '../configuration/testing';
import { decodeConfiguration, encodeConfiguration } from '../configuration/url';
import { IMPORT_LIMITS } from './import/limits';
import { DATASETS } from './registry';

describe('data sets and the configuration', () => {
  it('has one entry for each id, under its own id', () => {
    expect(Object.keys(DATASETS).sort()).toEqual([...datasetId.options].sort());
    for (const [id, entry] of Object.entries(DATASETS)) expect(entry.id).toBe(id);
  });

  it.each(Object.values(DATASETS))(
    'can write down every class and task of $id',
    ({ id, classNames, tasks }) => {
      // Own data may have as many classes as an import takes.
      const classes = id === 'own' ? IMPORT_LIMITS.classes : classNames.length;
      expect(classes).toBeLessThanOrEqual(INDEX_LIMITS.classes);
      expect(tasks?.length ?? 1).toBeLessThanOrEqual(INDEX_LIMITS.tasks);
      fc.assert(
        fc.property(anyConfiguration({ data: id, classes, tasks: tasks?.length ?? 1 }), (configuration) => {
          expect(configurationSchema.safeParse(configuration).success).toBe(true);
          const { configuration: back, replaced } = decodeConfiguration(encodeConfiguration(configuration));
          expect(replaced).toEqual([]);
          expect(back).toEqual(configuration);
        }),
        { numRuns: 50 },
      );
    },
  );
});
