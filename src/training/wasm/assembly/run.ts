/** How long a thread looks at a word before it goes to sleep on it, in looks. */
const SPINS = 4000;
/** How long it sleeps before it looks whether all the others still live, in nanoseconds. */
const NAP = 50_000_000;

/**
 * AssemblyScript: K steps of M models by all threads of a job. Threads take whole models where there are as many, then pieces of one; the
 * pieces are cut alike whatever the number of threads, and sums across pieces are taken in order, so that results are the same bit for bit.
 */
export const RUN = `
@external("env", "now") declare function now(): f64;

// The first words of a job, which threads share.
const GO: usize = 0;
const ARRIVED: usize = 4;
const GENERATION: usize = 8;
const CLAIM: usize = 12;
const ABORT: usize = 16;

@inline function claim(job: usize, thread: usize, threads: usize): usize {
  if (threads == 1) {
    const next = load<u32>(job, CLAIM);
    store<u32>(job, next + 1, CLAIM);
    return next;
  }
  const progress = jobProgress(job) + thread * 64;
  store<u32>(progress, load<u32>(progress) + 1);
  return atomic.add<u32>(job, 1, CLAIM);
}

function progressOfOthers(job: usize, threads: usize): u32 {
  let sum: u32 = 0;
  for (let t: usize = 1; t < threads; t++) sum += atomic.load<u32>(jobProgress(job) + t * 64);
  return sum;
}

/** Waits for all threads; false where the job was given up since one of them no longer moves. */
function barrier(job: usize, thread: usize, threads: usize): bool {
  if (threads == 1) {
    store<u32>(job, 0, CLAIM);
    return true;
  }
  const progress = jobProgress(job) + thread * 64;
  atomic.store<u32>(progress, load<u32>(progress) + 1);
  const generation = atomic.load<u32>(job, GENERATION);
  if (atomic.add<u32>(job, 1, ARRIVED) == <u32>threads - 1) {
    atomic.store<u32>(job, 0, CLAIM);
    atomic.store<u32>(job, 0, ARRIVED);
    atomic.add<u32>(job, 1, GENERATION);
    atomic.notify(job + GENERATION, -1);
  } else {
    let looks: i32 = 0;
    let seen: u32 = 0;
    let since: f64 = 0;
    let naps: i32 = 0;
    while (atomic.load<u32>(job, GENERATION) == generation) {
      if (++looks < ${SPINS}) continue;
      looks = 0;
      if (atomic.load<u32>(job, ABORT)) return false;
      if (jobMayWait(job)) atomic.wait<i32>(job + GENERATION, <i32>generation, ${NAP});
      if (thread != 0) continue;
      const others = progressOfOthers(job, threads);
      if (others != seen || since == 0.0) {
        seen = others;
        since = now();
        naps = 0;
      } else if (++naps > 8 && now() - since > <f64>jobPatience(job)) {
        atomic.store<u32>(job, 1, ABORT);
        atomic.notify(job + GENERATION, -1);
        return false;
      }
    }
  }
  return atomic.load<u32>(job, ABORT) == 0;
}

@inline function atLeastOne(n: usize): usize { return n ? n : 1; }

/** Pieces of \`chunk\` rows. */
@inline function pieces(rows: usize, chunk: usize): usize { return (rows + chunk - 1) / chunk; }

/** Rows in a piece of a layer: of convolutions those whose gradient is summed together. */
@inline function chunkOf(m: usize, l: usize): usize {
  return layerKind(l) == 1 ? pieces(modelRows(m), layerPartialCount(l)) : modelChunk(m);
}

function forwardPiece(m: usize, l: usize, i: usize): void {
  const chunk = chunkOf(m, l);
  forwardRows(m, l, i * chunk, min(modelRows(m), (i + 1) * chunk));
}

function backwardPiece(m: usize, l: usize, i: usize): void {
  const chunk = chunkOf(m, l);
  backwardRows(m, l, i * chunk, min(modelRows(m), (i + 1) * chunk), i);
}

/** One step of a model by one thread. */
function wholeStep(m: usize, k: usize, how: usize): void {
  const layers = modelLayerCount(m);
  const rows = modelRows(m);
  for (let i: usize = 0; i < layers; i++) {
    const l = modelLayers(m) + i * LAYER_BYTES;
    const count = pieces(rows, chunkOf(m, l));
    for (let t: usize = 0; t < count; t++) forwardPiece(m, l, t);
  }
  for (let i = layers; i > 0; i--) {
    const l = modelLayers(m) + (i - 1) * LAYER_BYTES;
    if (layerBelow(l) == 0 && layerKind(l) == 0) continue;
    const count = pieces(rows, chunkOf(m, l));
    for (let t: usize = 0; t < count; t++) backwardPiece(m, l, t);
  }
  for (let t: usize = 0; t < modelTaskCount(m); t++) updateTask(m, k, t, how);
  finish(m, k);
}

/** One step of a model by all threads; false where the job was given up. */
function sharedStep(job: usize, m: usize, k: usize, thread: usize, threads: usize, how: usize): bool {
  const layers = modelLayerCount(m);
  const rows = modelRows(m);
  for (let i: usize = 0; i < layers; i++) {
    const l = modelLayers(m) + i * LAYER_BYTES;
    const count = pieces(rows, chunkOf(m, l));
    for (let t = claim(job, thread, threads); t < count; t = claim(job, thread, threads)) forwardPiece(m, l, t);
    if (!barrier(job, thread, threads)) return false;
  }
  for (let i = layers; i > 0; i--) {
    const l = modelLayers(m) + (i - 1) * LAYER_BYTES;
    if (layerBelow(l) == 0 && layerKind(l) == 0) continue;
    const count = pieces(rows, chunkOf(m, l));
    for (let t = claim(job, thread, threads); t < count; t = claim(job, thread, threads)) backwardPiece(m, l, t);
    if (!barrier(job, thread, threads)) return false;
  }
  const tasks = modelTaskCount(m);
  for (let t = claim(job, thread, threads); t < tasks; t = claim(job, thread, threads)) updateTask(m, k, t, how);
  if (!barrier(job, thread, threads)) return false;
  if (thread == 0) finish(m, k);
  return true;
}

/** Rows that are gathered in one piece. */
const GATHERED: usize = 16;

/** All steps of a job, by one of \`threads\`; 0 where it was given up. With \`looks\` the models' forward passes alone. */
export function run(job: usize, thread: usize, threads: usize): u32 {
  const steps = jobSteps(job);
  const models = jobModels(job);
  const count = jobModelCount(job);
  const own = jobScratch(job) + thread * jobScratchBytes(job);
  const how = own;
  const place = own + 64;
  const whole = threads == 1 || jobLooks(job) ? count : (count / threads) * threads;
  for (let k: usize = 0; k < steps; k++) {
    let before: usize = 0;
    let next = claim(job, thread, threads);
    for (let i: usize = 0; i < jobGatherCount(job); i++) {
      const g = load<usize>(jobGathers(job) + i * 4);
      const rows = gatherCount(g);
      const parts = pieces(rows, GATHERED);
      for (; next < before + parts; next = claim(job, thread, threads)) {
        const from = (next - before) * GATHERED;
        gatherRows(g, k, from, min(rows, from + GATHERED), place);
      }
      before += parts;
    }
    if (!barrier(job, thread, threads)) return 0;
    if (jobLooks(job)) {
      for (let t = claim(job, thread, threads); t < count; t = claim(job, thread, threads))
        look(load<usize>(models + t * 4));
      if (!barrier(job, thread, threads)) return 0;
      continue;
    }
    for (let t = claim(job, thread, threads); t < whole; t = claim(job, thread, threads))
      wholeStep(load<usize>(models + t * 4), k, how);
    if (!barrier(job, thread, threads)) return 0;
    for (let t = whole; t < count; t++)
      if (!sharedStep(job, load<usize>(models + t * 4), k, thread, threads, how)) return 0;
    // Who is ahead must not gather the next batch while the others still read this one.
    if (whole < count && !barrier(job, thread, threads)) return 0;
  }
  return 1;
}

function look(m: usize): void {
  const rows = modelRows(m);
  for (let i: usize = 0; i < modelLayerCount(m); i++) {
    const l = modelLayers(m) + i * LAYER_BYTES;
    const count = pieces(rows, chunkOf(m, l));
    for (let t: usize = 0; t < count; t++) forwardPiece(m, l, t);
  }
}

/** The life of a helper thread: takes part in every job that wants as many. A job's first word is its number · 256 + its threads. */
export function work(job: usize, thread: usize, seen: u32): void {
  for (;;) {
    let looks: i32 = 0;
    let go = atomic.load<u32>(job, GO);
    while (go == seen) {
      if (++looks >= ${SPINS * 4}) atomic.wait<i32>(job + GO, <i32>seen, -1);
      go = atomic.load<u32>(job, GO);
    }
    seen = go;
    const threads = <usize>(go & 255);
    if (threads == 255) return;
    if (thread < threads) run(job, thread, threads);
  }
}

/** Multiply-adds in registers alone: 2 · 4 · 12 · count floating-point operations, the machine's peak in this instruction set. */
export function peak(count: u32): f32 {
  const x = splat(<f32>now() * <f32>1e-30);
  const y = splat(0.9999);
  ${Array.from({ length: 12 }, (_, i) => `let a${i} = splat(${i + 1}.0);`).join(' ')}
  for (let i: u32 = 0; i < count; i++) {
    ${Array.from({ length: 12 }, (_, i) => `a${i} = madd(a${i}, y, x);`).join(' ')}
  }
  return sumOf(${Array.from({ length: 12 }, (_, i) => `a${i}`).reduce((a, b) => `f32x4.add(${a}, ${b})`)});
}`;
