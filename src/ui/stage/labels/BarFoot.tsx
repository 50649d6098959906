import { useLab } from '../../../store/lab';
import { plain, significant } from '../../format';
import { at } from './Captions';
import { type Layout, STRIP } from '../geometry/layout';
import { fit, useLive } from '../model/live';
import { weightName } from '../model/names';
import { hasSigma } from '../geometry/shape';
import styles from '../Stage.module.css';

/** Under the bars: their scale, what solid and outline mean, and "Fit" after a removal. */
export function BarFoot({ layout }: { layout: Layout }) {
  const { bars, rows, inner, columns, focus, after, type } = layout;
  const shape = layout.shapes[focus];
  const grown = useLive(({ model }) =>
    model?.grownFrom == null ? 0 : model.size[focus + 1] - model.grownFrom,
  );
  const mode = useLive(({ model }) => model?.bars.mode ?? 'sigma');
  const over = useLive(({ model }) => model?.bars.over ?? '');
  const end = useLive(({ model }) => model?.barEnds[focus] ?? 1);
  const roomy = useLive(({ model }) => (model ? model.kept.some((k, l) => k > model.size[l + 1]) : false));
  const theta = useLab((state) => state.configuration.theta);
  return (
    <div
      className={styles.barFoot}
      style={at(bars.x, bars.y + bars.h + 2 + after.length * (STRIP + 4), bars.w)}
    >
      <div className={styles.ends} aria-hidden="true">
        <span>{mode === 'image' ? `−${significant(end, 2)}` : '0'}</span>
        {mode === 'sigma' && !shape.merged && bars.w / end > 14 * type && end >= 2 && (
          <span style={{ left: bars.w / end }}>1</span>
        )}
        <span>{significant(end, 2)}</span>
      </div>
      {mode === 'sigma' ? (
        <ul className={styles.legend}>
          <li>
            <i data-swatch="solid" />
            {shape.map ? 'kernel norm' : 'row norm'}
          </li>
          {hasSigma(shape) && (
            <li>
              <i data-swatch="outline" />σ of {weightName(focus)}
            </li>
          )}
          {theta > 0 && hasSigma(shape) && (
            <li>
              <i data-swatch="theta" />θ {plain(theta)}
            </li>
          )}
        </ul>
      ) : (
        <p>{over}</p>
      )}
      {shape.normalised && <p>h ÷ its RMS, per image</p>}
      {inner.perSlot > 1 && shape.map && !layout.cells && (
        <p>
          {inner.n / rows.n} per channel, {inner.perSlot} to a row
        </p>
      )}
      {grown > 0 && <p>{grown} new, dashed</p>}
      {rows.perSlot > 1 && <p>{rows.perSlot} units per row, largest drawn</p>}
      {columns && columns.perSlot > 1 && <p>{columns.perSlot} units per column</p>}
      {roomy && (
        <button type="button" className={styles.small} onClick={fit}>
          Fit
        </button>
      )}
    </div>
  );
}
