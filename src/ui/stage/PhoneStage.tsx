import { useState } from 'react';
import { useLab } from '../../store/lab';
import { Dialog } from '../kit';
import { BarModes } from './BarModes';
import { at, Captions } from './Captions';
import { ClassList } from './ClassList';
import { InputPanel } from './InputPanel';
import styles from './Stage.module.css';
import { StageCanvas } from './StageCanvas';
import { layerName } from './names';
import { useLive } from './live';
import { type Room, useLayout } from './useLayout';

/** 390 × 340: image and verdict, bars of the focus layer, nine tiles; a tap opens the matrices. */
export function PhoneStage({ room }: { room: Room }) {
  const layout = useLayout(room, 'phone');
  const [open, setOpen] = useState(false);
  const frame = useLab((state) => state.frame);
  const n = useLive(({ model }) => (model ? model.size[model.focus + 1] : 0));
  if (!layout) return <p className={styles.waiting}>Waiting for the network’s weights.</p>;
  const { bars, tiles } = layout;
  const last = tiles[tiles.length - 1];
  return (
    <>
      <StageCanvas layout={layout} onOpen={() => setOpen(true)} />
      <InputPanel layout={layout} />
      <h3 className={styles.caption} style={at(bars.x, 0)}>
        {layerName(layout.focus)} · {n}
      </h3>
      <h3 className={styles.caption} style={at(tiles[0].x, 0)}>
        Largest {Math.min(9, n)}
      </h3>
      <div
        className={styles.phoneFoot}
        style={at(tiles[0].x, last.y + last.h + 8, last.x + last.w - tiles[0].x)}
      >
        {frame && <p>t {frame.t.toFixed(2)}</p>}
        <button type="button" className={styles.small} onClick={() => setOpen(true)}>
          Matrices and classes
        </button>
      </div>
      {open && (
        <Dialog title="Matrices" onClose={() => setOpen(false)}>
          <Sheet dpr={room.dpr} />
        </Dialog>
      )}
    </>
  );
}

/** The matrices and classes at the width of a phone. */
function Sheet({ dpr }: { dpr: number }) {
  const [width] = useState(() => Math.min(440, window.innerWidth - 68));
  const [height] = useState(() => Math.max(420, Math.min(620, window.innerHeight - 160)));
  const layout = useLayout({ width, height, dpr }, 'sheet');
  if (!layout) return null;
  return (
    <div className={styles.sheet} style={{ width, height }}>
      <StageCanvas layout={layout} />
      <Captions layout={layout} />
      <BarModes layout={layout} />
      <ClassList layout={layout} />
    </div>
  );
}
