import { lazy, Suspense } from 'react';
import { useLab } from '../store/lab';
import styles from './App.module.css';
import { Bar } from './bar/Bar';
import { Coach } from './coach/Coach';
import { DataProgress } from './bar/DataProgress';
import { Dock } from './frame/Dock';
import { useKeys } from './frame/useKeys';
import { useFirstVisit } from './coach/useFirstVisit';
import { LensShell } from './frame/LensShell';
import { Overlays } from './overlays/Overlays';
import { Problems } from './overlays/Problems';
import { Rail } from './frame/Rail';
import { StageRegion, TimelineRegion } from './frame/regions';
import { NARROW, useMedia } from './kit';

/** A place of its own, loaded when first gone to. */
const Experiments = lazy(async () => ({
  default: (await import('../workbench/views/ExperimentsPlace')).ExperimentsPlace,
}));

/** The lab: bar, rail, stage with the coach at its foot, lens, timeline. Everything else opens over it. */
export function App() {
  const narrow = useMedia(NARROW);
  const present = useLab((state) => state.ui.present);
  // What views read of the registry changes under the one id `own`: other own data are a page drawn anew.
  const data = useLab(({ configuration, own }) => (configuration.data === 'own' ? own?.savedAt : undefined));
  const away = useLab((state) => state.ui.place === 'experiments');
  useKeys();
  useFirstVisit();
  return (
    <>
      <div
        key={data}
        className={styles.page}
        data-present={present || undefined}
        data-away={away || undefined}
        inert={away}
      >
        <header className={styles.bar}>
          <h1 className="visually-hidden">Parsimony, a laboratory for small networks</h1>
          <Bar narrow={narrow} />
          <DataProgress />
        </header>
        {!narrow && (
          <aside className={styles.rail} aria-label="Hands">
            <Rail />
          </aside>
        )}
        <main className={styles.stage} aria-label="Stage">
          <div className={styles.picture}>
            <StageRegion />
          </div>
          <Coach />
        </main>
        <LensShell />
        <footer className={styles.timeline} aria-label="Timeline of the run">
          <TimelineRegion />
        </footer>
        {narrow && <Dock />}
        <Overlays />
      </div>
      {away && (
        <Suspense fallback={<p className={styles.loading}>Loading the experiments …</p>}>
          <Experiments />
        </Suspense>
      )}
      <Problems />
    </>
  );
}
