/** Colours of a drawing: any CSS colours, custom properties too where the drawing stands in a page. */
export interface DrawingColours {
  /** Of names and values. */
  ink: string;
  /** Of ticks and what explains. */
  quiet: string;
  grid: string;
  paper: string;
  /** Of series, in order; used again from the start where there are more. */
  series: readonly string[];
  /** Of heat maps: the ground of a cell, and what is laid over it, the more the higher its value. */
  heat: { low: string; high: string };
}

/** For files: series colours after Okabe and Ito, told apart without colour by their marks as well. */
export const FILE_COLOURS: DrawingColours = {
  ink: '#1f2328',
  quiet: '#59636e',
  grid: '#e3e6ea',
  paper: '#ffffff',
  series: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#4d4d4d'],
  heat: { low: '#f2f6fa', high: '#0072b2' },
};

/** For the page: its own colours, which follow the theme; `--series-1` to `--series-7` are set where plots stand. */
export const PAGE_COLOURS: DrawingColours = {
  ink: 'var(--ink)',
  quiet: 'var(--ink-2)',
  grid: 'var(--hairline)',
  paper: 'var(--ground)',
  series: [1, 2, 3, 4, 5, 6, 7].map((series) => `var(--series-${series})`),
  heat: { low: 'var(--ground-2)', high: 'var(--series-1)' },
};

/** The colour of a series. Colours are seven and marks four: together they tell more series apart than a plot should have. */
export const seriesColour = ({ series }: DrawingColours, index: number): string =>
  series[index % series.length];
