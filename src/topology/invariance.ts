import { referenceEnergy } from '../energy/loss';
import { roundedNumber } from '../drawing/format';
import type { FloatArray } from '../network/linearAlgebra';
import { parameterCount, layerWidths, type Network } from '../network/network';
import { referenceForward } from '../network/reference';
import { singularValues } from './linear/svd';
import type { LogitDeviation, InvarianceReport, Operation, OperationResult, ProbeInputs } from './types';

/** max |Δlogit| taken as unchanged in float64, for logits up to 1; larger logits scale it. */
const LOGIT_TOLERANCE = 1e-9;

function argmax(values: FloatArray, at: number, classes: number): number {
  let top = 0;
  for (let j = 1; j < classes; j++) if (values[at + j] > values[at + top]) top = j;
  return top;
}

/** log Σ exp of one image's logits. */
function logSum(values: FloatArray, at: number, classes: number): number {
  const highest = values[at + argmax(values, at, classes)];
  let sum = 0;
  for (let j = 0; j < classes; j++) sum += Math.exp(values[at + j] - highest);
  return highest + Math.log(sum);
}

/** Share of right answers, 0…1 (0 for no images). */
export function logitAccuracy(
  logits: FloatArray,
  labels: ArrayLike<number>,
  n: number,
  classes: number,
): number {
  let correct = 0;
  for (let b = 0; b < n; b++) if (argmax(logits, b * classes, classes) === labels[b]) correct++;
  return n > 0 ? correct / n : 0;
}

/**
 * Differences between two sets of logits [n, classes] of the same images (n = number of labels), of any engine.
 * Where an image's logits before are all zero, ε counts 0 if they stayed so and 100 % if not.
 */
export function logitDeviation(
  before: FloatArray,
  after: FloatArray,
  labels: ArrayLike<number>,
  classes: number,
): LogitDeviation {
  const n = labels.length;
  if (before.length < n * classes || after.length < n * classes)
    throw new Error(`${n} images of ${classes} classes need ${n * classes} logits.`);
  let relative = 0;
  let kl = 0;
  let largest = 0;
  for (let b = 0; b < n; b++) {
    const at = b * classes;
    const sumBefore = logSum(before, at, classes);
    const sumAfter = logSum(after, at, classes);
    let size = 0;
    let change = 0;
    let divergence = 0;
    for (let j = at; j < at + classes; j++) {
      const delta = after[j] - before[j];
      size += before[j] * before[j];
      change += delta * delta;
      largest = Math.max(largest, Math.abs(delta));
      const log = before[j] - sumBefore;
      divergence += Math.exp(log) * (log - (after[j] - sumAfter));
    }
    relative += size > 0 ? Math.sqrt(change / size) : change > 0 ? 1 : 0;
    kl += Math.max(0, divergence);
  }
  const images = Math.max(1, n);
  const points = 100 * (logitAccuracy(after, labels, n, classes) - logitAccuracy(before, labels, n, classes));
  return {
    n,
    epsilonScaledPercent: (100 * relative) / images,
    klNats: kl / images,
    maxAbsLogit: largest,
    accuracyPoints: points,
  };
}

/**
 * Logits [n, outputs] of a network whose outputs are divided into `blocks`, cut to the block that each image (label: its output) is
 * scored on: [n, outputs / blocks]. The logits themselves for one block.
 */
export function ownBlockLogits(
  logits: Float64Array,
  labels: readonly number[],
  outputs: number,
  blocks: number,
): Float64Array {
  if (blocks === 1) return logits;
  const size = outputs / blocks;
  const own = new Float64Array(labels.length * size);
  labels.forEach((label, b) => {
    const from = b * outputs + Math.floor(label / size) * size;
    own.set(logits.subarray(from, from + size), b * size);
  });
  return own;
}

/** 0, 5.2, 0.31, 3×10⁻⁶: two digits, or one and a power of ten. */
const power = (value: number): string => roundedNumber(value, 2);

/** One sentence for people on how an operation went. */
function sentenceFor(
  maxAbsLogit: number,
  tolerance: number,
  { promise, sigmaRemoved }: Pick<OperationResult, 'promise' | 'sigmaRemoved'>,
): string {
  const measured = `max Δlogit ${power(maxAbsLogit)}`;
  if (maxAbsLogit <= tolerance) return `Function unchanged: ${measured} (tolerance ${power(tolerance)}).`;
  if (promise === 'first-order')
    return `Function changed to first order in σ: ${measured}, largest σ removed ${power(Math.max(...sigmaRemoved))}.`;
  if (promise === 'exact')
    return `Function changed although it should not have: ${measured} (tolerance ${power(tolerance)}).`;
  return `Function changed: ${measured}. This operation does not promise to keep it.`;
}

/**
 * The invariance report of an operation, from float64 passes of both networks over a probe set; each image is judged by the block of
 * outputs its label lies in, where there are several.
 */
export function invarianceReport(
  before: Network,
  after: Network,
  probe: ProbeInputs,
  operation: Operation,
  result: Pick<OperationResult, 'promise' | 'sigmaRemoved' | 'corrections'>,
): InvarianceReport {
  const { outputs, blocks = [0] } = before.spec;
  const classes = outputs / blocks.length;
  const passes = [
    referenceForward(before, probe.x, probe.n),
    referenceForward(after, probe.x, probe.n),
  ] as const;
  const answers = Array.from({ length: probe.n }, (_, b) => probe.labels[b]);
  const [logits, changed] = passes.map((pass) =>
    ownBlockLogits(pass.logits, answers, outputs, blocks.length),
  );
  const labels = answers.map((label) => label % classes);
  const difference = logitDeviation(logits, changed, labels, classes);
  const highest = logits.reduce((top, value) => Math.max(top, Math.abs(value)), 1);
  const tolerance = LOGIT_TOLERANCE * highest;
  const { layer } = operation;
  const [sumBefore, sumAfter] = [before, after].map(({ parameters }) =>
    singularValues(parameters.weights[layer]).reduce((sum, value) => sum + value, 0),
  );
  const energy = (measure: 'mean-square' | 'sum-square'): { before: number; after: number } => ({
    before: referenceEnergy(before, passes[0], measure).energy,
    after: referenceEnergy(after, passes[1], measure).energy,
  });
  return {
    ...difference,
    operation,
    promise: result.promise,
    unchanged: difference.maxAbsLogit <= tolerance,
    tolerance,
    sentence: sentenceFor(difference.maxAbsLogit, tolerance, result),
    accuracyBefore: logitAccuracy(logits, labels, probe.n, classes),
    accuracyAfter: logitAccuracy(changed, labels, probe.n, classes),
    sigmaSumDrop: sumBefore - sumAfter,
    sigmaRemoved: [...result.sigmaRemoved],
    energyMean: energy('mean-square'),
    energySum: energy('sum-square'),
    widthsBefore: layerWidths(before.spec),
    widthsAfter: layerWidths(after.spec),
    parametersBefore: parameterCount(before.spec),
    parametersAfter: parameterCount(after.spec),
    corrections: [...result.corrections],
  };
}
