import { readFileSync } from 'node:fs';
import { type Configuration, DEFAULTS } from '../../configuration/schema';
import type { Command, Event } from '../protocol';
import { Session } from './session';

/** A small run that trains in a blink on tfjs's cpu backend. */
export const SMALL: Configuration = {
  ...DEFAULTS,
  data: 'digits',
  hidden: [12, 6],
  batch: 16,
  engine: 'tfjs-cpu',
  seed: 3,
};

/** The data packs from the disk, in the place of `fetch`. */
export function fromDisk(url: string | URL): Promise<Response> {
  const name = String(url).split('/data/')[1];
  return Promise.resolve(new Response(new Uint8Array(readFileSync(`public/data/${name}`))));
}

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

  async start(configuration: Configuration, resume = false): Promise<void> {
    const from = this.events.length;
    this.send({ type: 'start', configuration, resume, base: 'http://lab/', run: ++this.runs });
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
