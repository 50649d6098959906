import type { TrialResult } from '../../../experiments/types';

/** The address of the lab with a run's set-up; any query at all opens it paused. */
const labAddress = ({ link }: Pick<TrialResult, 'link'>): string =>
  `${window.location.pathname}?${link || 'v=1'}`;

/** Opens a run's set-up in the lab, paused: in a tab of its own, so that neither the lab's run nor the queue is lost. */
export function LabLink({ result, children }: { result: Pick<TrialResult, 'link'>; children?: string }) {
  return (
    <a href={labAddress(result)} target="_blank" rel="noreferrer">
      {children ?? 'Open this run in the Lab'}
      <span aria-hidden="true"> ↗</span>
      <span className="visually-hidden"> (new tab)</span>
    </a>
  );
}
