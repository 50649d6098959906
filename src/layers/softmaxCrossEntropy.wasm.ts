/**
 * AssemblyScript: cross-entropy (nats), right answer and ∂(mean loss)/∂logits of one image. Its classes are from … to−1 (its task's
 * block), \`label\` among them; −1: the image counts for nothing. An answer is right where no class has a larger logit and no earlier one
 * an equal one. Rows have four lanes to spare.
 */
export const SOFTMAX = `
function softmaxRow(y: usize, d: usize, lanes: usize, from: usize, to: usize, label: i32, images: f32, loss: usize, right: usize): void {
  memory.fill(d, 0, lanes * 4);
  store<f32>(loss, 0.0);
  store<f32>(right, 0.0);
  if (label < 0) return;
  let top = from;
  let highest = load<f32>(y + from * 4);
  for (let j = from + 1; j < to; j++) {
    const v = load<f32>(y + j * 4);
    // NaN answers nothing and stays.
    if (!(v <= highest)) { highest = v; top = j; }
  }
  const by = splat(highest);
  for (let j = from; j < to; j += 4) v128.store(d + j * 4, exp4(f32x4.sub(v128.load(y + j * 4), by)));
  for (let j = to; j < to + 4; j++) store<f32>(d + j * 4, 0.0);
  let sum: f32 = 0.0;
  for (let j = from; j < to; j++) sum += load<f32>(d + j * 4);
  const scale = splat(<f32>1.0 / (sum * images));
  for (let j: usize = 0; j < lanes; j += 4) v128.store(d + j * 4, f32x4.mul(v128.load(d + j * 4), scale));
  const own = d + <usize>label * 4;
  store<f32>(own, load<f32>(own) - <f32>1.0 / images);
  store<f32>(loss, <f32>(Math.log(<f64>sum) + <f64>highest - <f64>load<f32>(y + <usize>label * 4)));
  store<f32>(right, <i32>top == label ? 1.0 : 0.0);
}`;
