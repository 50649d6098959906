import type { StandardisationId } from '../ids';
import { OWN_FEATURES } from '../ownEntry';
import type { OwnSet, OwnSplit } from '../ownStore';
import { fromArrays } from './arrays/arrays';
import { fromCifar } from './arrays/cifar';
import type { ImportFaults } from './faults';
import { finishImport } from './values/finishImport';
import { fromIdx } from './arrays/idxSet';
import type { SortedFiles } from './sortFiles';
import type { PartView } from './pairing/roles';
import { type Album, defaultSize, sizeChoices } from './pictures/pictures';
import { turned } from './pictures/turn';
import type { ImportChoices, ImportOptions } from './protocol';
import { byteStandardisations, splitSamples, type SplitChoice } from './values/split';
import { labelChoices, likelyLabel } from './tables/label';
import { type ColumnChoice, columnViews, fromTable, judgedFor } from './tables/samples';
import { scanTable, type ImportedTable } from './tables/scanTable';
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
  decimal: null,
  columns: null,
  columnCount: 0,
  missing: null,
  cut: null,
  parts: null,
  pictures: null,
  sizes: null,
  grey: null,
  turn: null,
};

/** ColumnCodes told to the page: a table of pixels has thousands that nobody looks at one by one. */
const COLUMNS_TOLD = 300;

interface Made {
  samples: ImportedSamples;
  choices: ImportChoices;
}

/** ImportedSamples as the options ask for them, with what there is to choose. `told` hears of the choices even where the samples then fail. */
export async function makeSamples(
  material: SortedFiles,
  options: ImportOptions,
  faults: ImportFaults,
  decode: DecodeAlbum,
  told: (choices: ImportChoices) => void,
): Promise<Made> {
  const ended = (samples: ImportedSamples, choices: ImportChoices): Made => {
    const { turn } = options;
    const own = samples.sample === 'picture' ? { ...choices, turn } : choices;
    told(own);
    const said = { ...samples, notes: [...material.notes, ...samples.notes] };
    return { samples: finishImport(turned(said, turn), material.name), choices: own };
  };
  const asking = (parts: PartView[]): ImportChoices => {
    const choices = { ...NONE, parts };
    told(choices);
    return choices;
  };
  switch (material.kind) {
    case 'idx': {
      let choices = NONE;
      const samples = fromIdx(material.entries, options.roles, (parts) => (choices = asking(parts)));
      return ended(samples, choices);
    }
    case 'cifar':
      return ended(fromCifar(material.entries), NONE);
    case 'arrays': {
      let choices = NONE;
      const samples = fromArrays(material.entries, faults, options, (parts) => (choices = asking(parts)));
      return ended(samples, {
        ...choices,
        cut: samples.dwarfed ? options.cut : null,
        pictures: samples.maybeSide === null ? null : samples.sample === 'picture',
      });
    }
    case 'table':
      return ended(...ofTable(scanTable(material.entries, options), options, faults, told));
    case 'pictures': {
      const { album } = material;
      const size =
        options.size ?? (album.pictures.length > 0 ? defaultSize(album) : { width: 32, height: 32 });
      const choices = { ...NONE, sizes: sizeChoices(album), grey: null };
      const decoded = await decode(album, size, options.grey);
      return ended(decoded, { ...choices, grey: decoded.allGrey ? null : options.grey });
    }
  }
}

function ofTable(
  table: ImportedTable,
  options: ImportOptions,
  faults: ImportFaults,
  told: (choices: ImportChoices) => void,
): [ImportedSamples, ImportChoices] {
  const { columns, style, header } = table;
  const asked = options.label !== null && options.label < columns.length ? options.label : null;
  const label = asked === null ? likelyLabel(columns) : { index: asked, reason: '' };
  const choice: ColumnChoice = { ...options, label };
  const judged = judgedFor(table, choice);
  const views = columnViews(table, judged, label.index);
  const used = views.filter((view) => view.used);
  const choices: ImportChoices = {
    ...NONE,
    labels: labelChoices(table),
    label: label.index,
    header,
    decimal: style.commas ? style.decimal : null,
    columns: views.slice(0, COLUMNS_TOLD),
    columnCount: columns.length,
    missing: used.some(({ missing, unreadable }) => missing + unreadable > 0) ? options.missing : null,
    cut: used.some(({ index }) => judged[index].core) ? options.cut : null,
  };
  told(choices);
  const samples = fromTable(table, choice, judged, views, faults);
  return [
    samples,
    { ...choices, pictures: samples.maybeSide === null ? null : samples.sample === 'picture' },
  ];
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
