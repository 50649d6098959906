import { absoluteStyle } from './labels/absoluteStyle';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLab } from '../../store/lab';
import { BarFoot } from './labels/BarFoot';
import { BarModes } from './labels/BarModes';
import { Captions } from './labels/Captions';
import { ClassList } from './labels/ClassList';
import { InputPanel } from './samples/InputPanel';
import { followLab } from './model/liveStage';
import { PhoneStage } from './PhoneStage';
import { Readout } from './labels/Readout';
import styles from './Stage.module.css';
import { StageCanvas } from './StageCanvas';
import { StageTable } from './labels/StageTable';
import { TileWall } from './samples/TileWall';
import { StageTooltip } from './labels/StageTooltip';
import { TWIN_HEIGHT, TwinSelect, TwinStrip } from './twin/Twin';
import { type StageBox, useLayout } from './geometry/useLayout';

/** Below this the phone's stage is drawn. */
const PHONE = 480;

/** The stage: the network as it is now, and nothing else. Fills the cell it is put in. */
export function Stage() {
  const cell = useRef<HTMLElement>(null);
  const [room, setRoom] = useState<StageBox | null>(null);
  const twin = useLab((state) => state.twin.kind);
  const wall = useLab((state) => state.ui.overlay === 'tiles');

  useLayoutEffect(followLab, []);
  useLayoutEffect(() => {
    const element = cell.current;
    if (!element) return;
    const measure = (): void => {
      const { width, height } = element.getBoundingClientRect();
      const next = {
        width: Math.floor(width),
        height: Math.floor(height),
        dpr: window.devicePixelRatio || 1,
      };
      setRoom((before) =>
        before?.width === next.width && before.height === next.height && before.dpr === next.dpr
          ? before
          : next,
      );
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const phone = room !== null && room.width < PHONE;
  const strip = twin !== 'off' && !phone ? TWIN_HEIGHT + 8 : 0;
  return (
    <section ref={cell} className={styles.stage} aria-label="Stage" data-testid="stage">
      {room && (
        <div className={styles.field} style={{ height: room.height - strip }}>
          {phone ? <PhoneStage room={room} /> : <WideStage room={{ ...room, height: room.height - strip }} />}
        </div>
      )}
      {strip > 0 && <TwinStrip />}
      {wall && <TileWall />}
    </section>
  );
}

function WideStage({ room }: { room: StageBox }) {
  const twinOff = useLab((state) => state.twin.kind === 'off');
  const layout = useLayout(room, 'wide');
  const shown = layout !== null;
  useEffect(() => {
    if (shown) performance.mark('stage-first-paint');
  }, [shown]);
  if (!layout) return <p className={styles.waiting}>Waiting for the network’s weights.</p>;
  return (
    <>
      <StageCanvas layout={layout} />
      <Captions layout={layout} />
      <BarModes style={absoluteStyle(layout.bars.x, 20 * layout.type, layout.bars.w)} />
      <BarFoot layout={layout} />
      <InputPanel layout={layout} foot={twinOff && <TwinSelect />} />
      <ClassList layout={layout} />
      <Readout layout={layout} />
      <StageTable layout={layout} />
      <StageTooltip layout={layout} />
    </>
  );
}
