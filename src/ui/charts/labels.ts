/**
 * Moves labels apart so that each keeps `gap` to the next, staying within [top, bottom] and as near as possible to where
 * they belong; order is kept. If there is no room for all, they are spread evenly.
 */
export function spreadLabels(wanted: readonly number[], gap: number, top: number, bottom: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a] - wanted[b] || a - b);
  const room = bottom - top;
  const placed: number[] = Array<number>(wanted.length).fill(0);
  if (order.length * gap > room + gap) {
    const even = order.length > 1 ? room / (order.length - 1) : 0;
    order.forEach((i, k) => (placed[i] = top + k * even));
    return placed;
  }
  // Groups of labels that touch share their mean displacement (pool adjacent violators).
  const groups: { sum: number; size: number; start: number }[] = [];
  order.forEach((i, k) => {
    groups.push({ sum: wanted[i] - k * gap, size: 1, start: k });
    while (groups.length > 1) {
      const last = groups[groups.length - 1];
      const before = groups[groups.length - 2];
      if (before.sum / before.size <= last.sum / last.size) break;
      groups.pop();
      before.sum += last.sum;
      before.size += last.size;
    }
  });
  const highest = bottom - (order.length - 1) * gap;
  for (const { sum, size, start } of groups) {
    const offset = Math.min(highest, Math.max(top, sum / size));
    for (let k = start; k < start + size; k++) placed[order[k]] = offset + k * gap;
  }
  return placed;
}
