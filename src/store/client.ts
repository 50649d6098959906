import { workerName } from '../worker/debugAddress';
import { type SessionCommand, type SessionEvent, SESSION_EVENTS, type RunEvent } from '../worker/protocol';

/** The page's end of the training worker: the only place that posts commands. */
export interface TrainingClient {
  send(command: SessionCommand, transfer?: Transferable[]): void;
  /** Ends the worker and starts a fresh one (after it died or lost its device). */
  restart(): void;
}

export function connectTraining(
  onEvent: (event: SessionEvent) => void,
  onDeath: (reason: string) => void,
): TrainingClient {
  let run = 0;
  let worker = open();
  function open(): Worker {
    const fresh = new Worker(new URL('../worker/training.worker.ts', import.meta.url), {
      type: 'module',
      name: workerName('training', location.search),
    });
    fresh.onmessage = ({ data }: MessageEvent<RunEvent>) => {
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
