import { type Configuration, DEFAULT_CONFIGURATION, RESTART_FIELDS } from '../../configuration/schema';
import { differsFromDefault } from '../../configuration/url';
import { useLab } from '../../store/lab';
import { Button } from '../kit';
import styles from '../overlays/Overlays.module.css';
import { AdaptGroup } from './AdaptGroup';
import { LiveGroup } from './LiveGroup';
import { PageGroup } from './PageGroup';
import { RestartGroup } from './RestartGroup';
import { SurgeryGroup } from './SurgeryGroup';
import { actions } from '../kit/actions';

/** The set-up: first the settings that act at once, then, set apart, those that start the run anew. */
export function SetUp() {
  const configuration = useLab((state) => state.configuration);
  const changed = (Object.keys(DEFAULT_CONFIGURATION) as (keyof Configuration)[]).filter((key) =>
    differsFromDefault(configuration, key),
  );
  const restarts = changed.some((key) => RESTART_FIELDS.includes(key));
  const { change } = actions();
  return (
    <div className={styles.setup}>
      <h3>Acts at once</h3>
      <p className="label">Weights stay; the timeline gets a pin.</p>
      <LiveGroup />
      <h3>Removal and growth</h3>
      <p className="label">Acts on the next operation.</p>
      <SurgeryGroup />
      <h3>Automatic adaptation</h3>
      <p className="label">Isotropic layers keep their own spare units while they train.</p>
      <AdaptGroup />
      <h3>Restarts</h3>
      <p className="label">A change here starts the network anew from its seed. The present run ends.</p>
      <RestartGroup />
      <h3>This page</h3>
      <PageGroup />
      <div className={styles.footer}>
        <Button wide disabled={changed.length === 0} onClick={() => change(DEFAULT_CONFIGURATION)}>
          {changed.length === 0
            ? 'Everything is as it was'
            : `Put ${changed.length === 1 ? 'it' : `all ${changed.length}`} back${restarts ? ' (restarts)' : ''}`}
        </Button>
      </div>
    </div>
  );
}
