/**
 * AssemblyScript: what the layer above reads of parallel paths that are added or multiplied, and backward (network/merge.ts). Segments are
 * the paths; \`mix\` holds their coefficients or offsets.
 */
export const MERGE_PATHS = `
function mergeRow(l: usize, h: usize, r: usize): void {
  const lanes = layerRLanes(l) * 4;
  const paths = layerSegmentCount(l);
  const segments = layerSegments(l);
  const mix = layerMix(l);
  const add = layerMerge(l) == 1;
  for (let t: usize = 0; t < lanes; t += 16) {
    let value = splat(add ? 0.0 : 1.0);
    for (let p: usize = 0; p < paths; p++) {
      const own = v128.load(h + segmentAt(segments + p * SEGMENT_BYTES) * 4 + t);
      const number = v128.load32_splat(mix + p * 4);
      value = add ? madd(number, own, value) : f32x4.mul(value, f32x4.add(number, own));
    }
    v128.store(r + t, value);
  }
  // Offsets would leave numbers where there are no units.
  const width = segmentWidth(segments);
  if (width & 3) {
    const last = r + (width & ~3) * 4;
    v128.store(last, v128.and(v128.load(last), firstLanes(width & 3)));
  }
  for (let t = (width + 3) & ~3; t * 4 < lanes; t++) store<f32>(r + t * 4, 0.0);
}
function mergeRowBackward(l: usize, h: usize, dr: usize, d: usize): void {
  const lanes = layerRLanes(l) * 4;
  const paths = layerSegmentCount(l);
  const segments = layerSegments(l);
  const mix = layerMix(l);
  const add = layerMerge(l) == 1;
  for (let p: usize = 0; p < paths; p++) {
    const to = d + segmentAt(segments + p * SEGMENT_BYTES) * 4;
    for (let t: usize = 0; t < lanes; t += 16) {
      let slope = v128.load32_splat(mix + p * 4);
      if (!add) {
        // The product of the others, not a quotient: a factor may be 0.
        slope = splat(1.0);
        for (let q: usize = 0; q < paths; q++) {
          if (q == p) continue;
          const own = v128.load(h + segmentAt(segments + q * SEGMENT_BYTES) * 4 + t);
          slope = f32x4.mul(slope, f32x4.add(v128.load32_splat(mix + q * 4), own));
        }
      }
      v128.store(to + t, f32x4.mul(slope, v128.load(dr + t)));
    }
  }
}`;
