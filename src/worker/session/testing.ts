import { type Configuration, DEFAULTS } from '../../configuration/schema';
import type { Network } from '../../network/network';
import type { Command, Event } from '../protocol';
import { storage } from './mocks';
import { Session } from './session';
import type { Moment } from './undo';

/** A small run that trains in a blink on tfjs's cpu backend. */
export const SMALL: Configuration = {
  ...DEFAULTS,
  data: 'digits',
  hidden: [12, 6],
  batch: 16,
  engine: 'tfjs-cpu',
  seed: 3,
};

/** A real session driven as the page drives it; tests only. */
export class Driver {
  readonly events: Event[] = [];
  private readonly session = new Session((event) => {
    this.events.push(event);
    this.listeners.splice(0).forEach((told) => told());
  });
  private readonly listeners: (() => void)[] = [];
  private runs = 0;

  constructor() {
    void this.session.live();
  }

  send(...commands: Command[]): void {
    for (const command of commands) this.session.receive(command);
  }

  /** Waits for an event, counting from event number `from`. */
  async until(wanted: (event: Event) => boolean, from = this.events.length): Promise<Event> {
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
export async function momentOf(driver: Driver): Promise<Moment> {
  await driver.settle();
  if (!storage.last) throw new Error('Nothing was stored.');
  return structuredClone(storage.last.moment);
}

/** Hidden widths of a saved network. */
export function widthsOf(state: Moment['main']): number[] {
  return state.training.network.spec.hidden.map(({ width }) => width);
}
