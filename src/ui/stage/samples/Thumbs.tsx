import { type CSSProperties, useEffect, useState } from 'react';
import { DATASETS, type SampleKind } from '../../../data/registry';
import { useLab } from '../../../store/lab';
import type { Gallery } from '../../../store/state';
import { liveStage } from '../model/liveStage';
import { galleryCount } from './images';
import { Sample } from './Sample';
import { SAMPLE_NOUNS } from '../../sampleNouns';
import { sampleKindOf } from './samples';
import { predictLabels } from '../model/prediction';
import styles from '../Stage.module.css';

/** Times a second the small images are read anew. */
const RATE = 4;

/** Small samples to a row. */
const ACROSS: Readonly<Record<SampleKind, number>> = {
  picture: 4,
  point: 4,
  events: 4,
  features: 4,
  trace: 2,
  text: 1,
};

/** Other images to choose from, each with the network's present reading: wrong ones are crossed. */
export function Thumbs({ gallery, room }: { gallery: Gallery; room: number }) {
  const studied = useLab((state) => state.ui.studied);
  const data = useLab((state) => state.configuration.data);
  const kind = sampleKindOf(gallery.dataset);
  const across = ACROSS[kind];
  const pitch = kind === 'text' ? 20 : 32;
  const rows = Math.max(0, Math.min(kind === 'text' ? 12 : 7, Math.floor((room - 12) / pitch)));
  const count = Math.min(across * rows, galleryCount(gallery));
  const read = useReadings(gallery, count);
  const { classNames } = DATASETS[data];
  if (count === 0) return null;
  return (
    <div
      role="group"
      aria-label={`Choose ${/^[aeiou]/.test(SAMPLE_NOUNS[kind]) ? 'an' : 'a'} ${SAMPLE_NOUNS[kind]}`}
    >
      <div className={styles.thumbs} data-kind={kind} style={{ '--across': across } as CSSProperties}>
        {Array.from({ length: count }, (_, i) => {
          const right = read.length === 0 || read[i] < 0 || read[i] === gallery.labels[i];
          const verdict =
            read.length === 0
              ? ''
              : read[i] < 0
                ? ', of a task not being learnt'
                : `, read as ${classNames[read[i]]}${right ? '' : ' (wrong)'}`;
          const noun = SAMPLE_NOUNS[kind];
          const name = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${i + 1}: ${classNames[gallery.labels[i]]}${verdict}`;
          return (
            <button
              key={i}
              type="button"
              aria-label={name}
              title={name}
              aria-pressed={i === studied}
              data-wrong={right ? undefined : true}
              onClick={() => useLab.getState().setUi({ studied: i })}
            >
              <Sample gallery={gallery} index={i} />
            </button>
          );
        })}
      </div>
      {read.length === count && (
        <p className={styles.term}>
          {read.filter((c, i) => c >= 0 && c !== gallery.labels[i]).length} of{' '}
          {read.filter((c) => c >= 0).length} wrong
        </p>
      )}
    </div>
  );
}

function useReadings(gallery: Gallery, count: number): number[] {
  const [read, setRead] = useState<number[]>([]);
  useEffect(() => {
    let last: unknown = null;
    let restUntil = 0;
    const renew = (): void => {
      const snapshot = liveStage.getState().model?.snapshot;
      if (!snapshot || snapshot === last || performance.now() < restUntil) return;
      last = snapshot;
      const began = performance.now();
      const next = predictLabels(snapshot, gallery, count);
      // A large network is read less often: the page is not held up for more than a tenth of its time.
      restUntil = performance.now() + 9 * (performance.now() - began);
      setRead((before) => (before.join() === next.join() ? before : next));
    };
    renew();
    const timer = setInterval(renew, 1000 / RATE);
    return () => clearInterval(timer);
  }, [gallery, count]);
  return read;
}
