import { useRef } from 'react';
import { absoluteStyle } from './absoluteStyle';
import { hasPsi } from '../../../network/spec';
import { groupedInteger, percent, significant } from '../../../drawing/format';
import type { StageLayout } from '../geometry/layout';
import { useLiveStage } from '../model/liveStage';
import styles from '../Stage.module.css';
import { Tokens } from './Tokens';

/** The column right of the matrix: what its colours mean, where removed constants go, and the figures of an open path. */
export function Readout({ layout }: { layout: StageLayout }) {
  const places = useRef<HTMLDListElement>(null);
  const { classes, bars } = layout;
  const o = useLiveStage(({ model }) => lengthOf(model?.snapshot.o[model.focus]));
  const psi = useLiveStage(({ model }) => lengthOf(norm(model?.snapshot.psi[model.focus])));
  const open = useLiveStage(({ model }) => model?.path != null);
  const hidden = useLiveStage(({ model }) => model?.snapshot.spec.hidden[model.focus]);
  if (!classes) return null;
  const n = layout.focus + 1;
  // Where the rows leave little room above the classes, the figures of a path come before the legend.
  const short = classes.box.y - bars.y < 220 * layout.type;
  // A network of a few units leaves none at all: there it stands beneath the classes. Where these are many, o and ψ alone.
  const tight = classes.box.y - bars.y < 100 * layout.type;
  const foot = classes.box.y + classes.box.h + 16 * layout.type;
  const beneath = tight && foot + 84 * layout.type <= layout.height;
  const y = beneath ? foot : bars.y;
  const bare = tight && !beneath;
  return (
    <>
      <div className={styles.readout} style={absoluteStyle(classes.box.x, y, layout.width - classes.box.x)}>
        {!bare && (beneath || !(short && open)) && (
          <div className={styles.ramp} role="img" aria-label="Colours of weights: negative to positive">
            <i />
            <span>−</span>
            <span>weight</span>
            <span>+</span>
          </div>
        )}
        <dl ref={places} className={styles.places}>
          {hidden && hidden.o !== 'off' && (
            <div data-place="o" title={`Intrinsic length o of layer ${n} (a squared length)`}>
              <dt>o</dt>
              <dd>{o}</dd>
            </div>
          )}
          {hidden && hasPsi(hidden.psi) && (
            <div
              data-place="psi"
              title={`Length of the linear correction ψ from layer ${n} into what follows`}
            >
              <dt>‖ψ‖</dt>
              <dd>{psi}</dd>
            </div>
          )}
        </dl>
        <PathChip />
      </div>
      <Tokens layout={layout} places={places} />
    </>
  );
}

function norm(vector: Float32Array | undefined): number {
  return vector ? Math.sqrt(vector.reduce((sum, v) => sum + v * v, 0)) : 0;
}

/** Float32 values rounded first: 1e-6 is stored as 9.99999997e-7. */
const lengthOf = (value = 0): string => significant(Number(value.toPrecision(3)), 2);

/** While a path is open: what this very network differs by, and how well it does. */
function PathChip() {
  const path = useLiveStage(({ model }) => model?.path ?? null);
  if (!path) return null;
  return (
    <dl className={styles.chip} data-testid="path-chip">
      <div>
        <dt>max Δlogit</dt>
        <dd>{significant(path.residual, 2)}</dd>
      </div>
      <div>
        <dt>accuracy</dt>
        <dd>{percent(path.accuracy)}</dd>
        <dd className={styles.term}>n = {groupedInteger(path.n)}</dd>
      </div>
      <div className={styles.chipLine}>
        <dt>t</dt> <dd>{path.t.toFixed(2)}</dd>
      </div>
    </dl>
  );
}
