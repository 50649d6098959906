import { errorMessage } from '../base/errorMessage';
import { analyse } from '../topology/analysis/analyse';
import type {
  AnalysisAnswer,
  AnalysisQuery,
  AnalysisQuestion,
  AnalysisSubject,
} from '../topology/analysis/types';

/** A question with its subject, or (`held`) about the subject of the energy question with that id, which is kept until the next. */
export type AnalysisRequest =
  { id: number; question: AnalysisQuestion } | { id: number; query: AnalysisQuery; held: number };
export type AnalysisReply = { id: number; answer: AnalysisAnswer } | { id: number; error: string };

/** Answers requests one by one, and keeps the networks of the last question about energy: its sliders ask on about them. */
export function createAnalysisHandler(): (request: AnalysisRequest) => AnalysisReply {
  let kept: { id: number; subject: AnalysisSubject } | null = null;
  const questionOf = (request: AnalysisRequest): AnalysisQuestion => {
    if ('question' in request) {
      const { query, ...subject } = request.question;
      if (query.kind === 'energy') kept = { id: request.id, subject };
      return request.question;
    }
    if (kept?.id !== request.held)
      throw new Error('The networks measured are no longer at hand. Measure again.');
    return { ...kept.subject, query: request.query };
  };
  return (request) => {
    const { id } = request;
    try {
      return { id, answer: analyse(questionOf(request)) };
    } catch (error) {
      return { id, error: errorMessage(error) };
    }
  };
}
