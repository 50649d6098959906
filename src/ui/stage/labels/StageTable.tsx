import { useState } from 'react';
import { useLab } from '../../../store/lab';
import { Dialog } from '../../kit';
import { largestIndices } from '../model/bars';
import type { StageLayout } from '../geometry/layout';
import { liveStage } from '../model/liveStage';
import type { StageModel } from '../model/model';
import { groupedInteger, percent, significant } from '../../../drawing/format';
import { threeDigits, layerName, mergeText, unitName, weightName } from '../model/names';
import { outputNames } from '../model/outputs';
import { mergeRule } from '../../../network/merge';
import { isDivided, rowMeans, strongestReader } from '../geometry/shape';
import styles from '../Stage.module.css';

const ROWS = 24;

/** The focus layer as a table: the stage without a pointer. Taken when opened, so that it stands still to be read. */
export function StageTable({ layout }: { layout: StageLayout }) {
  const [model, setModel] = useState<StageModel | null>(null);
  return (
    <>
      <button
        type="button"
        className={styles.tableButton}
        style={{ right: 0, top: 0, height: 16 * layout.type }}
        onClick={() => setModel(liveStage.getState().model)}
      >
        Table
      </button>
      {model && <TableDialog model={model} onClose={() => setModel(null)} />}
    </>
  );
}

function TableDialog({ model, onClose }: { model: StageModel; onClose: () => void }) {
  const data = useLab((state) => state.configuration.data);
  const { focus, norms, sigma, size, snapshot, reading, shapes, paths, energies } = model;
  const depth = size.length - 2;
  const shape = shapes[focus];
  const what = shape.map ? 'channels' : 'units';
  const h = reading && rowMeans(shape, shape.map ? reading.h[focus].map((v) => v * v) : reading.h[focus]);
  const merge = mergeText(mergeRule(snapshot.spec.hidden[focus]), paths[focus]);
  const title = `${layerName(focus)} at step ${groupedInteger(snapshot.step)}`;
  return (
    <Dialog title={title} onClose={onClose}>
      {isDivided(shape) && (
        <table className={styles.table}>
          <caption>
            Its pathways{merge ? `, merged by ${merge}` : ', side by side'}: mean h² of their units, and their
            share of the layer’s Σh².
          </caption>
          <thead>
            <tr>
              <th scope="col">Pathway</th>
              <th scope="col">Units</th>
              <th scope="col">mean h²</th>
              <th scope="col">Share</th>
            </tr>
          </thead>
          <tbody>
            {shape.paths.map((width, path) => {
              const energy = energies[focus]?.[path];
              return (
                <tr key={path}>
                  <th scope="row">{paths[focus][path]}</th>
                  <td>{width}</td>
                  <td>{energy ? significant(energy.mean) : '–'}</td>
                  <td>{energy?.share == null ? '–' : percent(energy.share, 0)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <table className={styles.table}>
        <caption>
          The {Math.min(ROWS, size[focus + 1])} {what} of largest {shape.map ? 'kernel' : 'row'} norm, of{' '}
          {size[focus + 1]}. {shape.map ? 'h² is the mean over its map, ' : 'h is '}of the image under study.
        </caption>
        <thead>
          <tr>
            <th scope="col">{shape.map ? 'Channel' : 'Unit'}</th>
            <th scope="col">{shape.map ? 'Kernel norm' : 'Row norm'}</th>
            <th scope="col">σ</th>
            <th scope="col">Bias</th>
            <th scope="col">{shape.map ? 'mean h²' : 'h'}</th>
            <th scope="col">Strongest in {weightName(focus + 1)}</th>
          </tr>
        </thead>
        <tbody>
          {largestIndices(norms[focus], ROWS).map((i) => {
            const to = strongestReader(snapshot.spec, snapshot.weights, focus, i, size[focus + 2]);
            const name =
              to === null
                ? ''
                : focus + 1 === depth
                  ? outputNames(data, snapshot.spec.blocks)[to.to]
                  : `${unitName(shapes[focus + 1], to.to, paths[focus + 1])} of layer ${focus + 2}`;
            return (
              <tr key={i}>
                <th scope="row">{isDivided(shape) ? unitName(shape, i, paths[focus]) : i + 1}</th>
                <td>{threeDigits(norms[focus][i])}</td>
                <td>{sigma[focus] ? threeDigits(sigma[focus][i]) : '–'}</td>
                <td>{threeDigits(snapshot.biases[focus][i])}</td>
                <td>{h ? threeDigits(h[i]) : '–'}</td>
                <td>{to && `${threeDigits(to.value)}${to.several ? ' (norm)' : ''} to ${name}`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Dialog>
  );
}
