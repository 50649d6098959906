import { costReport, energyOfSubject, robustnessOf } from './energy';
import { errorLaw } from './errorLaw';
import { precomputedReport } from './precomputed';
import { sparsityReport } from './sparsity';
import type { AnalysisAnswer, AnalysisQuestion } from './types';
import { naturalRemovals, unitReport } from './units';

/** Carries out an analysis in float64; the network is not touched. Throws a sentence for people when it is not possible. */
export function analyse({ query, ...subject }: AnalysisQuestion): AnalysisAnswer {
  const { network, probe } = subject;
  if (probe.n === 0) throw new Error('There are no test images yet to look at.');
  switch (query.kind) {
    case 'unit':
      return { kind: query.kind, report: unitReport(network, query.layer, query.unit, probe) };
    case 'error-law':
      return { kind: query.kind, report: errorLaw(network, query.layer, query.bStar, probe) };
    case 'natural-removals':
      return { kind: query.kind, report: naturalRemovals(network, query.layer, probe) };
    case 'sparsity':
      return { kind: query.kind, report: sparsityReport(network, query.threshold, probe) };
    case 'precomputed':
      return { kind: query.kind, report: precomputedReport(network, probe) };
    case 'energy':
      return { kind: query.kind, report: energyOfSubject(subject, query) };
    case 'robustness':
      return { kind: query.kind, report: robustnessOf(subject, query) };
    case 'costs':
      return { kind: query.kind, report: costReport(subject) };
  }
}
