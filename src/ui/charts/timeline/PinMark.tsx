import type { Pin } from '../../../worker/protocol';
import { groupedInteger, typedNumber, significant } from '../../../drawing/format';
import { Popover } from '../../kit';
import { clusterColour, clusterGlyph, pinColour, type PinCluster, pinGlyph } from './pins';
import { ReportTable } from './ReportTable';
import styles from './Timeline.module.css';

interface PinMarkProps {
  cluster: PinCluster;
  /** Where the track begins and how wide it is, in pixels. */
  left: number;
  width: number;
}

/** A pin, or several too close to tell apart, on the timeline: opens what happened there. */
export function PinMark({ cluster, left, width }: PinMarkProps) {
  const { pins, x } = cluster;
  const first = pins[0];
  const label =
    pins.length === 1
      ? `${first.label}, step ${groupedInteger(first.step)}`
      : `${pins.length} changes, steps ${groupedInteger(first.step)} to ${groupedInteger(pins[pins.length - 1].step)}`;
  return (
    <div
      className={styles.pin}
      style={{
        left: left + Math.min(width, Math.max(0, x)),
        color: clusterColour(cluster),
      }}
    >
      <Popover
        label={label}
        triggerClass={styles.pinButton}
        trigger={
          <>
            <span className="visually-hidden">{label}</span>
            <span aria-hidden="true">{clusterGlyph(cluster)}</span>
          </>
        }
        testId={`pin-${first.id}`}
      >
        <Pins cluster={cluster} />
      </Popover>
    </div>
  );
}

/** What automatic adaptation decided, with the σ that decided it. */
function Decisions({ decisions }: { decisions: NonNullable<Pin['decisions']> }) {
  return (
    <ul className={styles.decisions}>
      {decisions.map((made) => (
        <li key={`${made.step}/${made.layer}`}>
          {`Step ${groupedInteger(made.step)}, layer ${made.layer + 1}: ${made.change > 0 ? '+' : '−'}${Math.abs(made.change)}, now ${made.widths.join('-')}. ${made.small} σ at or below θ ${typedNumber(made.theta)}, ${made.scaffold} wanted.`}
          {made.sigmas.length > 0 && (
            <small>{`Smallest σ: ${made.sigmas.map((s) => significant(s)).join(', ')}`}</small>
          )}
        </li>
      ))}
    </ul>
  );
}

function Pins({ cluster: { pins } }: { cluster: PinCluster }) {
  if (pins.length === 1) {
    const [pin] = pins;
    return (
      <div className={styles.detail}>
        <h3>{pin.label}</h3>
        <p>Step {groupedInteger(pin.step)}</p>
        {pin.decisions && <Decisions decisions={pin.decisions} />}
        {pin.report && (
          <ReportTable report={pin.report} title={`${pin.label}, step ${groupedInteger(pin.step)}`} />
        )}
      </div>
    );
  }
  return (
    <ol className={styles.list}>
      {pins.map((pin) => (
        <li key={pin.id}>
          <span className={styles.glyph} style={{ color: pinColour(pin) }} aria-hidden="true">
            {pinGlyph(pin)}
          </span>
          {pin.report ? (
            <details>
              <summary>
                {pin.label} <small>step {groupedInteger(pin.step)}</small>
              </summary>
              <ReportTable report={pin.report} title={`${pin.label}, step ${groupedInteger(pin.step)}`} />
            </details>
          ) : (
            <span>
              {pin.label} <small>step {groupedInteger(pin.step)}</small>
              {pin.decisions && <Decisions decisions={pin.decisions} />}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
