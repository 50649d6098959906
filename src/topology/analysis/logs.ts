/**
 * Slope of the least-squares line of log y against log x, through the points whose x and y are above 0. Null where there
 * are fewer than three such points or all have one x.
 */
export function logSlope(xs: readonly number[], ys: readonly number[]): number | null {
  const points = xs.map((x, i) => [x, ys[i]] as const).filter(([x, y]) => x > 0 && y > 0);
  if (points.length < 3) return null;
  const logs = points.map(([x, y]) => [Math.log(x), Math.log(y)] as const);
  const mean = (k: 0 | 1): number => logs.reduce((sum, p) => sum + p[k], 0) / logs.length;
  const [mx, my] = [mean(0), mean(1)];
  const spread = logs.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return spread > 0 ? logs.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread : null;
}
