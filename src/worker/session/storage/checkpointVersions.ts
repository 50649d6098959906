import type { HotSetting } from '../../../configuration/hotSettings';
import type { Configuration } from '../../../configuration/schema';
import type { Network } from '../../../network/network';
import type { SavedRun } from '../../../run/run';
import type { LoggedSetting, TwinCheckpoint } from '../networks/twin';
import type { SessionState } from './undo';

/** A run as it is stored: what survives a reload, a crash or a closed tab. */
export interface Checkpoint {
  version: 3;
  /** Milliseconds since 1970. */
  savedAt: number;
  /** The configuration the run started with. */
  first: Configuration;
  /** The weights it started with, where they were not the seed's. */
  given?: Network | null;
  moment: SessionState;
  log: LoggedSetting[];
  /** Which own data it learnt, where it learnt them. */
  own?: number;
}

/** A network as version 2 stored it. */
type SavedRunV2 = Pick<SavedRun, 'step' | 'sampler' | 'training'>;

/** A stored run of version 2, where configuration and last changes of width were kept beside the networks. */
export interface CheckpointV2 extends Omit<Checkpoint, 'version' | 'moment' | 'log'> {
  version: 2;
  moment: Omit<SessionState, 'main' | 'twin'> & {
    configuration: Configuration;
    main: SavedRunV2;
    twin: (Omit<TwinCheckpoint, 'state'> & { state: SavedRunV2; configuration: Configuration }) | null;
    lastChange: SavedRun['lastWidthChange'];
  };
  log: { step: number; control: HotSetting }[];
}

/** What may be found in storage. */
export type StoredCheckpoint = Checkpoint | CheckpointV2;

/** A stored run in the present version; null where it is of a version that cannot be read. */
export function currentCheckpoint(stored: StoredCheckpoint): Checkpoint | null {
  if (stored.version === 3) return stored;
  // Storage holds what any version of the lab has written.
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
  if (stored.version !== 2) return null;
  const { moment, log } = stored;
  const { configuration, main, twin, baseline, lastChange, logged, lastPin } = moment;
  return {
    ...stored,
    version: 3,
    moment: {
      main: { ...main, configuration, lastWidthChange: lastChange },
      baseline: { training: baseline.training },
      twin: twin && {
        kind: twin.kind,
        cursor: twin.cursor,
        state: { ...twin.state, configuration: twin.configuration, lastWidthChange: [] },
      },
      logged,
      lastPin,
    },
    log: log.map(({ step, control: setting }) => ({ step, setting })),
  };
}
