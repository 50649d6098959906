import { useLab } from '../../store/lab';
import { IconButton, Segmented } from '../kit';
import styles from './Bar.module.css';
import { actions } from '../kit/actions';

const PACES = [
  { id: 'watch', label: 'Watch' },
  { id: 'fast', label: 'Fast' },
] as const;

/** Watch (30 steps a second, to be looked at) or Fast (as fast as the engine goes). */
export function PaceChoice() {
  const pace = useLab((state) => state.run.pace);
  const { setPace } = actions();
  return <Segmented label="Pace" choices={PACES} value={pace} onChange={setPace} />;
}

/** Reset, play, step, pace. */
export function Transport({ narrow }: { narrow?: boolean }) {
  const status = useLab((state) => state.run.status);
  const { togglePlay, step, reset } = actions();
  const playing = status === 'playing' || status === 'waiting';
  const idle = status === 'starting' || status === 'loading' || status === 'failed';
  const play = (
    <IconButton
      icon={playing ? 'pause' : 'play'}
      label={playing ? 'Pause' : 'Play'}
      hotkey="Space"
      data-control="play"
      look="round"
      size="large"
      disabled={idle || status === 'path'}
      onClick={togglePlay}
    />
  );
  if (narrow) return play;
  return (
    <div className={styles.transport} role="group" aria-label="Training">
      <IconButton icon="reset" label="Reset to the same start" hotkey="R" onClick={reset} />
      {play}
      <IconButton
        icon="step"
        label="One step"
        hotkey="."
        disabled={idle || playing || status === 'path'}
        onClick={() => step('step')}
      />
      <PaceChoice />
    </div>
  );
}
