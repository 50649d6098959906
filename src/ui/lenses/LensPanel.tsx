import { useId, useRef } from 'react';
import { useLab } from '../../store/lab';
import type { LensId } from '../../store/state';
import { Inspector } from './inspector/Inspector';
import { useInspector } from './inspector/state';
import styles from './Lens.module.css';
import { LENSES } from './registry';

const choose = (lens: LensId): void => useLab.getState().setUi({ lens, cursor: null });

/** The lens: one at a time, chosen by tabs. Fills what holds it: the right column, a drawer or a phone's sheet. */
export function LensPanel() {
  const chosen = useLab((state) => state.ui.lens);
  const data = useLab((state) => state.configuration.data);
  const lenses = LENSES.filter((lens) => lens.data === undefined || lens.data === data);
  const tabs = useRef<HTMLDivElement>(null);
  const id = useId();
  const index = Math.max(
    0,
    lenses.findIndex((lens) => lens.id === chosen),
  );
  const { Body, ...lens } = lenses[index];
  const inspected = useInspector((state) => state.open);

  const go = (to: number): void => {
    const next = (to + lenses.length) % lenses.length;
    choose(lenses[next].id);
    tabs.current?.querySelectorAll<HTMLButtonElement>('[role=tab]')[next].focus();
  };
  if (inspected) {
    return (
      <div className={styles.panel}>
        <Inspector {...inspected} />
      </div>
    );
  }
  return (
    <div className={styles.panel}>
      <div className={styles.tabs} role="tablist" aria-label="Lenses" ref={tabs}>
        {lenses.map(({ id: key, label, describe }, i) => (
          <button
            key={key}
            type="button"
            role="tab"
            id={`${id}-${key}`}
            aria-selected={i === index}
            aria-controls={`${id}-panel`}
            tabIndex={i === index ? 0 : -1}
            title={describe}
            onClick={() => choose(key)}
            onKeyDown={(event) => {
              const to = { ArrowRight: i + 1, ArrowLeft: i - 1, Home: 0, End: -1 }[event.key];
              if (to === undefined) return;
              event.preventDefault();
              event.stopPropagation();
              go(to);
            }}
          >
            {label}
          </button>
        ))}
      </div>
      <div
        className={styles.body}
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${lens.id}`}
        data-lens={lens.id}
      >
        <Body key={lens.id} />
      </div>
    </div>
  );
}
