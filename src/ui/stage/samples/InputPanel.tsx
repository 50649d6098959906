import { absoluteStyle } from '../labels/absoluteStyle';
import { type ReactNode, useEffect } from 'react';
import type { DatasetId } from '../../../data/ids';
import { DATASETS } from '../../../data/registry';
import { useLab } from '../../../store/lab';
import type { Gallery } from '../../../store/state';
import { IconButton } from '../../kit';
import type { StageLayout } from '../geometry/layout';
import { galleryCount, taskOfImage } from './images';
import { useLiveStage } from '../model/liveStage';
import { Sample } from './Sample';
import { SAMPLE_NOUNS } from '../../sampleNouns';
import styles from '../Stage.module.css';
import { Thumbs } from './Thumbs';
import { PredictedClass } from '../labels/PredictedClass';

/** Which block of inputs the image fills, where there are several; and the way on from a task that is not being learnt. */
function Block({ gallery, index }: { gallery: Gallery; index: number }) {
  const shown = useLiveStage(({ model }) => model?.snapshot.spec.blocks?.join() ?? null);
  const { tasks } = DATASETS[gallery.dataset as DatasetId];
  const blocks = shown?.split(',').map(Number);
  const known = blocks !== undefined && tasks !== null && index < galleryCount(gallery);
  const task = known ? taskOfImage(gallery, index) : 0;
  const readable = !known || blocks.includes(task);
  useEffect(() => {
    if (readable || !shown) return;
    const learnt = shown.split(',').map(Number);
    const next = Array.from(gallery.labels.keys()).find((i) => learnt.includes(taskOfImage(gallery, i)));
    if (next !== undefined) useLab.getState().setUi({ studied: next });
  }, [readable, shown, gallery]);
  if (!known) return null;
  return (
    <p className={styles.term} title="An image fills the inputs of its own task; the others are 0.">
      {blocks.map((own, k) => (
        <span key={own}>
          {k > 0 && ' · '}
          {own === task ? <b>{`${tasks[own]} ▪`}</b> : `${tasks[own]} ▫`}
        </span>
      ))}
    </p>
  );
}

/** The image under study, what it is, what the network reads, and others to choose from. */
export function InputPanel({ layout, foot }: { layout: StageLayout; foot?: ReactNode }) {
  const gallery = useLab((state) => state.gallery);
  const studied = useLab((state) => state.ui.studied);
  const data = useLab((state) => state.configuration.data);
  const { input, type, height, kind } = layout;
  if (!input) return null;
  const count = gallery ? galleryCount(gallery) : 0;
  const index = Math.min(studied, Math.max(0, count - 1));
  const truth = gallery ? DATASETS[data].classNames[gallery.labels[index]] : null;
  const move = (by: number): void => useLab.getState().setUi({ studied: (index + by + count) % count });
  const { sample, simulated } = DATASETS[(gallery?.dataset ?? data) as DatasetId];
  const noun = SAMPLE_NOUNS[sample];
  const Noun = noun.charAt(0).toUpperCase() + noun.slice(1);
  const regions = sample === 'point';
  const wide = kind === 'wide';
  const room = height - (input.y + input.h) - 28 * type - 118 * type;
  return (
    <div className={styles.input} style={{ ...absoluteStyle(input.x, 0, input.w), height }}>
      <p className={styles.captionStill} style={{ height: input.y }}>
        <span className={simulated && !wide ? 'visually-hidden' : undefined}>
          {regions
            ? 'Regions'
            : sample === 'events'
              ? 'Events'
              : wide && type === 1 && !simulated && noun.length <= 5
                ? `${Noun} under study`
                : Noun}
        </span>
        {simulated && (
          <span className={styles.simulated} title="Made by published equations, not measured">
            simulated
          </span>
        )}
      </p>
      <div className={styles.frame} style={{ width: input.w, height: input.h }}>
        {gallery ? (
          <Sample
            key={sample}
            gallery={gallery}
            index={index}
            label={
              regions
                ? `Decision regions with test points; under study: ${truth ?? ''}`
                : `${Noun} under study: ${truth ?? ''}`
            }
          />
        ) : (
          <p>loading {noun}s</p>
        )}
      </div>
      <div className={styles.pick}>
        <IconButton
          icon="left"
          size="small"
          label={`Previous ${noun}`}
          disabled={count < 2}
          onClick={() => move(-1)}
        />
        <span className={styles.pickCount}>{count > 0 ? `${index + 1}/${count}` : ' '}</span>
        <IconButton
          icon="right"
          size="small"
          label={`Next ${noun}`}
          disabled={count < 2}
          onClick={() => move(1)}
        />
      </div>
      {gallery && <Block gallery={gallery} index={index} />}
      <PredictedClass truth={truth} />
      {wide && gallery && !regions && <Thumbs gallery={gallery} room={room} />}
      {wide && foot}
    </div>
  );
}
