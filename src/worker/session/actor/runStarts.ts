import type { Configuration } from '../../../configuration/schema';
import { registerOwn } from '../../../data/ownEntry';
import { startConfiguration } from '../../../run/startState';
import type { PostEvent, SessionCommand } from '../../protocol';
import type { DataHost } from '../hosts/dataHost';
import type { EngineHost } from '../hosts/engineHost';
import { SessionRun } from '../networks/sessionRun';
import { forgetCheckpoint, loadCheckpoint } from '../storage/checkpoints';
import type { Checkpoint } from '../storage/checkpointVersions';

/** The command that starts a run. */
export type StartCommand = Extract<SessionCommand, { type: 'start' }>;

/** A run that has just begun. */
interface BegunRun {
  run: SessionRun;
  /** The stored run it goes on with, or null. */
  resumed: Checkpoint | null;
  /** A stored run the visitor may still want to go on with, or null. */
  offer: Checkpoint | null;
}

/** Starts runs: the engine, the data, and a fresh network or the stored run. */
export class RunStarts {
  /** Whether a stored run has been offered; it is offered once. */
  private offered = false;
  /** The stored run that was offered: kept here, since the present one overwrites it in storage. */
  private stored: Checkpoint | null = null;
  private endWaiting: (() => void) | null = null;

  constructor(
    private readonly post: PostEvent,
    private readonly engines: EngineHost,
    private readonly data: DataHost,
  ) {}

  /** A newer start has come: the one that waits for its data gives up. */
  supersede(): void {
    this.endWaiting?.();
  }

  /** Forgets the stored run: the visitor does not want it. */
  forgetStored(): Promise<void> {
    this.stored = null;
    return forgetCheckpoint();
  }

  /**
   * Begins a run once the first images are there; `opened` is called when the engine is. Null where a newer start has come meanwhile.
   * Throws sentences for people: no engine, data that cannot be had, or a network that does not fit them.
   */
  async begin(command: StartCommand, opened: () => void): Promise<BegunRun | null> {
    const { configuration: wanted, resume, base, network, own } = command;
    let newer = false;
    const superseded = new Promise<void>((resolve) => {
      this.endWaiting = () => {
        newer = true;
        resolve();
      };
    });
    registerOwn(own ?? null);
    const found = this.stored ?? (resume || !this.offered ? await loadCheckpoint() : null);
    this.stored = resume ? null : found;
    if (resume && !found) {
      const detail = 'There is no stored run any more: this is a fresh start.';
      this.post({ type: 'problem', severity: 'notice', title: 'Nothing to continue', detail });
    }
    const resumed = resume ? found : null;
    const began = resumed ? resumed.first : startConfiguration(wanted);
    const first: Configuration = { ...began, engine: wanted.engine };
    const loading = this.data.load(first, base);
    const old = this.engines.current;
    const engine = await this.engines.open(wanted.engine);
    this.engines.leave(old);
    opened();
    await Promise.race([Promise.all([loading.ready('test', 200), loading.ready('train', 1)]), superseded]);
    // The flag is set from outside while this waits.
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition
    if (newer) return null;
    const given = (resumed ? resumed.given : network) ?? null;
    const run = await this.engines.onWilling(
      engine,
      (willing) => new SessionRun(first, willing, loading.source, given),
    );
    if (resumed) run.adopt(resumed.moment, resumed.log);
    return { run, resumed, offer: resume || this.offered ? null : found };
  }

  /** Tells the page that a run has begun, and of a stored one it could go on with instead. */
  announce({ run, resumed, offer }: BegunRun): void {
    const { configuration, main, given } = run;
    this.post({
      type: 'started',
      configuration,
      step: main.step,
      stepsPerEpoch: main.stepsPerEpoch,
      resumed: resumed !== null,
      given,
    });
    if (given && !resumed)
      this.post({ type: 'pin', pin: run.pin({ kind: 'note', label: 'Imported weights', report: null }) });
    if (offer && offer.moment.main.step > 0) {
      const { configuration: stored, step } = offer.moment.main;
      this.post({ type: 'checkpoint-found', configuration: stored, step, savedAt: offer.savedAt });
    }
    this.offered = true;
  }
}
