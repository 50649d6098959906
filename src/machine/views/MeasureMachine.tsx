import { useEffect, useId, useState } from 'react';
import type { EngineId } from '../../training/ids';
import { groupedInteger } from '../../drawing/format';
import { useLab } from '../../store/lab';
import { ENGINES } from '../../training/engines';
import { downloadFile } from '../../ui/kit/download';
import { useCopy } from '../../ui/kit/useCopy';
import { Button } from '../../ui/kit';
import { useExperimentsStatus } from '../../workbench/state/status';
import { MACHINE_NETWORKS, machineReport } from '../results';
import { cancelMeasurement, measureMachine, useMachine } from '../state';
import { MachineTable } from './MachineTable';
import styles from './MeasureMachine.module.css';

/** Plain JavaScript is left out: it takes minutes, and nobody trains on it by choice. */
const OFFERED = ENGINES.filter(({ id }) => id !== 'tfjs-cpu');

interface ChecksProps<T extends string> {
  legend: string;
  options: readonly { id: T; label: string; describe: string }[];
  chosen: readonly T[];
  disabled: boolean;
  onChange: (chosen: T[]) => void;
}

function Checks<T extends string>({ legend, options, chosen, disabled, onChange }: ChecksProps<T>) {
  return (
    <fieldset className={styles.checks} disabled={disabled}>
      <legend>{legend}</legend>
      {options.map(({ id, label, describe }) => (
        <label key={id} title={describe}>
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
            }
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}

/** Copies or saves what was measured. */
function TakeAlong() {
  const { facts, rows, measuredAt } = useMachine();
  const [copied, copy] = useCopy();
  if (!facts || !measuredAt || rows.length === 0) return null;
  const report = (): string => machineReport(facts, rows, measuredAt);
  return (
    <p className={styles.take}>
      <Button icon="copy" onClick={() => copy(report())}>
        {copied === 'copied' ? 'Copied' : copied === 'refused' ? 'The browser refused' : 'Copy as JSON'}
      </Button>
      <Button
        icon="down"
        onClick={() => downloadFile('parsimony-machine.json', [report()], 'application/json')}
      >
        Save as JSON
      </Button>
      <span>
        Nothing is sent anywhere. If your machine is one we do not have, an issue with this file helps us.
      </span>
    </p>
  );
}

/** Measures the engines that this machine has on three networks, and says in plain words what the numbers mean. */
export function MeasureMachine() {
  const real = useLab((state) => state.webgpu?.state === 'ok');
  const experiments = useExperimentsStatus((state) => state.running !== null);
  const { progress, facts, rows, ended } = useMachine();
  const [engines, setEngines] = useState<EngineId[]>(() =>
    real ? ['parsimony-wasm', 'parsimony-webgpu'] : ['parsimony-wasm'],
  );
  const [networks, setNetworks] = useState<string[]>(() => MACHINE_NETWORKS.map(({ id }) => id));
  const status = useId();
  // Whoever closes the dialog has seen enough.
  useEffect(() => cancelMeasurement, []);
  const nothing = engines.length === 0 || networks.length === 0;
  return (
    <div className={styles.machine}>
      <p>
        Trains on noise for a few seconds with each engine and network, on a thread of its own; the lab pauses
        meanwhile. Close other busy pages for steady numbers.
      </p>
      <Checks
        legend="Engines"
        options={OFFERED}
        chosen={engines}
        disabled={progress !== null}
        onChange={setEngines}
      />
      <Checks<string>
        legend="Networks"
        options={MACHINE_NETWORKS.map(({ id, label, describe, batch }) => ({
          id,
          label: `${label} (${id})`,
          describe: `${describe}; batches of ${batch}`,
        }))}
        chosen={networks}
        disabled={progress !== null}
        onChange={setNetworks}
      />
      {!real && engines.some((id) => id.endsWith('webgpu') || id.endsWith('webgl')) && (
        <p className={styles.aside}>
          No graphics card is offered to WebGPU here, or one emulated on the CPU: its engines may take long.
        </p>
      )}
      <div className={styles.go}>
        {progress ? (
          <>
            <span id={status} role="status">
              {progress.done} of {progress.total}: {progress.what} …
            </span>
            <progress aria-labelledby={status} value={progress.done} max={progress.total} />
            <Button onClick={cancelMeasurement}>Cancel</Button>
          </>
        ) : (
          <>
            <Button
              look="primary"
              disabled={nothing || experiments}
              onClick={() => void measureMachine(engines, networks)}
            >
              {rows.length > 0 ? 'Measure again' : 'Measure'}
            </Button>
            {experiments && <span>Experiments are running: end or pause them first.</span>}
            {nothing && <span>Choose at least one engine and one network.</span>}
          </>
        )}
      </div>
      {ended && <p role="status">{ended}</p>}
      <MachineTable rows={rows} />
      {facts && rows.length > 0 && (
        <p className={styles.aside}>
          {facts.cores} cores
          {facts.isolated ? '' : ', of which this page may use one (it may not share memory between threads)'}
          {facts.graphics && `; ${facts.graphics}`}
          {facts.peakGflopsPerThread !== null &&
            `; at most ${groupedInteger(facts.peakGflopsPerThread)} GFLOP/s a thread in SIMD`}
          .
        </p>
      )}
      {!progress && <TakeAlong />}
    </div>
  );
}
