/**
 * Analyses in a thread of their own: one question, one answer or the reason there is none, matched by id.
 */
import type { AnalysisAnswer } from '../topology/analysis/types';
import { createAnalysisHandler, type AnalysisRequest } from './analysisHandler';

/** The buffers of an answer, to be handed over rather than copied. */
function buffersOf({ report }: AnalysisAnswer): ArrayBuffer[] {
  return Object.values(report).flatMap((value: unknown) =>
    value instanceof Float64Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}

const analyst = createAnalysisHandler();

self.onmessage = ({ data: request }: MessageEvent<AnalysisRequest>) => {
  const reply = analyst(request);
  self.postMessage(reply, 'answer' in reply ? buffersOf(reply.answer) : []);
};
