import { useRef } from 'react';
import { useLab } from '../../store/lab';
import { COMPACT, Icon, NARROW, useMedia } from '../kit';
import styles from './LensShell.module.css';
import { LensRegion } from './regions';
import { actions } from '../kit/actions';

/** A vertical drag longer than this opens or closes the sheet. */
const SWIPE_PX = 24;

/** The place of the lens: a column, a drawer with a handle, or on phones a sheet that is swiped up. */
export function LensShell() {
  const compact = useMedia(COMPACT);
  const narrow = useMedia(NARROW);
  const open = useLab((state) => state.ui.lensOpen);
  const lens = useLab((state) => state.ui.lens);
  const { setUi } = actions();
  const from = useRef<number | null>(null);
  const name = lens[0].toUpperCase() + lens.slice(1);
  if (!compact) {
    return (
      <section className={styles.column} aria-label="Lens">
        <h2 className="visually-hidden">{name}</h2>
        <LensRegion />
      </section>
    );
  }
  return (
    <section
      className={narrow ? styles.sheet : styles.drawer}
      data-open={open || undefined}
      aria-label="Lens"
    >
      <button
        type="button"
        className={styles.handle}
        aria-expanded={open}
        aria-controls="lens-body"
        onClick={() => {
          if (from.current === null) setUi({ lensOpen: !open });
          from.current = null;
        }}
        onPointerDown={(event) => {
          if (!narrow) return;
          const y = event.clientY;
          const target = event.currentTarget;
          target.setPointerCapture(event.pointerId);
          target.onpointermove = (move) => {
            if (Math.abs(move.clientY - y) < SWIPE_PX) return;
            from.current = y;
            target.onpointermove = null;
            setUi({ lensOpen: move.clientY < y });
          };
        }}
        onPointerUp={(event) => (event.currentTarget.onpointermove = null)}
      >
        <span>{name}</span>
        <Icon name={narrow ? (open ? 'down' : 'up') : open ? 'right' : 'left'} />
      </button>
      <div id="lens-body" className={styles.body} inert={!open}>
        {open && (
          <>
            <h2 className="visually-hidden">{name}</h2>
            <LensRegion />
          </>
        )}
      </div>
    </section>
  );
}
