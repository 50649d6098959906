import { absoluteStyle } from './labels/absoluteStyle';
import { useState } from 'react';
import { useLab } from '../../store/lab';
import { groupedInteger, percent, significant } from '../../drawing/format';
import { Dialog } from '../kit';
import { BarModes } from './labels/BarModes';
import { Captions } from './labels/Captions';
import { ClassList } from './labels/ClassList';
import { InputPanel } from './samples/InputPanel';
import styles from './Stage.module.css';
import { StageCanvas } from './StageCanvas';
import { layerName } from './model/names';
import { useLiveStage } from './model/liveStage';
import { PathLabels } from './labels/PathLabels';
import { type StageBox, useLayout } from './geometry/useLayout';

/** 390 × 340: image and verdict, bars of the focus layer, nine tiles; a tap opens the matrices. */
export function PhoneStage({ room }: { room: StageBox }) {
  const layout = useLayout(room, 'phone');
  const [open, setOpen] = useState(false);
  const frame = useLab((state) => state.frame);
  const n = useLiveStage(({ model }) => (model ? model.size[model.focus + 1] : 0));
  const mode = useLiveStage(({ model }) => model?.bars.mode ?? 'sigma');
  const over = useLiveStage(({ model }) => model?.bars.over ?? '');
  const end = useLiveStage(({ model }) => model?.barEnds[model.focus] ?? 1);
  if (!layout) return <p className={styles.waiting}>Waiting for the network’s weights.</p>;
  const { bars, tiles } = layout;
  const shape = layout.shapes[layout.focus];
  const last = layout.maps.at(-1) ?? tiles[tiles.length - 1];
  return (
    <>
      <StageCanvas layout={layout} onOpen={() => setOpen(true)} />
      <InputPanel layout={layout} />
      <p className={styles.caption} style={absoluteStyle(bars.x, 0)}>
        {layerName(layout.focus)} · {n}
      </p>
      <PathLabels layout={layout} />
      <p className={styles.caption} style={absoluteStyle(tiles[0].x, 0)}>
        {shape.map ? `Kernel, map · ${Math.min(tiles.length, n)} of ${n}` : `Largest ${Math.min(9, n)}`}
      </p>
      <p
        className={styles.caption}
        // Under its bars, in as many lines as it takes: the class list begins beside it.
        style={{
          ...absoluteStyle(bars.x, bars.y + bars.h + 4, tiles[0].x - bars.x - 8),
          whiteSpace: 'normal',
        }}
      >
        {frame
          ? `t ${frame.t.toFixed(2)} · max Δlogit ${significant(frame.residual, 2)} · ${percent(frame.accuracy)} (n = ${groupedInteger(frame.n)})`
          : mode === 'sigma'
            ? `bar: ${shape.map ? 'kernel' : 'row'} norm${shape.map || shape.paths.length > 1 ? '' : ' · line: σ'} · full width ${significant(end, 2)}`
            : over}
      </p>
      <div
        className={styles.phoneFoot}
        style={absoluteStyle(tiles[0].x, last.y + last.h + 8, layout.width - tiles[0].x)}
      >
        <BarModes />
        <button type="button" className={styles.small} onClick={() => setOpen(true)}>
          Matrices and classes
        </button>
      </div>
      <ClassList layout={layout} />
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
  const [height] = useState(() => Math.max(360, Math.min(640, Math.floor(0.8 * window.innerHeight) - 112)));
  const layout = useLayout({ width, height, dpr }, 'sheet');
  if (!layout) return null;
  return (
    <div className={styles.sheet} style={{ width, height }}>
      <StageCanvas layout={layout} />
      <Captions layout={layout} />
      <BarModes style={absoluteStyle(layout.bars.x, 20 * layout.type, layout.bars.w)} />
      <ClassList layout={layout} />
    </div>
  );
}
