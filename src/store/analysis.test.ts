import { beforeEach, describe, expect, it } from 'vitest';
import { exampleNetwork } from '../network/testing';
import { unitReport } from '../topology/analysis/units';
import { createAnalysisHandler, type AnalysisRequest } from '../worker/analysisHandler';
import type { SessionCommand } from '../worker/protocol';
import {
  type AnalysisWorker,
  askAnalysis,
  askFurther,
  connectAnalysis,
  leaveRun,
  receiveSubject,
} from './analysis';

const { network, x, labels, n } = exampleNetwork({ hidden: [8, 6], inputs: 10 });
const probe = { x: Float32Array.from(x), labels, n, black: new Float32Array(10) };

/** A worker's end that answers when it is told to, through the structured clone of a real one. */
class Fake implements AnalysisWorker {
  onmessage: AnalysisWorker['onmessage'] = null;
  onerror: AnalysisWorker['onerror'] = null;
  requests: AnalysisRequest[] = [];
  terminated = false;
  postMessage(request: AnalysisRequest): void {
    this.requests.push(structuredClone(request));
  }
  terminate(): void {
    this.terminated = true;
  }
  private readonly analyst = createAnalysisHandler();
  answer(request: AnalysisRequest): void {
    this.onmessage?.call(this as unknown as Worker, { data: this.analyst(request) } as MessageEvent);
  }
  fail(): void {
    this.onerror?.call(this as unknown as Worker, { message: 'out of memory' } as ErrorEvent);
  }
}

const asked: number[] = [];
const workers: Fake[] = [];
const subject = (id: number, step: number): void =>
  receiveSubject({ type: 'subject', id, step, network, probe, twin: null });

beforeEach(() => {
  asked.length = 0;
  // A fresh worker for each test: the one there was has failed.
  workers.at(-1)?.fail();
  connectAnalysis(
    (command: SessionCommand) => {
      if (command.type === 'subject') asked.push(command.id);
    },
    () => {
      workers.push(new Fake());
      return workers[workers.length - 1];
    },
  );
});

describe('asking for an analysis', () => {
  it('goes by the training worker to the analysis worker and back, several at a time', async () => {
    const before = workers.length;
    const first = askAnalysis({ kind: 'unit', layer: 0, unit: 3 });
    const second = askAnalysis({ kind: 'precomputed' });
    expect(asked).toHaveLength(2);
    expect(workers).toHaveLength(before);
    subject(asked[1], 70);
    subject(asked[0], 69);
    expect(workers).toHaveLength(before + 1);
    const { requests } = workers[before];
    requests.forEach((request) => workers[before].answer(request));
    const unit = await first;
    const report = unitReport(network, 0, 3, probe);
    expect(unit).toEqual({ step: 69, id: asked[0], answer: { kind: 'unit', report } });
    const { step, answer } = await second;
    expect([step, answer.kind, answer.report.layeredSteps]).toEqual([70, 'precomputed', 3]);
  });

  it('asks on about the networks of a question about energy until the next of these', async () => {
    const measured = { kind: 'energy', measure: 'mean-square', site: 'post' } as const;
    const rough = { disturbance: 'noise', measure: 'mean-square', site: 'post' } as const;
    const first = askAnalysis(measured);
    subject(asked[0], 9);
    const worker = workers[workers.length - 1];
    const answerAll = (): void => worker.requests.splice(0).forEach((request) => worker.answer(request));
    answerAll();
    const energy = await first;
    const on = askFurther(energy, { kind: 'robustness', sizes: [0, 1], ...rough });
    expect(asked).toHaveLength(1);
    answerAll();
    const { step, answer } = await on;
    expect([step, answer.report.curves.map(({ contender }) => contender)]).toEqual([9, ['network']]);
    expect(answer.report.curves[0].points[0].accuracy).toBe(energy.answer.report.network.accuracy);
    const second = askAnalysis(measured);
    subject(asked[1], 10);
    answerAll();
    await second;
    const late = askFurther(energy, { kind: 'costs' });
    answerAll();
    await expect(late).rejects.toThrow('Measure again');
  });

  it('says in words what cannot be done', async () => {
    const answer = askAnalysis({ kind: 'unit', layer: 5, unit: 0 });
    subject(asked[0], 1);
    const worker = workers[workers.length - 1];
    worker.answer(worker.requests[0]);
    await expect(answer).rejects.toThrow('There is no hidden layer 6: the network has 2.');
    const early = askAnalysis({ kind: 'precomputed' });
    receiveSubject({ type: 'no-subject', id: asked[1], reason: 'The network is not there yet.' });
    await expect(early).rejects.toThrow('not there yet');
  });

  it('drops the answers of a run that has been left, wherever they were', async () => {
    const atTraining = askAnalysis({ kind: 'precomputed' });
    const atAnalysis = askAnalysis({ kind: 'sparsity', threshold: 1e-4 });
    subject(asked[1], 5);
    const worker = workers[workers.length - 1];
    const sent = worker.requests.length;
    leaveRun();
    await expect(atTraining).rejects.toThrow('has been left');
    await expect(atAnalysis).rejects.toThrow('has been left');
    subject(asked[0], 5);
    expect(worker.requests).toHaveLength(sent);
    worker.answer(worker.requests[0]);
    const next = askAnalysis({ kind: 'sparsity', threshold: 1e-4 });
    subject(asked[2], 6);
    worker.answer(worker.requests[1]);
    expect((await next).step).toBe(6);
  });

  it('starts a thread that stopped anew with the next question', async () => {
    const lost = askAnalysis({ kind: 'precomputed' });
    subject(asked[0], 1);
    const dead = workers[workers.length - 1];
    dead.fail();
    await expect(lost).rejects.toThrow('stopped');
    expect(dead.terminated).toBe(true);
    const again = askAnalysis({ kind: 'precomputed' });
    subject(asked[1], 2);
    const fresh = workers[workers.length - 1];
    expect(fresh).not.toBe(dead);
    fresh.answer(fresh.requests[0]);
    expect((await again).step).toBe(2);
  });
});
