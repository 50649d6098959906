let commits = 0;

/** Counts a redraw of a chart's lines (an effect of each commit); the rate is a promise the tests hold us to. */
export function countCommit(): void {
  commits += 1;
}

/** How often any chart has redrawn its lines since the page opened. */
export const chartCommits = (): number => commits;
