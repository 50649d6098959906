import { useMemo, useState } from 'react';
import { useLab } from '../../../store/lab';
import type { Snapshot } from '../../../worker/protocol';
import { HandStatus } from '../../controls/Hand';
import { groupedInteger, significant } from '../../../drawing/format';
import { Button } from '../../kit';
import { layerForm } from '../../stage/model/model';
import { pathNames, unitName } from '../../stage/model/names';
import { outputNames } from '../../stage/model/outputs';
import { unitPatterns } from '../../stage/samples/patterns';
import { layerShapes } from '../../stage/geometry/shape';
import styles from './Inspector.module.css';
import { PatternView } from './PatternView';
import { unitReading } from './unitReading';
import { Combination } from './Reads';
import { SignedBars } from './SignedBars';
import { TopImages } from './TopImages';

const signed = (value: number): string => significant(value).replace('-', '−');

/**
 * A unit of a pathway or a channel of a convolution, in the basis it has: such layers are neither turned nor resized, so all of it is
 * read here from the weights drawn and the test images of the page.
 */
export function PlainUnit({ layer, unit, why }: { layer: number; unit: number; why: string }) {
  const newest = useLab((state) => state.snapshots.main);
  const [taken, setTaken] = useState<Snapshot | undefined>(newest);
  const spec = taken?.spec;
  const same = spec?.hidden.length === newest?.spec.hidden.length;
  return (
    <>
      <HandStatus tone={taken === newest ? 'plain' : 'warn'}>
        {`At step ${groupedInteger(taken?.step ?? 0)}. `}
        {taken !== newest && (
          <Button look="quiet" size="small" onClick={() => setTaken(newest)}>
            Your network has moved on: look again
          </Button>
        )}
      </HandStatus>
      <p className={styles.note}>{why}</p>
      {taken && same && <PlainReport snapshot={taken} layer={layer} unit={unit} />}
    </>
  );
}

function PlainReport({ snapshot, layer, unit }: { snapshot: Snapshot; layer: number; unit: number }) {
  const gallery = useLab((state) => state.gallery);
  const data = useLab((state) => state.configuration.data);
  const architecture = useLab((state) => state.configuration.architecture);
  const { spec, weights } = snapshot;
  const shapes = layerShapes(spec);
  const report = useMemo(() => unitReading(snapshot, gallery, layer, unit), [snapshot, gallery, layer, unit]);
  const pattern = useMemo(() => unitPatterns(spec, weights, layer, [unit]), [spec, weights, layer, unit]);
  const base = pattern.base;
  const form = useMemo(() => layerForm(spec, layer, base, data), [spec, layer, base, data]);
  const channel = shapes[layer].map !== null;
  const names = outputNames(data, spec.blocks);
  const next = layer + 1 < shapes.length ? shapes[layer + 1] : null;
  const reader = (to: number): string =>
    next ? unitName(next, to, pathNames(architecture, next.paths.length)) : (names[to] ?? `class ${to}`);
  const direct = channel || layer === base + 1;
  return (
    <>
      <dl className={styles.facts}>
        <div>
          <dt>{channel ? 'kernel norm' : 'row norm'}</dt>
          <dd>{significant(report.norm)}</dd>
        </div>
        <div>
          <dt>bias</dt>
          <dd>{signed(report.bias)}</dd>
        </div>
        <div>
          <dt>mean h²</dt>
          <dd>{report.n > 0 ? significant(report.meanSquare) : '–'}</dd>
        </div>
      </dl>
      <h4>{channel ? 'Its kernel' : 'What it reads'}</h4>
      {direct && form.kind !== 'list' ? (
        <PatternView values={pattern.values[0]} form={form} note="" />
      ) : (
        <Combination
          values={Float64Array.from(pattern.values[0])}
          layer={direct ? layer : 0}
          through={direct ? 0 : layer}
        />
      )}
      <h4>{next ? `What reads it most in layer ${layer + 2}` : 'What it says to each class'}</h4>
      <SignedBars
        label="Strongest weights to what follows"
        rows={report.readers.map(({ to, value }) => ({ name: reader(to), value }))}
      />
      {report.several && <p className={styles.note}>Norms: each reads it through several weights.</p>}
      <h4>What drives it most</h4>
      {report.n > 0 ? (
        <>
          <TopImages top={report.top} />
          <p className={styles.note}>
            Of the first {report.n} test samples{channel ? ', by the mean of its map' : ''}.
          </p>
        </>
      ) : (
        <p className={styles.note}>No test samples here yet.</p>
      )}
    </>
  );
}
