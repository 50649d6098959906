import { workerName } from '../../worker/debugAddress';
import type { ExperimentsCommand, ExperimentsEvent } from './protocol';

/** The page's end of the thread that runs experiments. */
export interface ExperimentsThread {
  send(command: ExperimentsCommand): void;
  /** Ends the thread, and with it its engine. */
  close(): void;
}

/** Opens a thread of its own for experiments, so that the lab's session stays untouched. */
export function openThread(
  onEvent: (event: ExperimentsEvent) => void,
  onDeath: (reason: string) => void,
): ExperimentsThread {
  const worker = new Worker(new URL('./experiments.worker.ts', import.meta.url), {
    type: 'module',
    name: workerName('experiments', window.location.search),
  });
  worker.onmessage = ({ data }: MessageEvent<ExperimentsEvent>) => onEvent(data);
  worker.onerror = (error) => {
    error.preventDefault();
    onDeath(error.message || 'Its script could not be loaded.');
  };
  return { send: (command) => worker.postMessage(command), close: () => worker.terminate() };
}
