import { absoluteStyle } from './absoluteStyle';
import { useLab } from '../../../store/lab';
import { typedNumber, significant } from '../../../drawing/format';
import { type StageLayout, LAYER_STRIP_SIZE } from '../geometry/layout';
import { fitStage, useLiveStage } from '../model/liveStage';
import { weightName } from '../model/names';
import { hasSigma } from '../geometry/shape';
import styles from '../Stage.module.css';

/** Under the bars: their scale, what solid and outline mean, and "Fit" after a removal. */
export function BarFoot({ layout }: { layout: StageLayout }) {
  const { bars, rows, inner, columns, focus, after, type } = layout;
  const shape = layout.shapes[focus];
  const grown = useLiveStage(({ model }) =>
    model?.grownFrom == null ? 0 : model.size[focus + 1] - model.grownFrom,
  );
  const mode = useLiveStage(({ model }) => model?.bars.mode ?? 'sigma');
  const over = useLiveStage(({ model }) => model?.bars.over ?? '');
  const end = useLiveStage(({ model }) => model?.barEnds[focus] ?? 1);
  const roomy = useLiveStage(({ model }) =>
    model ? model.kept.some((k, l) => k > model.size[l + 1]) : false,
  );
  const theta = useLab((state) => state.configuration.theta);
  return (
    <div
      className={styles.barFoot}
      style={absoluteStyle(bars.x, bars.y + bars.h + 2 + after.length * (LAYER_STRIP_SIZE + 4), bars.w)}
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
              <i data-swatch="theta" />θ {typedNumber(theta)}
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
        <button type="button" className={styles.small} onClick={fitStage}>
          Fit
        </button>
      )}
    </div>
  );
}
