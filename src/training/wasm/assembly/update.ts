import { ADAM } from '../../optimisers';

/**
 * AssemblyScript: the optimiser's step, four parameters at a time, and the update's tasks. How a step goes is [rate, ε, keep, l2, momentum,
 * sgd] in the thread's scratch. Moments too small to matter are set to 0, since processors take a hundred times as long with numbers below
 * 1e-38.
 */
export const UPDATE = `
@inline function flushed(v: v128): v128 { return v128.and(v, f32x4.gt(f32x4.abs(v), splat(1e-30))); }
@inline function advanceAdam(p: usize, first: usize, second: usize, g: v128, rate: v128, epsilon: v128, keep: v128): void {
  const m = flushed(madd(splat(${1 - ADAM.beta1}), g, f32x4.mul(splat(${ADAM.beta1}), v128.load(p + first))));
  const v = flushed(madd(f32x4.mul(splat(${1 - ADAM.beta2}), g), g, f32x4.mul(splat(${ADAM.beta2}), v128.load(p + second))));
  v128.store(p + first, m);
  v128.store(p + second, v);
  const step = f32x4.div(f32x4.mul(rate, m), f32x4.add(f32x4.sqrt(v), epsilon));
  v128.store(p, f32x4.sub(f32x4.mul(keep, v128.load(p)), step));
}
@inline function advanceSgd(p: usize, first: usize, g: v128, how: usize): void {
  const now = v128.load(p);
  const slope = madd(v128.load32_splat(how, 12), now, g);
  const velocity = flushed(madd(v128.load32_splat(how, 16), v128.load(p + first), slope));
  v128.store(p + first, velocity);
  v128.store(p, f32x4.sub(now, f32x4.mul(v128.load32_splat(how, 0), velocity)));
}
@inline function advance(l: usize, p: usize, g: v128, how: usize): void {
  if (load<u32>(how, 20)) advanceSgd(p, layerFirst(l), g, how);
  else
    advanceAdam(
      p, layerFirst(l), layerSecond(l), g,
      v128.load32_splat(how, 0), v128.load32_splat(how, 4), v128.load32_splat(how, 8),
    );
}
function prepare(m: usize, k: usize, decays: bool, how: usize): void {
  const entry = modelSchedule(m) + k * 16;
  store<f32>(how, load<f32>(entry));
  store<f32>(how, load<f32>(entry, 4), 4);
  store<f32>(how, decays ? load<f32>(entry, 8) : 1.0, 8);
  store<f32>(how, decays ? load<f32>(entry, 12) : 0.0, 12);
  store<f32>(how, modelMomentum(m), 16);
  store<u32>(how, modelSgd(m), 20);
}

/** Task i of the update: leaves Σ g² and Σ ψ² (where it decays) in the task's place of \`norms\`. */
function updateTask(m: usize, k: usize, i: usize, how: usize): void {
  const task = modelTasks(m) + i * TASK_BYTES;
  const kind = taskKind(task);
  const l = taskLayer(task);
  const norm = modelNorms(m) + i * 8;
  prepare(m, k, kind != 1 || modelDecayAll(m) != 0, how);
  store<f32>(norm, 0.0, 4);
  if (kind == 0) {
    store<f32>(norm, sumOf(affineUpdate(l, taskPart(task), taskFrom(task), taskTo(task), modelRows(m), how, how + 64)));
  } else if (kind == 2) {
    store<f32>(norm, sumOf(convolutionUpdate(l, taskFrom(task), taskTo(task), how)));
  } else updateVectors(m, l, how, norm);
}

/** Biases, ψ and log o of one layer. */
function updateVectors(m: usize, l: usize, how: usize, norm: usize): void {
  const rows = modelRows(m);
  const stride = layerStride(l);
  let squares = splat(0.0);
  let psis = splat(0.0);
  const mode = layerPsiMode(l);
  if (layerKind(l) == 1) {
    const lanes = layerOutChannels(l);
    const biases = layerPartials(l) + layerKernelRow(l) * 3 * layerChannels(l);
    for (let t: usize = 0; t < lanes * 4; t += 16) {
      let g = splat(0.0);
      for (let i: usize = 0; i < layerPartialCount(l); i++)
        g = f32x4.add(g, v128.load(biases + i * layerPartialStride(l) + t));
      squares = madd(g, g, squares);
      advance(l, layerBias(l) + t, g, how);
    }
  } else {
    for (let t: usize = 0; t < layerLanes(l) * 4; t += 16) {
      let bias = splat(0.0);
      let psi = splat(0.0);
      let d = layerD(l) + t;
      if (mode >= 2) {
        for (let b: usize = 0; b < rows; b++) {
          const dz = v128.load(d);
          bias = f32x4.add(bias, dz);
          psi = madd(v128.load32_splat(layerSBelow(l) + b * 4), dz, psi);
          d += stride;
        }
        const p = layerPsi(l) + t;
        if (mode == 3) {
          const now = v128.load(p);
          psi = madd(splat(<f32>2.0 * modelPsiDecay(m)), now, psi);
          psis = madd(now, now, psis);
        }
        squares = madd(psi, psi, squares);
        advance(l, p, psi, how);
      } else {
        for (let b: usize = 0; b < rows; b++) {
          bias = f32x4.add(bias, v128.load(d));
          d += stride;
        }
      }
      squares = madd(bias, bias, squares);
      advance(l, layerBias(l) + t, bias, how);
    }
    if (layerOMode(l) == 2) {
      let sum: f64 = 0.0;
      for (let b: usize = 0; b < rows; b++) sum += <f64>load<f32>(layerByLength(l) + b * 4);
      const g = f32x4.replace_lane(splat(0.0), 0, <f32>(sum * Math.exp(<f64>load<f32>(layerO(l)))));
      squares = madd(g, g, squares);
      advance(l, layerO(l), g, how);
    }
  }
  store<f32>(norm, sumOf(squares));
  store<f32>(norm, sumOf(psis), 4);
}

/** The row of metrics of step k, in the order of METRIC_COLUMNS. */
function finish(m: usize, k: usize): void {
  const rows = modelRows(m);
  const n = <f64>rows;
  let loss: f64 = 0.0;
  let right: f64 = 0.0;
  for (let b: usize = 0; b < rows; b++) {
    loss += <f64>load<f32>(modelLosses(m) + b * 4);
    right += <f64>load<f32>(modelRights(m) + b * 4);
  }
  const row = modelMetrics(m) + k * 4 * modelColumns(m);
  const hidden = modelLayerCount(m) - 1;
  const mean = modelMeasure(m) == 0;
  let energy: f64 = 0.0;
  for (let i: usize = 0; i < hidden; i++) {
    const l = modelLayers(m) + i * LAYER_BYTES;
    let own: f64 = 0.0;
    for (let b: usize = 0; b < rows; b++) own += <f64>load<f32>(layerEnergy(l) + b * 4);
    own /= n;
    if (mean) own /= <f64>layerUnits(l);
    store<f32>(row + (6 + i) * 4, <f32>own);
    energy += own;
  }
  if (mean && hidden > 0) energy /= <f64>hidden;
  let squares: f64 = 0.0;
  let psis: f64 = 0.0;
  for (let i: usize = 0; i < modelTaskCount(m); i++) {
    squares += <f64>load<f32>(modelNorms(m) + i * 8);
    psis += <f64>load<f32>(modelNorms(m) + i * 8, 4);
  }
  const lambda = <f64>modelLambda(m);
  store<f32>(row, <f32>(loss / n));
  store<f32>(row, <f32>energy, 4);
  store<f32>(row, lambda != 0.0 ? <f32>(lambda * energy) : 0.0, 8);
  store<f32>(row, <f32>(<f64>modelPsiDecay(m) * psis), 12);
  store<f32>(row, <f32>right, 16);
  store<f32>(row, <f32>Math.sqrt(squares), 20);
}`;
