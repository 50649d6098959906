import type { StandardisationId } from '../ids';
import { OWN_FEATURES } from '../ownEntry';
import type { OwnSet, OwnSplit } from '../ownStore';
import { fromArrays } from './arrays';
import { fromCifar } from './cifar';
import type { ImportFaults } from './faults';
import { finishImport } from './finishImport';
import { fromIdx } from './idxSet';
import type { SortedFiles } from './sortFiles';
import { type Album, defaultSize, sizeChoices } from './pictures';
import type { ImportChoices, ImportOptions } from './protocol';
import { byteStandardisations, splitSamples, type SplitChoice } from './split';
import { fromTable, labelChoices, scanTable, type ImportedTable } from './table';
import { type ImportedSamples, valuesPerSample } from './types';

/** Decodes an album: the browser's work, given in so that all else is pure. */
export type DecodeAlbum = (
  album: Album,
  size: { width: number; height: number },
  grey: boolean,
) => Promise<ImportedSamples & { allGrey: boolean }>;

const NONE: ImportChoices = {
  labels: null,
  label: null,
  header: null,
  pictures: null,
  sizes: null,
  grey: null,
};

/** Samples as the options ask for them, with what there is to choose. `told` hears of the choices even where the samples then fail. */
export async function makeSamples(
  material: SortedFiles,
  options: ImportOptions,
  faults: ImportFaults,
  decode: DecodeAlbum,
  told: (choices: ImportChoices) => void,
): Promise<{ samples: ImportedSamples; choices: ImportChoices }> {
  const ended = (
    samples: ImportedSamples,
    choices: ImportChoices,
  ): { samples: ImportedSamples; choices: ImportChoices } => ({
    samples: finishImport(samples, material.name),
    choices,
  });
  switch (material.kind) {
    case 'idx':
      return ended(fromIdx(material.entries), NONE);
    case 'cifar':
      return ended(fromCifar(material.entries), NONE);
    case 'arrays': {
      const samples = fromArrays(material.entries, faults, options.pictures);
      return ended(samples, {
        ...NONE,
        pictures: samples.maybeSide === null ? null : samples.sample === 'picture',
      });
    }
    case 'table':
      return ofTable(scanTable(material.entries, options.header));
    case 'pictures': {
      const { album } = material;
      const size =
        options.size ?? (album.pictures.length > 0 ? defaultSize(album) : { width: 32, height: 32 });
      const choices = { ...NONE, sizes: sizeChoices(album), grey: null };
      const decoded = await decode(album, size, options.grey);
      return ended(decoded, { ...choices, grey: decoded.allGrey ? null : options.grey });
    }
  }

  function ofTable(table: ImportedTable): { samples: ImportedSamples; choices: ImportChoices } {
    const label =
      options.label !== null && options.label < table.columns.length ? options.label : table.label;
    const choices = { ...NONE, labels: labelChoices(table), label, header: table.header };
    told(choices);
    const samples = fromTable(table, label, faults, options.pictures);
    return ended(samples, {
      ...choices,
      pictures: samples.maybeSide === null ? null : samples.sample === 'picture',
    });
  }
}

/** The set as it is stored. Throws a `DataError` where it cannot be divided as asked. */
export function packOwnSet(
  samples: ImportedSamples,
  name: string,
  choice: SplitChoice,
  savedAt: number,
): OwnSet {
  const { train, test } = splitSamples(samples, choice);
  const size = valuesPerSample(samples);
  const part = (order: Uint32Array): OwnSplit => {
    const images = new Uint8Array(order.length * size);
    order.forEach((from, to) =>
      images.set(samples.values.subarray(from * size, (from + 1) * size), to * size),
    );
    return { images, labels: Uint8Array.from(order, (i) => samples.labels[i]) };
  };
  const maps: OwnSet['maps'] = byteStandardisations(samples, train) satisfies Record<
    StandardisationId,
    unknown
  >;
  const { width, height, channels, names, columns } = samples;
  const features =
    columns && columns.names.length <= OWN_FEATURES ? columns.names.map((one) => one.slice(0, 80)) : null;
  return {
    meta: {
      version: 1,
      savedAt,
      name: name.slice(0, 200),
      sample: samples.sample === 'features' && size === 2 ? 'point' : samples.sample,
      width,
      height,
      channels,
      classNames: names,
      ...(features && { features }),
      trainCount: train.length,
      testCount: test.length,
      bytes: samples.count * (size + 1),
    },
    train: part(train),
    test: part(test),
    maps,
  };
}
