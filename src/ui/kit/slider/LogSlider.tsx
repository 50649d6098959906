import { type CSSProperties, type ReactNode, useEffect, useRef } from 'react';
import styles from './LogSlider.module.css';
import { type LogTrack, positionOf, stepValue, trackValueAt } from './logScale';

interface LogSliderProps {
  /** The name, e.g. "λ". */
  label: string;
  value: number;
  track: LogTrack;
  /** Range reachable by keyboard, wider than the window of the track. */
  min: number;
  max: number;
  onChange: (value: number) => void;
  /** Called when the visitor takes hold of the slider and lets go. The window must not move while it is held. */
  onHold: (held: boolean) => void;
  /** Spoken value, e.g. "λ 0.001". */
  valueText: string;
  ticks?: { value: number; label: string }[];
  /** Words under the two ends of the track. */
  ends?: [string, string];
  /** What is drawn behind the track, in its coordinates (0 … 100 % of the window). */
  backdrop?: ReactNode;
  colour?: string;
  disabled?: boolean;
  describedBy?: string;
  testId?: string;
}

const RESOLUTION = 1000;
/** Milliseconds after the last key press for which the slider still counts as held. */
const KEY_HOLD_MS = 1500;

/** A range input on a log scale with an exact zero at its left end. Arrows: a twentieth of a decade; with Shift: half. */
export function LogSlider(props: LogSliderProps) {
  const { label, value, track, min, max, onChange, onHold, valueText, ticks = [], ends, backdrop } = props;
  const position = positionOf(value, track);
  const release = useRef(0);
  const held = useRef(false);
  const hold = (on: boolean): void => {
    window.clearTimeout(release.current);
    if (held.current === on) return;
    held.current = on;
    onHold(on);
  };
  useEffect(() => () => window.clearTimeout(release.current), []);
  const outside = value > 0 && (value < track.low * 0.99 || value > track.high * 1.01);
  return (
    <div
      className={styles.slider}
      style={{ '--colour': props.colour ?? 'var(--ink)', '--at': position } as CSSProperties}
      data-disabled={props.disabled ?? undefined}
      data-backdrop={backdrop ? true : undefined}
    >
      <div className={styles.track} aria-hidden="true">
        {backdrop && (
          <div className={styles.backdrop} style={{ left: `${positionOf(track.low, track) * 100}%` }}>
            {backdrop}
          </div>
        )}
        {track.zero && <span className={styles.zero} />}
        <span className={styles.line} style={{ left: `${positionOf(track.low, track) * 100}%` }} />
        {ticks.map((tick) => (
          <span
            key={tick.label}
            className={styles.tick}
            style={{ left: `${positionOf(tick.value, track) * 100}%` }}
            hidden={tick.value < track.low || tick.value > track.high}
          >
            <span>{tick.label}</span>
          </span>
        ))}
      </div>
      <input
        type="range"
        className={styles.input}
        min={0}
        max={RESOLUTION}
        step={1}
        value={Math.round(position * RESOLUTION)}
        aria-label={label}
        aria-valuetext={valueText}
        aria-describedby={props.describedBy}
        disabled={props.disabled}
        data-testid={props.testId}
        data-outside={outside || undefined}
        onChange={(event) => onChange(trackValueAt(Number(event.target.value) / RESOLUTION, track))}
        onPointerDown={() => hold(true)}
        onPointerUp={() => hold(false)}
        onPointerCancel={() => hold(false)}
        onBlur={() => hold(false)}
        onKeyDown={(event) => {
          const direction = {
            ArrowRight: 1,
            ArrowUp: 1,
            PageUp: 10,
            ArrowLeft: -1,
            ArrowDown: -1,
            PageDown: -10,
          }[event.key];
          let next: number | null = null;
          if (event.key === 'Home') next = track.zero ? 0 : min;
          else if (event.key === 'End') next = trackValueAt(1, track);
          else if (direction) next = stepValue(value, direction * (event.shiftKey ? 10 : 1), min, max, track);
          if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          hold(true);
          release.current = window.setTimeout(() => hold(false), KEY_HOLD_MS);
          if (next !== value) onChange(next);
        }}
      />
      {ends && (
        <div className={styles.ends} aria-hidden="true">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </div>
      )}
    </div>
  );
}
