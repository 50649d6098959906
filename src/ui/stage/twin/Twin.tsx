import { useLab } from '../../../store/lab';
import type { TwinKind } from '../../../worker/protocol';
import { twinRefusal } from '../../controls/twinRefusal';
import { groupedInteger, percent, significant } from '../../../drawing/format';
import { layerName, pathNames } from '../model/names';
import styles from '../Stage.module.css';
import { TwinCanvas } from './TwinCanvas';

export const TWIN_HEIGHT = 96;

const KINDS: readonly { id: TwinKind; label: string }[] = [
  { id: 'off', label: 'Twin: off' },
  { id: 'tanh', label: 'Twin: tanh' },
  { id: 'lambda-zero', label: 'Twin: λ = 0' },
  { id: 'fixed-width', label: 'Twin: fixed width' },
  { id: 'ungrown', label: 'Twin: from here' },
];
const WHAT: Record<TwinKind, string> = {
  off: '',
  tanh: 'elementwise tanh, same start and batches; turned as yours is',
  'lambda-zero': 'λ = 0, same start and batches; operations are not repeated',
  'fixed-width': 'same start and batches, never reshaped',
  ungrown: 'your network as it was when you chose this, never reshaped since',
};

/** Which control trains along: off, the same start as elementwise tanh, or the same network without the energy bill. */
export function TwinSelect() {
  const kind = useLab((state) => state.twin.kind);
  const configuration = useLab((state) => state.configuration);
  const spec = useLab((state) => state.snapshots.main?.spec);
  return (
    <select
      className={styles.twinSelect}
      aria-label="Twin: the control trained on the same batches"
      value={kind}
      onChange={(event) => {
        const chosen = KINDS.find((k) => k.id === event.target.value);
        if (chosen) useLab.getState().setTwin(chosen.id);
      }}
    >
      {KINDS.map((k) => (
        <option key={k.id} value={k.id} disabled={twinRefusal(k.id, configuration, spec) !== null}>
          {k.label}
        </option>
      ))}
    </select>
  );
}

/** "2.7 points above yours", in percentage points of accuracy. */
export function gapText(own: number, twin: number): string {
  const points = 100 * (twin - own);
  if (Math.abs(points) < 0.05) return 'same accuracy as yours';
  return `${Math.abs(points).toFixed(1)} points ${points > 0 ? 'above' : 'below'} yours`;
}

/** The control in 96 px: its bars, accuracy and logits, grey and dashed; on a path it is put through the same one. */
export function TwinStrip() {
  const { kind, step, target } = useLab((state) => state.twin);
  const main = useLab((state) => state.evaluations.main);
  const twin = useLab((state) => state.evaluations.twin);
  const frame = useLab((state) => state.frame);
  const focus = useLab((state) => state.ui.focus);
  const mode = useLab((state) => state.ui.barMode);
  const paths = useLab((state) => state.snapshots.twin?.spec.hidden.at(focus)?.paths?.length ?? 0);
  const architecture = useLab((state) => (state.running ?? state.configuration).architecture);
  const catching = step < target;
  const own = frame ? frame.accuracy : main?.accuracy;
  const accuracy = frame ? frame.twin?.accuracy : twin?.accuracy;
  const n = frame ? frame.n : twin?.n;
  return (
    <div className={styles.twin} data-testid="twin-strip">
      <div className={styles.twinHead}>
        <TwinSelect />
        <span className={styles.term}>{WHAT[kind]}</span>
      </div>
      <div className={styles.twinBody}>
        <p className={styles.twinCaption}>
          <span>
            {layerName(focus)} of the twin
            {paths > 1 && `: ${pathNames(architecture, paths).join(' | ')}`},{' '}
            {mode === 'sigma' ? 'row norms' : mode === 'image' ? 'h, this image' : 'mean h²'}
          </span>
          <span>logits, this image</span>
        </p>
        <TwinCanvas />
      </div>
      <dl className={styles.twinNumbers}>
        {catching ? (
          <div>
            <dt>catching up</dt>
            <dd>
              {groupedInteger(step)}/{groupedInteger(target)}
            </dd>
          </div>
        ) : (
          <>
            <div>
              <dt>twin</dt>
              <dd>{accuracy === undefined ? '–' : percent(accuracy)}</dd>
            </div>
            {accuracy !== undefined && own !== undefined && (
              <div className={styles.gap}>
                <dd>{gapText(own, accuracy)}</dd>
              </div>
            )}
            {frame?.twin ? (
              <div>
                <dt>max Δlogit</dt>
                <dd>{significant(frame.twin.residual, 2)}</dd>
              </div>
            ) : (
              n !== undefined && (
                <div>
                  <dt>n</dt>
                  <dd>{groupedInteger(n)}</dd>
                </div>
              )
            )}
          </>
        )}
      </dl>
    </div>
  );
}
