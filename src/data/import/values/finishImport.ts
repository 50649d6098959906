import { permutation, seededRandom } from '../../../network/random';
import { DataError } from '../../formats/error';
import { groupedCount, IMPORT_LIMITS, megabytes } from '../limits';
import { cleanName, shownNames } from '../pairing/names';
import { type ImportedSamples, valuesPerSample } from '../types';

/** Numbers in their order, then words in theirs. */
function byName(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return x - y;
  return a < b ? -1 : Number(a > b);
}

/**
 * As many samples as fit the limit of kept bytes, evenly from every class (drawn by a fixed seed), in their own order; null where all
 * fit.
 */
export function evenSubset(labels: ArrayLike<number>, most: number): Uint32Array | null {
  const n = labels.length;
  if (n <= most) return null;
  const byClass = new Map<number, number[]>();
  for (const i of permutation(n, seededRandom(0, 'import-part'))) {
    const members = byClass.get(labels[i]);
    if (members) members.push(i);
    else byClass.set(labels[i], [i]);
  }
  const share = most / n;
  return Uint32Array.from(
    [...byClass.values()].flatMap((members) =>
      members.slice(0, Math.max(1, Math.floor(members.length * share))),
    ),
  ).sort();
}

/**
 * What every import ends with: classes of a single sample and all beyond the 30 with most samples are left out, a set too large is cut
 * evenly, labels become numbers in the order of the names. Throws a `DataError` where too little is left to learn from.
 */
export function finishImport(
  samples: ImportedSamples,
  file: string,
  keptBytes: number = IMPORT_LIMITS.kept,
): ImportedSamples {
  const size = valuesPerSample(samples);
  const notes = [...samples.notes];
  const tally = new Map<number, number>();
  for (const label of samples.labels) tally.set(label, (tally.get(label) ?? 0) + 1);
  const nameOf = (label: number): string => samples.names[label] ?? String(label);
  const single = [...tally].filter(([, n]) => n === 1);
  let classes = [...tally]
    .filter(([, n]) => n > 1)
    .sort((a, b) => b[1] - a[1] || byName(nameOf(a[0]), nameOf(b[0])));
  if (single.length > 0)
    notes.push(
      `Left out, because they have a single sample: ${shortList(single.map(([label]) => cleanName(nameOf(label))))}.`,
    );
  if (classes.length > IMPORT_LIMITS.classes) {
    const gone = classes.slice(IMPORT_LIMITS.classes);
    const lost = gone.reduce((sum, [, n]) => sum + n, 0);
    notes.push(
      `${groupedCount(classes.length)} classes are more than the lab takes: the ${IMPORT_LIMITS.classes} with most samples are kept, ${groupedCount(lost)} samples of the other ${groupedCount(gone.length)} are left out.`,
    );
    classes = classes.slice(0, IMPORT_LIMITS.classes);
  }
  if (classes.length < 2)
    throw new DataError(
      file,
      `it has ${classes.length === 1 ? `a single class (${cleanName(nameOf(classes[0][0]))})` : 'no class'} with two samples or more: there is nothing to tell apart`,
    );
  classes.sort((a, b) => byName(nameOf(a[0]), nameOf(b[0])));
  const order = new Map(classes.map(([label], c) => [label, c]));
  const kept: number[] = [];
  for (let i = 0; i < samples.count; i++) if (order.has(samples.labels[i])) kept.push(i);
  if (kept.length < IMPORT_LIMITS.leastSamples)
    throw new DataError(
      file,
      `${kept.length} samples are too few: the lab asks for ${IMPORT_LIMITS.leastSamples} at least`,
    );
  // Engines keep a label beside each sample.
  const most = Math.floor(keptBytes / (size + 4));
  const part = evenSubset(
    kept.map((i) => samples.labels[i]),
    most,
  );
  if (part)
    notes.push(
      `${groupedCount(kept.length)} samples of ${groupedCount(size)} values are ${megabytes(kept.length * size)}; graphics devices are sure to take ${megabytes(keptBytes)}: ${groupedCount(part.length)} are kept, evenly from every class.`,
    );
  const places = part ? Array.from(part, (k) => kept[k]) : kept;
  const values = places.length === samples.count ? samples.values : new Uint8Array(places.length * size);
  if (values !== samples.values)
    places.forEach((from, to) =>
      values.set(samples.values.subarray(from * size, (from + 1) * size), to * size),
    );
  const test = samples.test && Uint8Array.from(places, (i) => samples.test?.[i] ?? 0);
  return {
    ...samples,
    count: places.length,
    values,
    labels: Uint16Array.from(places, (i) => order.get(samples.labels[i]) ?? 0),
    names: shownNames(classes.map(([label]) => nameOf(label))),
    test: test?.includes(1) && test.includes(0) ? test : null,
    notes,
  };
}

const shortList = (names: readonly string[]): string =>
  names.length > 5
    ? `${names.slice(0, 5).join(', ')} and ${groupedCount(names.length - 5)} more`
    : names.join(', ');
