import { useEffect, useState } from 'react';
import { DATASETS } from '../../data/registry';
import { useLab } from '../../store/lab';
import type { Gallery } from '../../store/state';
import { live } from './live';
import { galleryCount } from './images';
import { Picture } from './Picture';
import { readMany } from './reading';
import styles from './Stage.module.css';

/** Times a second the small images are read anew. */
const RATE = 4;

/** Other images to choose from, each with the network's present reading: wrong ones are crossed. */
export function Thumbs({ gallery, room }: { gallery: Gallery; room: number }) {
  const studied = useLab((state) => state.ui.studied);
  const data = useLab((state) => state.configuration.data);
  const rows = Math.max(0, Math.min(7, Math.floor((room - 12) / 32)));
  const count = Math.min(4 * rows, galleryCount(gallery));
  const read = useReadings(gallery, count);
  const { classNames } = DATASETS[data];
  if (count === 0) return null;
  return (
    <div role="group" aria-label="Choose an image">
      <div className={styles.thumbs}>
        {Array.from({ length: count }, (_, i) => {
          const right = read.length === 0 || read[i] < 0 || read[i] === gallery.labels[i];
          const verdict =
            read.length === 0
              ? ''
              : read[i] < 0
                ? ', of a task not being learnt'
                : `, read as ${classNames[read[i]]}${right ? '' : ' (wrong)'}`;
          const name = `Image ${i + 1}: ${classNames[gallery.labels[i]]}${verdict}`;
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
              <Picture gallery={gallery} index={i} />
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
    const renew = (): void => {
      const snapshot = live.getState().model?.snapshot;
      if (!snapshot || snapshot === last) return;
      last = snapshot;
      const next = readMany(snapshot, gallery, count);
      setRead((before) => (before.join() === next.join() ? before : next));
    };
    renew();
    const timer = setInterval(renew, 1000 / RATE);
    return () => clearInterval(timer);
  }, [gallery, count]);
  return read;
}
