import { Basis } from '../controls/basis/Basis';
import { Lambda } from '../controls/lambda/Lambda';
import { Length } from '../controls/length/Length';
import { Neurons } from '../controls/neurons/Neurons';
import { useLab } from '../../store/lab';
import type { HandId } from '../../store/state';
import styles from './Rail.module.css';
import { actions } from '../kit/actions';

const TABS: { id: HandId; label: string; Content: () => React.JSX.Element }[] = [
  { id: 'lambda', label: 'λ', Content: Lambda },
  { id: 'o', label: 'o', Content: Length },
  { id: 'basis', label: 'Basis', Content: Basis },
  { id: 'neurons', label: 'Neurons', Content: Neurons },
];

/** The main controls on a phone: four tabs at the bottom, and the control that is chosen. */
export function Dock() {
  const hand = useLab((state) => state.ui.hand);
  const { setUi } = actions();
  const { Content } = TABS.find((tab) => tab.id === hand) ?? TABS[0];
  const move = (by: number): void => {
    const next = TABS[(TABS.findIndex((tab) => tab.id === hand) + by + TABS.length) % TABS.length];
    setUi({ hand: next.id });
    document.getElementById(`hand-tab-${next.id}`)?.focus();
  };
  return (
    <aside className={styles.dock} aria-label="Hands">
      <div className={styles.tabs} role="tablist" aria-label="Hands">
        {TABS.map(({ id, label }) => (
          <button
            key={id}
            id={`hand-tab-${id}`}
            type="button"
            role="tab"
            aria-selected={id === hand}
            aria-controls="hand-panel"
            tabIndex={id === hand ? 0 : -1}
            className={styles.tab}
            onClick={() => setUi({ hand: id })}
            onKeyDown={(event) => {
              if (event.key === 'ArrowRight') move(1);
              if (event.key === 'ArrowLeft') move(-1);
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <div id="hand-panel" role="tabpanel" aria-labelledby={`hand-tab-${hand}`} className={styles.panel}>
        <Content />
      </div>
    </aside>
  );
}
