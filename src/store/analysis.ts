import type { AnalysisAnswer, AnalysisQuery } from '../topology/analysis/types';
import type { AnalysisReply, AnalysisRequest } from '../worker/analysisHandler';
import type { SessionCommand, SessionEvent } from '../worker/protocol';

type Subject = Extract<SessionEvent, { type: 'subject' | 'no-subject' }>;

/** The answer to a question, with the step of the run it describes. */
export interface StampedAnswer<Kind extends AnalysisQuery['kind'] = AnalysisQuery['kind']> {
  step: number;
  answer: Extract<AnalysisAnswer, { kind: Kind }>;
  /** The number of the question. After a question about energy, `askFurther` names the same networks by it. */
  id: number;
}

/**
 * A question that is being answered: the training worker first gives the networks it is about, then the analysis worker
 * computes the answer.
 */
interface Waiting {
  query: AnalysisQuery;
  step: number;
  resolve: (analysed: StampedAnswer) => void;
  reject: (error: Error) => void;
}

/** The part of a Worker that an analysis needs, so that tests can put their own in its place. */
export type AnalysisWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

const waiting = new Map<number, Waiting>();
let send: ((command: SessionCommand) => void) | null = null;
let worker: AnalysisWorker | null = null;
let nextId = 1;

let open = (): AnalysisWorker =>
  new Worker(new URL('../worker/analysis.worker.ts', import.meta.url), { type: 'module', name: 'analysis' });

/**
 * Gives questions their way to the training worker. The lab calls it once; tests pass a worker of their own as `opened`.
 */
export function connectAnalysis(
  sendCommand: (command: SessionCommand) => void,
  opened?: () => AnalysisWorker,
): void {
  send = sendCommand;
  if (opened) open = opened;
}

/** Removes a question from those waiting and returns it, so that each is answered once. */
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
 * Asks a further question about the very networks of an earlier question about energy (its answer is passed in), without
 * asking the training worker again. Rejects where the analysis worker no longer keeps them.
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

/**
 * Takes the training worker's answer to a question and passes its networks on to the analysis worker; does nothing where
 * nobody waits for it any more.
 */
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

/** Rejects all questions about the run that is being left. */
export function leaveRun(): void {
  abandon('The run this was asked about has been left.');
}
