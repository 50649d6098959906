import type { EngineChoice } from '../../training/ids';
import { parameterCount } from '../../network/network';
import { ENGINES } from '../../training/engines';
import type { RunStatus } from '../../worker/protocol';
import { useLab } from '../../store/lab';
import { groupedInteger } from '../../drawing/format';
import { Field, Popover, Select } from '../kit';
import styles from './Bar.module.css';
import { GraphicsCheckReport } from './GraphicsCheckReport';
import { TileSizesReport } from './TileSizesReport';
import { webgpuMessage } from '../overlays/webgpuAdvice';
import { actions } from '../kit/actions';

/** The engines of the registry as choices of a menu; a new engine appears here by itself. */
export const ENGINE_CHOICES: readonly { id: EngineChoice; label: string }[] = [
  { id: 'auto', label: 'Fastest here (measured)' },
  ...ENGINES,
];

/** Which engine is in use, how fast it is and how far the run is; and the menu to change it. */
export function EngineDetails() {
  const engine = useLab((state) => state.engine);
  const measured = useLab((state) => state.measured);
  const webgpu = useLab((state) => state.webgpu);
  const run = useLab((state) => state.run);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const choice = useLab((state) => state.configuration.engine);
  const { setEngine } = actions();
  const message = webgpu && webgpuMessage(webgpu.state, navigator.userAgent);
  return (
    <div className={styles.panel}>
      <dl className={styles.facts}>
        <dt>Engine</dt>
        <dd>{engine?.label ?? 'starting'}</dd>
        <dt>Runs on</dt>
        <dd>
          {engine?.adapter ?? '–'}
          {engine?.software ? ', emulated on the CPU' : ''}
        </dd>
        <dt>Step</dt>
        <dd data-testid="step">{groupedInteger(run.step)}</dd>
        <dt>Epoch</dt>
        <dd>{run.stepsPerEpoch > 0 ? (run.step / run.stepsPerEpoch).toFixed(2) : '–'}</dd>
        <dt>Parameters</dt>
        <dd>{spec ? groupedInteger(parameterCount(spec)) : '–'}</dd>
      </dl>
      {engine?.threads === 1 && !crossOriginIsolated && navigator.hardwareConcurrency > 1 && (
        <p>
          One thread, since this page may not share memory. A server that sends the headers
          Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp lets the
          engine use more of your {navigator.hardwareConcurrency} cores.
        </p>
      )}
      {measured.length > 0 && (
        <>
          <h2>Measured on this machine</h2>
          <table className={styles.measured}>
            <tbody>
              {measured.map(({ label, msPerStep, note }) => (
                <tr key={label}>
                  <th scope="row">{label}</th>
                  <td>{msPerStep === null ? note : `${msPerStep.toFixed(1)} ms a step`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      <GraphicsCheckReport />
      {engine?.id === 'parsimony-webgpu' && <TileSizesReport />}
      {message && (
        <>
          <h2>{message.title}</h2>
          <p>{message.detail}</p>
          {message.advice && <p>{message.advice}</p>}
        </>
      )}
      <Field label="Engine" hint="The run goes on with its weights.">
        {({ id, describedBy }) => (
          <Select
            id={id}
            describedBy={describedBy}
            choices={ENGINE_CHOICES}
            value={choice}
            onChange={setEngine}
          />
        )}
      </Field>
    </div>
  );
}

/** The words shown in place of the speed while there is none, so that the bar keeps its shape. */
const PLAIN_STATUS: Record<RunStatus, string> = {
  starting: 'starting',
  loading: 'loading',
  paused: 'paused',
  playing: '',
  resting: 'resting',
  waiting: 'waiting',
  path: 'turning',
  failed: 'failed',
};

/** "WebGPU (tfjs) · 140 steps/s": where it runs and how fast. */
export function EnginePill() {
  const engine = useLab((state) => state.engine);
  const status = useLab((state) => state.run.status);
  const speed = useLab((state) => state.run.stepsPerSecond);
  const checking = useLab(({ graphics }) => graphics?.state === 'running' && graphics.waits);
  const label = checking
    ? 'checking this graphics card'
    : (engine?.label ?? (status === 'failed' ? 'no engine' : 'starting'));
  const playing = status === 'playing';
  return (
    <Popover
      label="Engine"
      triggerClass={styles.pill}
      trigger={
        <>
          <span
            className={styles.light}
            data-on={playing || undefined}
            data-failed={status === 'failed' || undefined}
          />
          <span data-testid="engine">{label}</span>
          {engine && (
            <span className={styles.speed}>
              ·{' '}
              {playing
                ? `${speed >= 10 ? groupedInteger(speed) : speed.toFixed(1)} steps/s`
                : PLAIN_STATUS[status]}
            </span>
          )}
        </>
      }
    >
      {() => <EngineDetails />}
    </Popover>
  );
}
