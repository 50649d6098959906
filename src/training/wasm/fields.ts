/**
 * The records that the driver writes into linear memory and the kernels read, word by word (32 bits each). Both sides take their
 * places from here: the kernels by getters that `fieldGetters` writes, the driver by `Words`.
 */

/** `f32` fields hold numbers, `usize` fields addresses and counts. */
type FieldType = 'usize' | 'f32';

const record = <K extends string, F extends string>(words: readonly K[], floats: readonly F[]) => {
  const names = [...words, ...floats];
  return {
    /** Place of each field, in words. */
    at: Object.fromEntries(names.map((name, i) => [name, i])) as Record<K | F, number>,
    types: names.map((name, i): [string, FieldType] => [name, i < words.length ? 'usize' : 'f32']),
    length: names.length,
  };
};

/** One call of `run`: K steps of M models. The first words are shared by all threads. */
export const JOB = record(
  [
    ...['go', 'arrived', 'generation', 'claim', 'abort', 'mayWait', 'patience'],
    ...['steps', 'models', 'modelCount', 'gathers', 'gatherCount', 'looks', 'scratch', 'scratchBytes'],
    ...['progress'],
  ] as const,
  [],
);

/** Where a batch of images comes from and goes to; `place` is each image's block (−1: none), `standard` its task's offset in bytes. */
export const GATHER = record(
  [
    ...['bytes', 'rowBytes', 'count', 'size', 'place', 'shifts', 'standard', 'mean', 'inverse'],
    ...['x', 'stride', 'width', 'planes', 'blockBytes', 'labels', 'current'],
    ...['packed', 'lanes'],
    ...['channels', 'height', 'pictureWidth'],
  ] as const,
  ['scale', 'clip'] as const,
);

/** One network: what all its layers share. `schedule` has [rate, ε, keep, l2] of each step, `metrics` a row of each. */
export const MODEL = record(
  [
    ...[
      'layers',
      'layerCount',
      'rows',
      'chunk',
      'labels',
      'span',
      'classes',
      'measure',
      'pre',
      'sgd',
      'decayAll',
    ],
    ...['schedule', 'metrics', 'columns', 'tasks', 'taskCount', 'norms', 'losses', 'rights', 'zeros'],
  ] as const,
  ['lambda', 'psiDecay', 'momentum'] as const,
);

/**
 * One affine layer with what follows it. x is what it reads [rows, xStride], z what it writes, h what its activation makes of that, r what
 * the layer above reads (h, or merged), d = ∂L/∂z, dr = ∂L/∂r; strides in bytes. `first` and `second` are the distances in bytes from a
 * parameter to its moments.
 */
export const LAYER = record(
  [
    ...[
      'kind',
      'x',
      'xStride',
      'z',
      'h',
      'd',
      'stride',
      'lanes',
      'units',
      'parts',
      'partCount',
      'bias',
      'psi',
    ],
    ...[
      'psiMode',
      'sBelow',
      'activation',
      'segments',
      'segmentCount',
      'normalise',
      'o',
      'oMode',
      's',
      'norm',
    ],
    ...['energy', 'hoyer', 'byLength', 'merge', 'r', 'dr', 'rStride', 'rLanes', 'mix', 'first', 'second'],
    ...['outStride', 'below'],
    // Convolutions: lanes of channels in and out, rows and columns after pooling, rows of the input in bytes.
    ...['inChannels', 'outChannels', 'channels', 'pooledHeight', 'pooledWidth', 'inRow', 'kernels', 'panels'],
    ...[
      'interior',
      'outRow',
      'picked',
      'pickedStride',
      'partials',
      'partialStride',
      'partialCount',
      'kernelRow',
    ],
    ...['covered', 'xPacked', 'isotropic'],
  ] as const,
  [],
);

/** A block of weights [out, in] in panels of eight outputs, and `transposed` of eight inputs (0: not wanted); lanes it writes and reads. */
export const PART = record(
  ['outLane', 'outLanes', 'inLane', 'inLanes', 'weights', 'transposed'] as const,
  [],
);
/** A run of units with one activation. */
export const SEGMENT = record(['at', 'width', 'activation', 'lanes'] as const, []);
/** A piece of the update: kind 0 weights of `part` by input lanes, 1 biases, ψ and o, 2 kernels by output channels. */
export const TASK = record(['kind', 'layer', 'part', 'from', 'to'] as const, []);

const RECORDS = {
  job: JOB,
  gather: GATHER,
  model: MODEL,
  layer: LAYER,
  part: PART,
  segment: SEGMENT,
  task: TASK,
};

/** AssemblyScript: a getter of each field, e.g. `layerStride(l)`, and the sizes of lists' records. */
export function fieldGetters(): string {
  return Object.entries(RECORDS)
    .map(([name, { types, length }]) => {
      const getters = types.map(([field, type], i) => {
        const full = name + field[0].toUpperCase() + field.slice(1);
        return `@inline function ${full}(p: usize): ${type} { return load<${type}>(p, ${4 * i}); }`;
      });
      return `const ${name.toUpperCase()}_BYTES: usize = ${4 * length};\n${getters.join('\n')}`;
    })
    .join('\n');
}

/** Codes of what fields say. */
export const KIND = { dense: 0, convolution: 1 } as const;
export const MERGE = { none: 0, add: 1, multiply: 2 } as const;
export const O_MODE = { off: 0, fixed: 1, trained: 2 } as const;
export const PSI_MODE = { off: 0, fixed: 1, trained: 2, decay: 3, expectation: 0 } as const;
export const ACTIVATION = { isotropic: 0, segments: 1, output: 2 } as const;
export const MEASURE = {
  'mean-square': 0,
  'sum-square': 1,
  l1: 2,
  'active-count': 3,
  'hoyer-square': 4,
} as const;
