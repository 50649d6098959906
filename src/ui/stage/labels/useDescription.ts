import { useEffect, useState } from 'react';
import type { DatasetId } from '../../../data/ids';
import { useLab } from '../../../store/lab';
import { percent, significant } from '../../../drawing/format';
import { largestIndices } from '../model/bars';
import { liveStage } from '../model/liveStage';
import type { StageModel } from '../model/model';
import { unitName } from '../model/names';
import { outputNames } from '../model/outputs';

const namesNow = (data: DatasetId): readonly string[] =>
  outputNames(data, liveStage.getState().model?.snapshot.spec.blocks);

/** Seconds between two texts, so that a screen reader is not told of every step. */
const EVERY = 4;

/** The stage in a sentence: layer, its largest units, and what the network reads. */
function describeStage(model: StageModel | null, classNames: readonly string[]): string {
  if (!model) return 'The network: waiting for its weights.';
  const { norms, focus, size, reading, shapes, paths, energies } = model;
  const top = largestIndices(norms[focus], 3)
    .map((i) => `${unitName(shapes[focus], i, paths[focus])} (${significant(norms[focus][i])})`)
    .join(', ');
  const above = norms[focus].filter((v) => v > 1.2).length;
  const verdict = reading
    ? ` The image under study, ${classNames[reading.truth]}, is read as ${classNames[reading.top]} with ${percent(reading.probabilities[reading.top], 0)}: ${reading.right ? 'right' : 'wrong'}.`
    : ' No image yet.';
  const shares = energies[focus]
    ?.map(({ share }, k) => (share === null ? '' : ` ${paths[focus][k]} ${percent(share, 0)}`))
    .join(',');
  const energy = shares ? ` Energy by pathway:${shares}.` : '';
  const what = shapes[focus].map ? 'kernel' : 'row';
  return `Network ${size.join(', ')}, layer ${focus + 1} in focus. Largest ${what} norms: ${top}; ${above} of ${norms[focus].length} above 1.2.${energy}${verdict}`;
}

/** The text of the drawing, renewed every few seconds. */
export function useDescription(): string {
  const data = useLab((state) => state.configuration.data);
  const text = (): string => describeStage(liveStage.getState().model, namesNow(data));
  const [description, setDescription] = useState(text);
  useEffect(() => {
    const renew = (): void => setDescription(describeStage(liveStage.getState().model, namesNow(data)));
    const timer = setInterval(renew, EVERY * 1000);
    return () => clearInterval(timer);
  }, [data]);
  return description;
}
