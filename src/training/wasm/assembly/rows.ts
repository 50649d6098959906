import { NORMALISE_EPSILON } from '../../../network/spec';

/**
 * AssemblyScript: one affine layer with what follows it, over the rows from … to−1 of a batch, forward and backward. Each row is computed
 * alike whoever computes it and whatever rows go with it, so that results do not depend on the threads.
 */
export const ROWS = `
function lengthOf(l: usize): f64 {
  const mode = layerOMode(l);
  if (mode == 0) return 0.0;
  const kept = <f64>load<f32>(layerO(l));
  return mode == 2 ? Math.exp(kept) : kept;
}

/** Σ a·b over \`lanes\`. */
@inline function dot(a: usize, b: usize, lanes: usize): f32 {
  let sum = splat(0.0);
  for (let t: usize = 0; t < lanes * 4; t += 16) sum = madd(v128.load(a + t), v128.load(b + t), sum);
  return sumOf(sum);
}

function forwardRows(m: usize, l: usize, from: usize, to: usize): void {
  if (layerKind(l) == 1) convolutionForward(l, from, to);
  else {
    const parts = layerParts(l);
    for (let p: usize = 0; p < layerPartCount(l); p++) affineForward(l, parts + p * PART_BYTES, from, to);
    if (layerPsiMode(l)) addPsi(l, from, to);
  }
  const stride = layerStride(l);
  const lanes = layerLanes(l);
  const activation = layerActivation(l);
  let z = layerZ(l) + from * stride;
  if (activation == 2) {
    const span = modelSpan(m);
    let d = layerD(l) + from * stride;
    for (let b = from; b < to; b++) {
      const label = load<i32>(modelLabels(m) + b * 4);
      const first: usize = label < 0 ? 0 : (<usize>label / span) * span;
      softmaxRow(z, d, lanes, first, first + span, label, <f32>modelRows(m), modelLosses(m) + b * 4, modelRights(m) + b * 4);
      z += stride;
      d += stride;
    }
    return;
  }
  let h = layerH(l) + from * stride;
  const measure = modelMeasure(m);
  const pre = modelPre(m) != 0;
  const o = activation == 0 ? lengthOf(l) : 0.0;
  const normalise = layerNormalise(l) != 0;
  for (let b = from; b < to; b++) {
    const energy = layerEnergy(l) + b * 4;
    const hoyer = layerHoyer(l) + b * 8;
    if (activation == 0) {
      const norm = dot(z, z, lanes);
      const s = <f32>isotropicScale(layerIsotropic(l), o + <f64>norm);
      store<f32>(layerS(l) + b * 4, s);
      store<f32>(layerNorm(l) + b * 4, norm);
      const by = splat(s);
      for (let t: usize = 0; t < lanes * 4; t += 16) v128.store(h + t, f32x4.mul(by, v128.load(z + t)));
      if (measure < 2) store<f32>(energy, pre ? norm : s * s * norm);
    } else {
      activateRow(l, z, h);
      if (normalise) {
        const square = <f64>dot(h, h, lanes) / <f64>layerUnits(l);
        const s = <f32>(1.0 / Math.sqrt(square + ${NORMALISE_EPSILON}));
        store<f32>(layerS(l) + b * 4, s);
        const by = splat(s);
        for (let t: usize = 0; t < lanes * 4; t += 16) v128.store(h + t, f32x4.mul(by, v128.load(h + t)));
      }
    }
    if (activation != 0 || measure >= 2) store<f32>(energy, energyOf(measure, pre ? z : h, lanes, hoyer));
    if (layerMerge(l)) mergeRow(l, h, layerR(l) + b * layerRStride(l));
    z += stride;
    h += stride;
  }
}

function activateRow(l: usize, z: usize, h: usize): void {
  let segment = layerSegments(l);
  for (let i: usize = 0; i < layerSegmentCount(l); i++) {
    const at = segmentAt(segment) * 4;
    activate(segmentActivation(segment), z + at, h + at, segmentWidth(segment));
    segment += SEGMENT_BYTES;
  }
}

function addPsi(l: usize, from: usize, to: usize): void {
  const psi = layerPsi(l);
  const lanes = layerLanes(l) * 4;
  let z = layerZ(l) + from * layerStride(l);
  for (let b = from; b < to; b++) {
    const s = v128.load32_splat(layerSBelow(l) + b * 4);
    for (let t: usize = 0; t < lanes; t += 16) v128.store(z + t, madd(s, v128.load(psi + t), v128.load(z + t)));
    z += layerStride(l);
  }
}

/**
 * Back through affine layer l and the activation of the layer below it, whose ∂L/∂z it leaves. \`part\` numbers the rows of a convolution,
 * whose gradient is summed on the way. Of the first layer there is nothing below.
 */
function backwardRows(m: usize, l: usize, from: usize, to: usize, part: usize): void {
  const below = layerBelow(l);
  if (below == 0) {
    if (layerKind(l) == 1) convolutionBackward(l, from, to, part, 0);
    return;
  }
  const merge = layerMerge(below);
  const into = merge ? layerDr(below) : layerD(below);
  const intoStride = merge ? layerRStride(below) : layerStride(below);
  if (layerKind(l) == 1) convolutionBackward(l, from, to, part, into);
  else {
    const parts = layerParts(l);
    const add = layerCovered(l) == 0;
    if (add) memory.fill(into + from * intoStride, 0, (to - from) * intoStride);
    for (let p: usize = 0; p < layerPartCount(l); p++)
      affineBackward(l, parts + p * PART_BYTES, from, to, into, intoStride, add, modelZeros(m));
  }
  const stride = layerStride(below);
  const lanes = layerLanes(below);
  const lambda = modelLambda(m);
  const measure = modelMeasure(m);
  const pre = modelPre(m) != 0;
  let weight = lambda / <f32>modelRows(m);
  if (measure == 0) weight /= <f32>(modelLayerCount(m) - 1) * <f32>layerUnits(below);
  const isotropic = layerActivation(below) == 0;
  const o = isotropic ? lengthOf(below) : 0.0;
  const psi = layerPsiMode(l) ? layerPsi(l) : 0;
  const above = layerLanes(l);
  const normalise = layerNormalise(below) != 0;
  let d = layerD(below) + from * stride;
  let z = layerZ(below) + from * stride;
  let h = layerH(below) + from * stride;
  for (let b = from; b < to; b++) {
    const hoyer = layerHoyer(below) + b * 8;
    if (merge) mergeRowBackward(below, h, layerDr(below) + b * layerRStride(below), d);
    if (lambda != 0.0 && !pre) energySlopes(measure, h, d, lanes, hoyer, weight);
    const s = load<f32>(layerS(below) + b * 4);
    if (isotropic) {
      const g = isotropicSlope(layerIsotropic(below), o + <f64>load<f32>(layerNorm(below) + b * 4), <f64>s);
      let along = <f64>dot(d, z, lanes);
      if (psi) along += <f64>dot(layerD(l) + b * layerStride(l), psi, above);
      const pull = g * along;
      store<f32>(layerByLength(below) + b * 4, <f32>(0.5 * pull));
      const byScale = splat(<f32>pull);
      const bySelf = splat(s);
      for (let t: usize = 0; t < lanes * 4; t += 16)
        v128.store(d + t, madd(byScale, v128.load(z + t), f32x4.mul(bySelf, v128.load(d + t))));
    } else {
      if (normalise) {
        // h ← what it was divided from: slopes are those of the activation itself.
        const along = splat(dot(d, h, lanes) / <f32>layerUnits(below));
        const by = splat(s);
        for (let t: usize = 0; t < lanes * 4; t += 16) {
          const v = v128.load(h + t);
          v128.store(d + t, f32x4.mul(by, f32x4.sub(v128.load(d + t), f32x4.mul(along, v))));
        }
        const back = splat(<f32>1.0 / s);
        for (let t: usize = 0; t < lanes * 4; t += 16) v128.store(h + t, f32x4.mul(back, v128.load(h + t)));
      }
      let segment = layerSegments(below);
      for (let i: usize = 0; i < layerSegmentCount(below); i++) {
        const at = segmentAt(segment) * 4;
        deactivate(segmentActivation(segment), z + at, h + at, d + at, segmentWidth(segment));
        segment += SEGMENT_BYTES;
      }
      if (normalise) {
        const by = splat(s);
        for (let t: usize = 0; t < lanes * 4; t += 16) v128.store(h + t, f32x4.mul(by, v128.load(h + t)));
      }
    }
    if (lambda != 0.0 && pre) energySlopes(measure, z, d, lanes, hoyer, weight);
    d += stride;
    z += stride;
    h += stride;
  }
}`;
