import { useState } from 'react';
import { useLab } from '../../store/lab';
import { Dialog } from '../kit';
import { largest, strongest } from './bars';
import type { Layout } from './layout';
import { live } from './live';
import type { StageModel } from './model';
import { figure, layerName, weightName } from './names';
import { outputNames } from './outputs';
import styles from './Stage.module.css';

const ROWS = 24;

/** The focus layer as a table: the stage without a pointer. Taken when opened, so that it stands still to be read. */
export function StageTable({ layout }: { layout: Layout }) {
  const [model, setModel] = useState<StageModel | null>(null);
  return (
    <>
      <button
        type="button"
        className={styles.tableButton}
        style={{ right: 0, top: 0, height: 16 * layout.type }}
        onClick={() => setModel(live.getState().model)}
      >
        Table
      </button>
      {model && <TableDialog model={model} onClose={() => setModel(null)} />}
    </>
  );
}

function TableDialog({ model, onClose }: { model: StageModel; onClose: () => void }) {
  const data = useLab((state) => state.configuration.data);
  const { focus, norms, sigma, size, snapshot, reading } = model;
  const depth = size.length - 2;
  const out = snapshot.weights[focus + 1];
  const title = `${layerName(focus)} at step ${snapshot.step.toLocaleString('en-US')}`;
  return (
    <Dialog title={title} onClose={onClose}>
      <table className={styles.table}>
        <caption>
          The {Math.min(ROWS, size[focus + 1])} units of largest row norm, of {size[focus + 1]}. h is of the
          image under study.
        </caption>
        <thead>
          <tr>
            <th scope="col">Unit</th>
            <th scope="col">Row norm</th>
            <th scope="col">σ</th>
            <th scope="col">Bias</th>
            <th scope="col">h</th>
            <th scope="col">Strongest in {weightName(focus + 1)}</th>
          </tr>
        </thead>
        <tbody>
          {largest(norms[focus], ROWS).map((i) => {
            const to = strongest(out, i, size[focus + 2], size[focus + 1]);
            const name =
              focus + 1 === depth
                ? outputNames(data, snapshot.spec.blocks)[to]
                : `unit ${to + 1} of layer ${focus + 2}`;
            return (
              <tr key={i}>
                <th scope="row">{i + 1}</th>
                <td>{figure(norms[focus][i])}</td>
                <td>{sigma[focus] ? figure(sigma[focus][i]) : '–'}</td>
                <td>{figure(snapshot.biases[focus][i])}</td>
                <td>{reading ? figure(reading.h[focus][i]) : '–'}</td>
                <td>
                  {figure(out[to * size[focus + 1] + i])} to {name}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Dialog>
  );
}
