import { isIsotropicActivation } from '../../../activations/lookup';
import { useEffect, useRef } from 'react';
import { DATASETS } from '../../../data/registry';
import { useLab } from '../../../store/lab';
import type { UnitReport } from '../../../topology/analysis/types';
import { HandStatus } from '../../controls/Hand';
import { groupedInteger, percent, significant } from '../../../drawing/format';
import { Button, IconButton } from '../../kit';
import { basisRefusal } from '../../../topology/operations/basis';
import { layerForm } from '../../stage/model/model';
import { pathNames, unitName } from '../../stage/model/names';
import { outputNames } from '../../stage/model/outputs';
import { layerShapes } from '../../stage/geometry/shape';
import { measureInThread, useAnalysis } from '../analysis';
import styles from './Inspector.module.css';
import { PatternView } from './PatternView';
import { PlainUnit } from './PlainUnit';
import { Combination, Pictures } from './Reads';
import { closeInspector, openInspector } from './state';
import { SignedBars } from './SignedBars';
import { TopImages } from './TopImages';

/** Row norms within this of σ, relative to the largest, make a layer diagonal for the eye. */
const DIAGONAL = 2e-3;

/** Whether the rows of a layer as drawn are those of its diagonal basis. */
function useDiagonal(layer: number): boolean {
  return useLab(({ snapshots: { main }, sigma }) => {
    const own = sigma?.layers.at(layer);
    const weights = main?.weights.at(layer);
    if (!own || !main || !weights || own.length !== main.spec.hidden.at(layer)?.width) return false;
    const cols = weights.length / own.length;
    return own.every((value, i) => {
      let sum = 0;
      for (let j = i * cols; j < (i + 1) * cols; j++) sum += weights[j] * weights[j];
      return Math.abs(Math.sqrt(sum) - value) <= DIAGONAL * own[0];
    });
  });
}

/** One unit of the diagonal basis: what it reads, what it says, what drives it, and what is lost without it. */
export function Inspector({ layer, unit }: { layer: number; unit: number }) {
  const width = useLab((state) => state.snapshots.main?.spec.hidden.at(layer)?.width ?? 0);
  const plain = useLab(({ snapshots: { main } }) => (main ? basisRefusal(main.spec, layer) : null));
  const rows = useLab(({ snapshots: { main } }) =>
    main?.spec.hidden.at(layer) ? layerShapes(main.spec)[layer].rows : 0,
  );
  const named = useLab(({ snapshots: { main }, configuration: { architecture } }) => {
    const shape = main?.spec.hidden.at(layer) ? layerShapes(main.spec)[layer] : null;
    return shape ? unitName(shape, unit, pathNames(architecture, shape.paths.length)) : `unit ${unit + 1}`;
  });
  const elementwise = useLab(
    ({ snapshots: { main } }) => !main || !isIsotropicActivation(main.spec.activation),
  );
  const diagonal = useDiagonal(layer);
  const query = { kind: 'unit', layer, unit } as const;
  const { asking, report, step, stale, error } = useAnalysis(query);
  const host = useRef<HTMLElement>(null);
  const missing = report === null && error === null && !asking;

  useEffect(() => {
    host.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    if (missing && plain === null && width > unit) measureInThread({ kind: 'unit', layer, unit });
  }, [missing, plain, layer, unit, width]);

  const go = (by: number): void => {
    if (rows > 0) openInspector(layer, (unit + by + rows) % rows);
  };
  const name = `${named.charAt(0).toUpperCase()}${named.slice(1)} of layer ${layer + 1}`;
  return (
    // The arrow keys belong to the whole panel; every one has a button as well.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={host}
      className={styles.inspector}
      aria-label={`Inspector: ${name}`}
      tabIndex={-1}
      data-testid="inspector"
      onKeyDown={(event) => {
        const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
        if (event.key === 'Escape') closeInspector();
        else if (by === undefined) return;
        else go(by);
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <div className={styles.head}>
        <Button icon="left" size="small" onClick={closeInspector}>
          Back
        </Button>
        <h3>{name}</h3>
        <IconButton icon="up" size="small" label="Previous unit" hotkey="←" onClick={() => go(-1)} />
        <IconButton icon="down" size="small" label="Next unit" hotkey="→" onClick={() => go(1)} />
      </div>
      {plain !== null && <PlainUnit key={layer} layer={layer} unit={unit} why={plain} />}
      {plain === null && !elementwise && (
        <p className={styles.note}>
          {diagonal
            ? `By σ, of ${groupedInteger(width)}. The layer is diagonal at present: this is the row itself.`
            : `By σ, of ${groupedInteger(width)}. Shown in the diagonal basis; the layer is in another at present.`}
        </p>
      )}
      {plain === null && error !== null && (
        <HandStatus tone="bad" live>
          {error}{' '}
          <Button look="quiet" size="small" onClick={() => measureInThread(query)}>
            Try again
          </Button>
        </HandStatus>
      )}
      {plain === null && report === null && error === null && <p className={styles.note}>Looking at it …</p>}
      {plain === null && report && (
        <>
          <HandStatus tone={stale ? 'warn' : 'plain'}>
            {`At step ${groupedInteger(step)}. `}
            {asking
              ? 'Looking again …'
              : stale && (
                  <Button look="quiet" size="small" onClick={() => measureInThread(query)}>
                    Your network has moved on: look again
                  </Button>
                )}
          </HandStatus>
          <Report report={report} />
        </>
      )}
    </section>
  );
}

function Report({ report }: { report: UnitReport }) {
  const data = useLab((state) => state.configuration.data);
  const spec = useLab((state) => state.snapshots.main?.spec);
  const { layer, sigma, bias, meanSquare, accuracy, accuracyWithout, epsilonPercent, n } = report;
  const names = outputNames(data, spec?.blocks);
  // Of the first layer the input, after a convolution its maps.
  const maps = spec?.hidden.at(layer - 1)?.convolution && layer > 0;
  const form = spec && (layer === 0 || maps) ? layerForm(spec, layer, layer - 1, data) : null;
  const points = 100 * (accuracyWithout - accuracy);
  return (
    <>
      <dl className={styles.facts}>
        <div>
          <dt>σ</dt>
          <dd data-testid="unit-sigma">{significant(sigma)}</dd>
        </div>
        <div>
          <dt>b*</dt>
          <dd>{significant(bias).replace('-', '−')}</dd>
        </div>
        <div>
          <dt>mean h²</dt>
          <dd>{significant(meanSquare)}</dd>
        </div>
      </dl>
      <p className={styles.without} data-testid="unit-without">
        Without it <strong>{percent(accuracyWithout)}</strong> instead of {percent(accuracy)} (
        {`${points > 0 ? '+' : ''}${points.toFixed(1).replace('-', '−')} points; logits move ${significant(epsilonPercent, 2)} %; n ${groupedInteger(n)}`}
        ).
      </p>
      <h4>What it reads</h4>
      {layer === 0 && spec?.blocks && DATASETS[data].sample === 'picture' ? (
        <Pictures values={report.reads} blocks={spec.blocks.length} />
      ) : form && form.kind !== 'list' ? (
        <PatternView values={report.reads} form={form} note=", of unit length" />
      ) : (
        <Combination values={report.reads} layer={layer} />
      )}
      <h4>What it says to each class</h4>
      <SignedBars
        label="Outgoing pattern per class"
        rows={Array.from(report.perClass, (value, c) => ({ name: names[c] ?? `Class ${c}`, value }))}
      />
      <p className={styles.note}>Carried to the logits by the weights above, every scalar s taken as 1.</p>
      <h4>What drives it most</h4>
      <TopImages top={report.top} />
    </>
  );
}
