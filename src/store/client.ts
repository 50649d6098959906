import { type Command, type Event, SESSION_EVENTS, type Told } from '../worker/protocol';

/** The page's end of the training worker: the only place that posts commands. */
export interface Client {
  send(command: Command, transfer?: Transferable[]): void;
  /** Ends the worker and starts a fresh one (after it died or lost its device). */
  restart(): void;
}

export function connect(onEvent: (event: Event) => void, onDeath: (reason: string) => void): Client {
  let run = 0;
  let worker = open();
  function open(): Worker {
    const fresh = new Worker(new URL('../worker/training.worker.ts', import.meta.url), {
      type: 'module',
      name: 'training',
    });
    fresh.onmessage = ({ data }: MessageEvent<Told>) => {
      if (data.run === run || SESSION_EVENTS.includes(data.event.type)) onEvent(data.event);
    };
    fresh.onerror = (error) => {
      error.preventDefault();
      onDeath(error.message || 'The training worker stopped.');
    };
    return fresh;
  }
  return {
    send: (command, transfer = []) => {
      if (command.type === 'start') run = command.run;
      worker.postMessage(command, transfer);
    },
    restart: () => {
      worker.terminate();
      worker = open();
    },
  };
}
