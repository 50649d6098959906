/** jax-js with forward, backward and Adam inside one `jit`. Every use of an array but its last is `.ref` (jax-js counts references). */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { LAMBDA, LEARNING_RATE, O, ready, start, type Contestant, type Problem } from '../problem';

// A type, not an interface: jax-js asks for index signatures.
type Parameters = { w: np.Array[]; b: np.Array[] };
type State = { p: Parameters; m: Parameters; v: Parameters; t: np.Array };

function lossOf(p: Parameters, x: np.Array, y: np.Array, batch: number): np.Array {
  const last = p.w.length - 1;
  let h = x;
  let energy: np.Array | null = null;
  for (let l = 0; l < last; l++) {
    const z = np.matmul(h, p.w[l]).add(p.b[l]);
    const m = np.sqrt(np.sum(np.square(z.ref), 1, { keepdims: true }).add(O));
    h = z.mul(np.tanh(m.ref).div(m));
    const e: np.Array = np.mean(np.square(h.ref));
    energy = energy === null ? e : energy.add(e);
  }
  const logits = np.matmul(h, p.w[last]).add(p.b[last]);
  const crossEntropy = np.sum(nn.logSoftmax(logits, 1).mul(y)).mul(-1 / batch);
  return energy === null ? crossEntropy : crossEntropy.add(energy.mul(LAMBDA / last));
}

function stepOf(batch: number) {
  return jit((state: State, x: np.Array, y: np.Array) => {
    const [loss, g] = valueAndGrad((p: Parameters, inputs: np.Array, labels: np.Array) =>
      lossOf(p, inputs, labels, batch),
    )(tree.ref(state.p), x, y) as unknown as [np.Array, Parameters];
    const t = state.t.add(1);
    const c1 = np
      .exp(t.ref.mul(Math.log(0.9)))
      .mul(-1)
      .add(1);
    const c2 = np
      .exp(t.ref.mul(Math.log(0.999)))
      .mul(-1)
      .add(1);
    const next: State = { p: { w: [], b: [] }, m: { w: [], b: [] }, v: { w: [], b: [] }, t };
    for (const kind of ['w', 'b'] as const)
      g[kind].forEach((gradient, l) => {
        const m = state.m[kind][l].mul(0.9).add(gradient.ref.mul(1 - 0.9));
        const v = state.v[kind][l].mul(0.999).add(np.square(gradient).mul(1 - 0.999));
        const change = m.ref
          .div(c1.ref)
          .mul(LEARNING_RATE)
          .div(np.sqrt(v.ref.div(c2.ref)).add(1e-8));
        next.p[kind].push(state.p[kind][l].sub(change));
        next.m[kind].push(m);
        next.v[kind].push(v);
      });
    c1.dispose();
    c2.dispose();
    return [loss, next] as [np.Array, State];
  });
}

/** Reads an array back, using it up. */
async function valuesOf(array: np.Array): Promise<Float32Array> {
  const read: unknown = await array.data();
  return Float32Array.from(read as ArrayLike<number>);
}

export async function jitted(problem: Problem, device: 'webgpu' | 'wasm'): Promise<Contestant> {
  const available = await init(device);
  if (!available.includes(device)) throw new Error(`jax-js has no ${device} here.`);
  defaultDevice(device);
  const array = (values: Float32Array, shape: number[]): np.Array => np.array(values).reshape(shape);
  const layers = start(problem);
  const make = (zero: boolean): Parameters => ({
    w: layers.map(({ weights, shape }) => array(zero ? new Float32Array(weights.length) : weights, shape)),
    b: layers.map(({ biases }) => array(zero ? new Float32Array(biases.length) : biases, [biases.length])),
  });
  let state: State = { p: make(false), m: make(true), v: make(true), t: np.array(0) };
  const data = ready(problem).map(({ x, y }) => ({
    x: array(x, [problem.batch, problem.data.size]),
    y: array(y, [problem.batch, problem.data.classes]),
  }));
  const step = stepOf(problem.batch);
  let next = 0;
  let waiting: np.Array[] = [];
  return {
    steps: (count) => {
      defaultDevice(device);
      for (let k = 0; k < count; k++) {
        const { x, y } = data[next++ % data.length];
        const [loss, after] = step(state, x.ref, y.ref);
        state = after;
        waiting.push(loss);
      }
    },
    losses: async () => {
      await blockUntilReady(state.p);
      const read: number[] = [];
      for (const loss of waiting) read.push((await valuesOf(loss))[0]);
      waiting = [];
      return read;
    },
    parameters: async () => {
      const read: Float32Array[] = [];
      for (let l = 0; l < layers.length; l++)
        for (const kind of ['w', 'b'] as const) read.push(await valuesOf(state.p[kind][l].ref));
      return read;
    },
    dispose: () => {
      tree.dispose(state);
      data.forEach(({ x, y }) => {
        x.dispose();
        y.dispose();
      });
      step.dispose();
    },
  };
}
