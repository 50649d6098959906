import { type ReactNode } from 'react';
import { DATASETS } from '../../data/registry';
import { useLab } from '../../store/lab';
import { IconButton } from '../kit';
import { at } from './Captions';
import type { Layout } from './layout';
import { galleryCount } from './images';
import { Picture } from './Picture';
import styles from './Stage.module.css';
import { Thumbs } from './Thumbs';
import { Verdict } from './Verdict';

/** The image under study, what it is, what the network reads, and others to choose from. */
export function InputPanel({ layout, foot }: { layout: Layout; foot?: ReactNode }) {
  const gallery = useLab((state) => state.gallery);
  const studied = useLab((state) => state.ui.studied);
  const data = useLab((state) => state.configuration.data);
  const { input, type, height, kind } = layout;
  if (!input) return null;
  const count = gallery ? galleryCount(gallery) : 0;
  const index = Math.min(studied, Math.max(0, count - 1));
  const truth = gallery ? DATASETS[data].classNames[gallery.labels[index]] : null;
  const move = (by: number): void => useLab.getState().setUi({ studied: (index + by + count) % count });
  const wide = kind === 'wide';
  const room = height - (input.y + input.h) - 28 * type - 118 * type;
  return (
    <div className={styles.input} style={{ ...at(input.x, 0, input.w), height }}>
      <p className={styles.captionStill} style={{ height: input.y }}>
        {wide && type === 1 ? 'Image under study' : 'Image'}
      </p>
      <div className={styles.frame} style={{ width: input.w, height: input.h }}>
        {gallery ? (
          <Picture gallery={gallery} index={index} label={`Image under study: ${truth ?? ''}`} />
        ) : (
          <p>loading images</p>
        )}
      </div>
      <div className={styles.pick}>
        <IconButton
          icon="left"
          size="small"
          label="Previous image"
          disabled={count < 2}
          onClick={() => move(-1)}
        />
        <span>{count > 0 ? `${index + 1}/${count}` : ' '}</span>
        <IconButton
          icon="right"
          size="small"
          label="Next image"
          disabled={count < 2}
          onClick={() => move(1)}
        />
      </div>
      <Verdict truth={truth} />
      {wide && gallery && <Thumbs gallery={gallery} room={room} />}
      {wide && foot}
    </div>
  );
}
