/**
 * Analyses in a thread of their own: one question, one answer or the reason there is none, matched by id.
 */
import { analyse } from '../topology/analysis/analyse';
import type { Answer, Question } from '../topology/analysis/types';

export interface AnalysisRequest {
  id: number;
  question: Question;
}
export type AnalysisReply = { id: number; answer: Answer } | { id: number; error: string };

/** The buffers of an answer, to be handed over rather than copied. */
function buffersOf({ report }: Answer): ArrayBuffer[] {
  return Object.values(report).flatMap((value: unknown) =>
    value instanceof Float64Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : [],
  );
}

self.onmessage = ({ data: { id, question } }: MessageEvent<AnalysisRequest>) => {
  let reply: AnalysisReply;
  try {
    reply = { id, answer: analyse(question) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply, 'answer' in reply ? buffersOf(reply.answer) : []);
};
