import { useEffect, useRef } from 'react';
import { openExperiments } from '../state/workbench';
import { pushRoute } from '../../store/route';
import { workbenchAddress } from '../state/address';
import { knownRecipe } from '../state/sets';
import { useExperiments } from '../state/state';
import { Button, Icon, IconButton } from '../../ui/kit';
import styles from './Experiments.module.css';
import { Queue } from './Queue';
import { RecipeList } from './RecipeList';
import { RecipePage } from './RecipePage';
import { chooseFiles, useDrop } from './results/importFiles';
import { useAddress } from './useAddress';

/** The workbench: a place of its own over the lab, which stays as it is. */
export function ExperimentsPlace() {
  const { recipe: id, size } = useAddress();
  const loaded = useExperiments((state) => state.loaded);
  const page = useRef<HTMLDivElement>(null);
  const over = useDrop(page);
  useEffect(() => void openExperiments(), []);
  useEffect(() => {
    // Another page begins at its top, and at its heading for those who listen.
    page.current?.scrollTo(0, 0);
    page.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, [id]);

  const recipe = id === null ? null : knownRecipe(id);
  return (
    <div ref={page} className={styles.place} data-over={over || undefined}>
      <header className={styles.top}>
        <Button icon="left" onClick={() => pushRoute(null)}>
          Lab
        </Button>
        <nav className={styles.trail} aria-label="Where you are">
          {recipe ? (
            <a href={workbenchAddress()}>Experiments</a>
          ) : (
            <span aria-current="page">Experiments</span>
          )}
        </nav>
        <Button icon="up" onClick={chooseFiles}>
          Import<span className={styles.wideOnly}> results …</span>
        </Button>
      </header>
      <Queue />
      <Notices />
      <main className={styles.content} aria-busy={!loaded}>
        {id === null ? (
          <RecipeList />
        ) : recipe ? (
          // What was asked for before is in storage: the page begins with it.
          loaded ? (
            <RecipePage key={recipe.id} recipe={recipe} asked={size} />
          ) : (
            <p className={styles.quiet}>Looking for your runs …</p>
          )
        ) : (
          <div className={styles.empty}>
            <h1 tabIndex={-1}>There is no experiment “{id.slice(0, 60)}”</h1>
            <p>The link may be of another version of the lab.</p>
            <a href={workbenchAddress()}>All experiments</a>
          </div>
        )}
      </main>
    </div>
  );
}

/** What could not be kept, and what became of the last thing asked for. */
function Notices() {
  const storage = useExperiments((state) => state.storage);
  const notice = useExperiments((state) => state.notice);
  return (
    <div className={styles.notices}>
      {storage !== 'ok' && (
        <p className={styles.notice} data-severity="error" role="alert">
          <Icon name="warning" />
          <span>
            {storage === 'full'
              ? 'This browser’s storage is full: the latest runs last only until this tab is closed. Download them, or delete older ones.'
              : 'This browser keeps nothing here (a private window?): runs last only until this tab is closed. Download what you want to keep.'}
          </span>
        </p>
      )}
      {notice && (
        <p
          className={styles.notice}
          data-severity={notice.severity}
          role={notice.severity === 'error' ? 'alert' : 'status'}
        >
          <Icon name={notice.severity === 'error' ? 'error' : 'info'} />
          <span>{notice.text}</span>
          <IconButton
            icon="close"
            size="small"
            label="Dismiss"
            onClick={() => useExperiments.setState({ notice: null })}
          />
        </p>
      )}
    </div>
  );
}
