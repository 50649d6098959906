/**
 * Mean cross-entropy, right answers, and ∂(mean cross-entropy)/∂logits of logits [n, classes]. With `blocks` equal blocks of
 * outputs each image is scored within the block of its label alone: softmax and right answer there, gradient 0 elsewhere.
 * Labels are outputs (0 … classes−1).
 */
export function crossEntropy(
  logits: Float64Array,
  labels: ArrayLike<number>,
  n: number,
  classes: number,
  blocks = 1,
): { loss: number; correct: number; gradient: Float64Array } {
  const gradient = new Float64Array(n * classes);
  const size = classes / blocks;
  let loss = 0;
  let correct = 0;
  for (let b = 0; b < n; b++) {
    const at = b * classes;
    const from = Math.floor(labels[b] / size) * size;
    let top = from;
    for (let j = from + 1; j < from + size; j++) if (logits[at + j] > logits[at + top]) top = j;
    const highest = logits[at + top];
    let sum = 0;
    for (let j = from; j < from + size; j++) sum += gradient[at + j] = Math.exp(logits[at + j] - highest);
    for (let j = from; j < from + size; j++) gradient[at + j] /= sum * n;
    gradient[at + labels[b]] -= 1 / n;
    loss += Math.log(sum) + highest - logits[at + labels[b]];
    if (top === labels[b]) correct++;
  }
  return { loss: n > 0 ? loss / n : 0, correct, gradient };
}
