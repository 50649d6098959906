import { absoluteStyle } from './absoluteStyle';
import { mergeRule } from '../../../network/merge';
import { elementwiseOf } from '../../../activations/lookup';
import { percent, significant } from '../../../drawing/format';
import type { StageLayout } from '../geometry/layout';
import { useLiveStage } from '../model/liveStage';
import type { StageModel } from '../model/model';
import { mergeText, weightName } from '../model/names';
import styles from '../Stage.module.css';

/** Names and activations of a layer's pathways with their energies, and how they are merged. */
function labelsOf({ snapshot, paths, energies, bars }: StageModel, layer: number) {
  const spec = snapshot.spec.hidden[layer];
  return {
    merge: mergeText(mergeRule(spec), paths[layer]),
    all: (spec.paths ?? []).map(({ width, activation }, k) => ({
      name: paths[layer][k],
      activation: elementwiseOf(activation).pathName,
      width,
      energy: energies[layer]?.[k] ?? null,
    })),
    over: bars.over,
  };
}

/** What stands at each pathway: "Neurons · ReLU", its mean h² and its share of the layer's energy; and the merge written out. */
export function PathLabels({ layout }: { layout: StageLayout }) {
  const text = useLiveStage(({ model }) => {
    if (!model || model.focus !== layout.focus) return null;
    const next = layout.nextPaths.length > 0 ? labelsOf(model, layout.focus + 1) : null;
    return JSON.stringify({ own: labelsOf(model, layout.focus), next });
  });
  if (!text || (layout.paths.length === 0 && layout.nextPaths.length === 0)) return null;
  const { own, next } = JSON.parse(text) as {
    own: ReturnType<typeof labelsOf>;
    next: ReturnType<typeof labelsOf> | null;
  };
  return (
    <>
      {layout.formula && (
        <p
          className={styles.formula}
          style={absoluteStyle(layout.formula.x, layout.formula.y, layout.formula.w)}
          title="What the next layer reads of the pathways, unit by unit"
        >
          {own.merge}
        </p>
      )}
      {layout.paths.map(({ path, label }) => {
        const one = own.all.at(path);
        if (!one) return null;
        const { energy } = one;
        return (
          <p
            key={path}
            className={styles.path}
            style={absoluteStyle(label.x, label.y, label.w)}
            data-narrow={label.w < 62 * layout.type || undefined}
            title={`${one.name}: ${one.width} units, ${one.activation}${energy ? `; mean h² ${significant(energy.mean)} on the watched test images${energy.share === null ? '' : `, ${percent(energy.share, 0)} of the layer’s Σh²`}` : ''}`}
          >
            <b>{one.name}</b>{' '}
            {label.w >= 6.2 * layout.type * (one.name.length + 1 + one.activation.length) && (
              <span>{one.activation}</span>
            )}
            <br />
            {energy ? (
              <span className={styles.energy}>
                {label.w >= 84 * layout.type && `h² ${significant(energy.mean, 2)} · `}
                {energy.share === null ? '–' : percent(energy.share, 0)}
                {label.w < 84 * layout.type && label.w >= 70 * layout.type && ' of h²'}
              </span>
            ) : (
              <span>{one.width} units</span>
            )}
            <i aria-hidden="true" style={{ width: `${100 * (energy?.share ?? 0)}%` }} />
          </p>
        );
      })}
      {next &&
        layout.nextPaths.map(({ path, x, y, w }) => {
          const one = next.all.at(path);
          return (
            one && (
              <span
                key={path}
                className={styles.pathAcross}
                style={absoluteStyle(x, y, Math.max(w, 40))}
                title={`${one.name}: ${one.width} units, ${one.activation}${next.merge ? `; ${next.merge}` : ''}`}
              >
                <b>{one.name}</b>
                {one.energy?.share != null && ` ${percent(one.energy.share, 0)}`}
              </span>
            )
          );
        })}
      {next?.merge && layout.output && (
        <p
          className={styles.formula}
          style={{
            ...absoluteStyle(
              layout.output.box.x + layout.output.box.w + 10,
              layout.output.box.y,
              Math.max(
                48,
                (layout.classes?.box.x ?? layout.width) - layout.output.box.x - layout.output.box.w - 18,
              ),
            ),
            whiteSpace: 'normal',
          }}
        >
          {weightName(layout.focus + 2)} reads {next.merge}
        </p>
      )}
    </>
  );
}
