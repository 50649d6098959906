import { type Configuration, DEFAULT_CONFIGURATION } from '../../../configuration/schema';
import type { Network } from '../../../network/network';
import type { SavedRun } from '../../../run/run';
import type { SessionCommand, SessionEvent } from '../../protocol';
import { storageMock } from './mocks';
import { Session } from '../actor/session';
import type { SessionState } from '../storage/undo';

/** A small run that trains in a blink on tfjs's cpu backend. */
export const SMALL_CONFIGURATION: Configuration = {
  ...DEFAULT_CONFIGURATION,
  data: 'digits',
  hidden: [12, 6],
  batch: 16,
  engine: 'tfjs-cpu',
  seed: 3,
};

/** A real session driven as the page drives it; tests only. */
export class SessionDriver {
  readonly events: SessionEvent[] = [];
  private readonly session = new Session((event) => {
    this.events.push(event);
    this.listeners.splice(0).forEach((told) => told());
  });
  private readonly listeners: (() => void)[] = [];
  private runs = 0;

  constructor() {
    void this.session.live();
  }

  send(...commands: SessionCommand[]): void {
    for (const command of commands) this.session.receive(command);
  }

  /** Waits for an event, counting from event number `from`. */
  async until(wanted: (event: SessionEvent) => boolean, from = this.events.length): Promise<SessionEvent> {
    for (let i = from; ;) {
      for (; i < this.events.length; i++) if (wanted(this.events[i])) return this.events[i];
      await new Promise<void>((resolve) => this.listeners.push(resolve));
    }
  }

  /** Starts a run; `network` are weights to begin with in the place of the seed's. */
  async start(configuration: Configuration, resume = false, network?: Network): Promise<void> {
    const from = this.events.length;
    this.send({ type: 'start', configuration, resume, base: 'http://lab/', run: ++this.runs, network });
    await this.until((event) => event.type === 'status' && event.status === 'paused', from);
  }

  async train(count: number): Promise<void> {
    const from = this.events.length;
    this.send({ type: 'step', count });
    let played = false;
    await this.until((event) => {
      if (event.type === 'status' && event.status === 'playing') played = true;
      // A pause ends with a save, which settle() must not take for its own.
      return (
        played && (event.type === 'checkpointed' || (event.type === 'status' && event.status === 'failed'))
      );
    }, from);
  }

  /** Waits until everything sent has been handled. */
  async settle(): Promise<void> {
    const from = this.events.length;
    this.send({ type: 'checkpoint' });
    await this.until((event) => event.type === 'checkpointed', from);
  }
}

/** The whole session as a checkpoint holds it (`checkpoints` mocked by `memoryStorage`). */
export async function sessionStateOf(driver: SessionDriver): Promise<SessionState> {
  await driver.settle();
  if (!storageMock.last) throw new Error('Nothing was stored.');
  return structuredClone(storageMock.last.moment);
}

const withoutConfiguration = ({
  step,
  sampler,
  training,
  lastWidthChange,
}: SavedRun): Omit<SavedRun, 'configuration'> => ({ step, sampler, training, lastWidthChange });

/** The networks of a saved session with where they stand, but for their configurations: what runs of one course have in common. */
export function networksOf({ main, baseline, twin }: SessionState): {
  main: Omit<SavedRun, 'configuration'>;
  baseline: SessionState['baseline'];
  twin: object | null;
} {
  return {
    main: withoutConfiguration(main),
    baseline,
    twin: twin && { ...twin, state: withoutConfiguration(twin.state) },
  };
}

/** Hidden widths of a saved network. */
export function widthsOf(state: SessionState['main']): number[] {
  return state.training.network.spec.hidden.map(({ width }) => width);
}
