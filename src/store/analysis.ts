import type { AnalysisAnswer, AnalysisQuery } from '../topology/analysis/types';
import type { AnalysisReply, AnalysisRequest } from '../worker/analysisHandler';
import type { SessionCommand, SessionEvent } from '../worker/protocol';

type Subject = Extract<SessionEvent, { type: 'subject' | 'no-subject' }>;

/** An answer and the step of the run it describes. */
export interface StampedAnswer<Kind extends AnalysisQuery['kind'] = AnalysisQuery['kind']> {
  step: number;
  answer: Extract<AnalysisAnswer, { kind: Kind }>;
  /** The question's number: of one about energy, what `askOn` names its networks by. */
  id: number;
}

/** A question under way: first to the training worker for its subject, then to the analysis worker. */
interface Waiting {
  query: AnalysisQuery;
  step: number;
  resolve: (analysed: StampedAnswer) => void;
  reject: (error: Error) => void;
}

/** The part of a worker an analysis needs: tests put their own in its place. */
export type AnalysisWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

const waiting = new Map<number, Waiting>();
let send: ((command: SessionCommand) => void) | null = null;
let worker: AnalysisWorker | null = null;
let nextId = 1;

let open = (): AnalysisWorker =>
  new Worker(new URL('../worker/analysis.worker.ts', import.meta.url), { type: 'module', name: 'analysis' });

/** Gives questions their way to the training worker; called once by the lab. `opened` is for tests. */
export function connectAnalysis(
  sendCommand: (command: SessionCommand) => void,
  opened?: () => AnalysisWorker,
): void {
  send = sendCommand;
  if (opened) open = opened;
}

/** Takes a question out of the waiting, once. */
function take(id: number): Waiting | undefined {
  const question = waiting.get(id);
  waiting.delete(id);
  return question;
}

function start(): AnalysisWorker {
  const fresh = open();
  fresh.onmessage = ({ data }: MessageEvent<AnalysisReply>) => {
    const question = take(data.id);
    if (!question) return;
    if ('error' in data) question.reject(new Error(data.error));
    else question.resolve({ step: question.step, answer: data.answer, id: data.id });
  };
  fresh.onerror = (event) => {
    if (event instanceof Event) event.preventDefault();
    fresh.terminate();
    worker = null;
    abandon('The analysis thread stopped. Ask again to start it anew.');
  };
  return fresh;
}

function abandon(reason: string): void {
  const all = [...waiting.values()];
  waiting.clear();
  for (const { reject } of all) reject(new Error(reason));
}

/**
 * Asks for an analysis of the visitor's network as it stands, computed in a thread of its own. Rejects with a sentence for people:
 * what makes it impossible, or that its run was left before the answer came.
 */
export function askAnalysis<Q extends AnalysisQuery>(query: Q): Promise<StampedAnswer<Q['kind']>> {
  const id = nextId++;
  return new Promise((resolve, reject) => {
    if (!send) {
      reject(new Error('The laboratory is not open yet.'));
      return;
    }
    // An answer is of its question's kind: the worker switches on it.
    waiting.set(id, { query, step: 0, resolve, reject });
    send({ type: 'subject', id });
  });
}

/**
 * Asks on about the very networks that a question about energy (answered as `analysed`) was about, without a way by the training worker.
 * Rejects where they are no longer kept.
 */
export function askFurther<Q extends AnalysisQuery>(
  { id: held, step }: Pick<StampedAnswer, 'id' | 'step'>,
  query: Q,
): Promise<StampedAnswer<Q['kind']>> {
  const id = nextId++;
  return new Promise((resolve, reject) => {
    waiting.set(id, { query, step, resolve, reject });
    const request: AnalysisRequest = { id, query, held };
    worker ??= start();
    worker.postMessage(request);
  });
}

/** The training worker's answer: the subject goes on to the analysis worker, unless nobody waits for it any more. */
export function receiveSubject(event: Subject): void {
  const question = waiting.get(event.id);
  if (!question) return;
  if (event.type === 'no-subject') {
    take(event.id)?.reject(new Error(event.reason));
    return;
  }
  question.step = event.step;
  const { network, probe, step } = event;
  // Only a network that was never billed shows what λ did; twins of other kinds are other questions.
  const twin = event.twin?.kind === 'lambda-zero' ? event.twin : null;
  const request: AnalysisRequest = {
    id: event.id,
    question: {
      query: question.query,
      network,
      probe,
      twin: twin && { network: twin.network, behind: step - twin.step },
    },
  };
  worker ??= start();
  worker.postMessage(request);
}

/** The run has been left: what was asked about it is answered no more. */
export function leaveRun(): void {
  abandon('The run this was asked about has been left.');
}
