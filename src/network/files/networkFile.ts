import { type ActivationId, isIsotropicActivation } from '../../activations/lookup';
import { parameterMask, weightShapes } from '../merge';
import { layerWidths, zerosLike, type Network, type ParameterTensors } from '../network';
import { hasPsi, NETWORK_LIMITS, type HiddenSpec, type NetworkSpec } from '../spec';
import { isForeign, type PlainLayers, plainLayers, renamed } from './stateDict';
import { readRecord, writeRecord, type StoredArchitecture, type NetworkRecord } from './record';
import { FileFault, quoted, readSafetensors, writeSafetensors, type StoredTensor } from './safetensors';

/**
 * A network in a file, under the names of the isotropic paper's official implementation: `weight_parameters.{l}` [out, in],
 * `bias_parameters.{l}` [out], `psi_parameters.{i}` (the size of layer i + 2), and for hidden layer i the single number
 * `activation.{i}.intrinsic_length` (log o, where o is trained) or `activation.{i}.o_const` (o; 0 where it is off).
 */
export interface NetworkFile {
  network: Network;
  /** What the file says about the network; null where it was not written by this lab. */
  record: NetworkRecord | null;
}

const weight = (l: number): string => `weight_parameters.${l}`;
const bias = (l: number): string => `bias_parameters.${l}`;
const psiName = (i: number): string => `psi_parameters.${i}`;
const logLength = (i: number): string => `activation.${i}.intrinsic_length`;
const constLength = (i: number): string => `activation.${i}.o_const`;

const shapeText = (shape: readonly (number | string)[]): string => `[${shape.join(', ')}]`;

/** The tensors of a file. Each is taken once; what is left in the end belongs to no layer. */
class Shelf {
  private readonly taken = new Set<string>();

  constructor(private readonly tensors: ReadonlyMap<string, StoredTensor>) {}

  has(name: string): boolean {
    return this.tensors.has(name);
  }

  /** How many names of a kind there are, whatever their numbers. */
  count(kind: string): number {
    return [...this.tensors.keys()].filter((name) => name.startsWith(`${kind}.`)).length;
  }

  float(name: string): StoredTensor {
    const found = this.tensors.get(name);
    if (!found) throw new FileFault(`${name} is missing.`);
    if (found.dtype !== 'F32' && found.dtype !== 'F64')
      throw new FileFault(`${name} is ${found.dtype}; a network's numbers are F32 or F64.`);
    this.taken.add(name);
    return found;
  }

  vector(name: string, length: number): Float64Array {
    const { shape, data } = this.float(name);
    if (shape.length !== 1 || shape[0] !== length)
      throw new FileFault(`${name} has shape ${shapeText(shape)}; ${shapeText([length])} was expected.`);
    return Float64Array.from(data);
  }

  /** A single number as it is stored, and the rounding that its dtype gives any number. */
  scalar(name: string): { value: number; rounds: (x: number) => number } {
    const { shape, data, dtype } = this.float(name);
    if (data.length !== 1 || shape.length > 1)
      throw new FileFault(`${name} has shape ${shapeText(shape)}; a single number was expected.`);
    return { value: data[0], rounds: dtype === 'F32' ? Math.fround : (x) => x };
  }

  requireEmpty(): void {
    const left = [...this.tensors.keys()].find((name) => !this.taken.has(name));
    if (left !== undefined) throw new FileFault(`${quoted(left)} belongs to no layer of this network.`);
  }
}

/**
 * The fewest and the most units (of convolutions: kernels) that hidden layer l may have, as far as the settings of the
 * lab reach.
 */
function limitsOf(layer: HiddenSpec | undefined): { least: number; most: number } {
  if (layer?.convolution) return { least: 1, most: NETWORK_LIMITS.maxChannels };
  // The widest paths are three pathways of the greatest width, or one and three times as many glial units.
  if (layer?.paths) return { least: NETWORK_LIMITS.minWidth, most: 4 * NETWORK_LIMITS.maxWidth };
  return { least: NETWORK_LIMITS.minWidth, most: NETWORK_LIMITS.maxWidth };
}

/**
 * Weights and biases, their shapes chained from layer to layer; throws on what the lab cannot hold. `said` is the spec of networks with
 * paths or convolutions, whose layers do not simply read what the one below has units.
 */
function affine(shelf: Shelf, said: NetworkSpec | null): Pick<ParameterTensors, 'weights' | 'biases'> {
  const shapes = said && weightShapes(said);
  const count = shelf.count('weight_parameters');
  if (count === 0) throw new FileFault(`${weight(0)} is missing: the file holds no network.`);
  const depth = count - 1;
  if (depth < NETWORK_LIMITS.minHidden || depth > NETWORK_LIMITS.maxHidden)
    throw new FileFault(
      `The network has ${depth} hidden layers; ${NETWORK_LIMITS.minHidden} to ${NETWORK_LIMITS.maxHidden} are possible here.`,
    );
  const weights: ParameterTensors['weights'] = [];
  for (let l = 0; l < count; l++) {
    const { shape, data } = shelf.float(weight(l));
    const convolves = said?.hidden.at(l)?.convolution !== undefined && l < depth;
    const below = l > 0 || convolves ? (shapes?.[l]?.cols ?? weights[l - 1].rows) : null;
    if (shape.length !== 2 || (below !== null && shape[1] !== below))
      throw new FileFault(
        `${weight(l)} has shape ${shapeText(shape)}; ${shapeText(['out', below ?? 'in'])} was expected${below === null ? '' : `, as hidden layer ${l} gives ${below} values`}.`,
      );
    const [rows, cols] = shape;
    const { least, most } = limitsOf(said?.hidden.at(l));
    if (l < depth && (rows < least || rows > most))
      throw new FileFault(
        `Hidden layer ${l + 1} has ${rows} ${convolves ? 'kernels' : 'units'} (${weight(l)}); ${least} to ${most} are possible here.`,
      );
    if (convolves && rows !== shapes?.[l].rows)
      throw new FileFault(
        `${weight(l)} has ${rows} kernels; the file's architecture says ${shapes?.[l].rows}.`,
      );
    if (rows === 0 || cols === 0) throw new FileFault(`${weight(l)} is empty: ${shapeText(shape)}.`);
    weights.push({ rows, cols, data: Float64Array.from(data) });
  }
  return { weights, biases: weights.map(({ rows }, l) => shelf.vector(bias(l), rows)) };
}

/**
 * The modes of o and ψ as the tensors tell them. o is trained where its logarithm is stored, fixed where o itself is,
 * off where that is 0. ψ is trained where it is stored. Either all layers have such a tensor or none.
 */
function modesOf(shelf: Shelf, rows: readonly number[]): HiddenSpec[] {
  const depth = rows.length - 1;
  const anyPsi = shelf.count('psi_parameters') > 0;
  const anyO = shelf.count('activation') > 0;
  return Array.from({ length: depth }, (_, i) => {
    if (anyPsi && !shelf.has(psiName(i))) throw new FileFault(`${psiName(i)} is missing.`);
    if (shelf.has(logLength(i)) && shelf.has(constLength(i)))
      throw new FileFault(`${logLength(i)} and ${constLength(i)} are both there: is o trained or not?`);
    if (anyO && !shelf.has(logLength(i)) && !shelf.has(constLength(i)))
      throw new FileFault(`${logLength(i)} (or ${constLength(i)}) is missing.`);
    const fixed = shelf.has(constLength(i)) && shelf.scalar(constLength(i)).value !== 0;
    return {
      width: rows[i],
      o: shelf.has(logLength(i)) ? 'trained' : fixed ? 'fixed' : 'off',
      psi: anyPsi ? 'trained' : 'off',
    };
  });
}

/** o of hidden layer i. A tensor may be rounded: the value in the record is used where it rounds to just that. */
function lengthOf(shelf: Shelf, i: number, { o: mode }: HiddenSpec, exact: number | undefined): number {
  if (mode === 'off') {
    if (shelf.has(constLength(i)) && shelf.scalar(constLength(i)).value !== 0)
      throw new FileFault(`${constLength(i)} is not 0, but o of hidden layer ${i + 1} is off.`);
    return 0;
  }
  const name = mode === 'trained' ? logLength(i) : constLength(i);
  const { value, rounds } = shelf.scalar(name);
  const o = mode === 'trained' ? Math.exp(value) : value;
  if (!Number.isFinite(o) || o <= 0)
    throw new FileFault(
      `${name} is ${value}: o of hidden layer ${i + 1} would be ${o}, and must be a number above 0.`,
    );
  const stored = exact === undefined ? NaN : mode === 'trained' ? Math.log(exact) : exact;
  return exact !== undefined && rounds(stored) === value ? exact : o;
}

function requireAgreement(spec: NetworkSpec, said: StoredArchitecture): void {
  const [found, expected] = [layerWidths(spec), layerWidths(said)].map((sizes) => sizes.join('→'));
  if (found !== expected)
    throw new FileFault(`The tensors are those of ${found}; the file's architecture says ${expected}.`);
}

/** Throws where a file has weights other than 0 between paths that are not connected. */
function requireParts(spec: NetworkSpec, weights: ParameterTensors['weights']): void {
  weights.forEach(({ data }, l) => {
    const mask = parameterMask(spec, l);
    if (mask && data.some((value, i) => mask[i] === 0 && value !== 0))
      throw new FileFault(`${weight(l)} has weights between paths that are not connected.`);
  });
}

/**
 * What the plain network in a PyTorch state dictionary looks like; null for a file of this lab. Such a file does not say its activation: ask,
 * and give it to `readNetwork`. Throws a FileFault.
 */
export function readStateDict(bytes: Uint8Array): PlainLayers | null {
  const { tensors } = readSafetensors(bytes);
  return isForeign(tensors) ? plainLayers(tensors) : null;
}

/**
 * Reads a network file, its own metadata included. Without those the activation is isotropic tanh and the modes of o and ψ
 * follow from the tensors. A plain network in a PyTorch state dictionary is read where its `activation` is given. Throws a FileFault that
 * names what is missing, misshapen, unknown or beyond the lab's limits.
 */
export function readNetwork(bytes: Uint8Array, activation: ActivationId | null = null): NetworkFile {
  const { tensors: stored, metadata } = readSafetensors(bytes);
  const foreign = isForeign(stored);
  if (foreign && activation === null) {
    const { names, widths } = plainLayers(stored);
    throw new FileFault(
      `weight_parameters.0 is missing: the file holds no network of this lab, but a plain one in PyTorch's names (${names.map(quoted).join(', ')}: ${widths.join('→')}), which does not say its activation.`,
    );
  }
  const tensors = foreign ? renamed(stored) : stored;
  const record = readRecord(metadata);
  const shelf = new Shelf(tensors);
  const said = record?.architecture;
  const parted = said?.hidden.some(({ paths, convolution }) => paths ?? convolution) ? said : null;
  const { weights, biases } = affine(shelf, parted);
  const rows = weights.map((w) => w.rows);
  const spec: NetworkSpec = {
    inputs: parted?.inputs ?? weights[0].cols,
    outputs: rows[rows.length - 1],
    activation: said?.activation ?? (foreign && activation ? activation : 'isotropic-tanh'),
    hidden: said
      ? rows.slice(0, -1).map((width, i) => {
          const layer: HiddenSpec = said.hidden[i];
          return { ...layer, width: layer.convolution ? layer.width : width };
        })
      : modesOf(shelf, rows),
    ...(said?.blocks && { blocks: said.blocks }),
  };
  if (said) requireAgreement(spec, said);
  requireParts(spec, weights);
  const parameters: ParameterTensors = { ...zerosLike(spec), weights, biases };
  spec.hidden.forEach((layer, i) => {
    parameters.o[i] = lengthOf(shelf, i, layer, said?.o[i]);
    if (hasPsi(layer.psi)) parameters.psi[i] = shelf.vector(psiName(i), rows[i + 1]);
  });
  shelf.requireEmpty();
  return { network: { spec, parameters }, record: record?.record ?? null };
}

/** Writes a network as F64 (bit for bit) or F32 (rounded), with what is to be said about it. */
export function writeNetwork(
  { spec, parameters }: Network,
  record: NetworkRecord,
  dtype: 'F32' | 'F64',
): Uint8Array<ArrayBuffer> {
  const tensors = new Map<string, { shape: number[]; data: Float64Array }>();
  parameters.weights.forEach((w, l) => tensors.set(weight(l), { shape: [w.rows, w.cols], data: w.data }));
  parameters.biases.forEach((b, l) => tensors.set(bias(l), { shape: [b.length], data: b }));
  if (isIsotropicActivation(spec.activation))
    spec.hidden.forEach(({ o: mode, psi }, i) => {
      if (hasPsi(psi))
        tensors.set(psiName(i), { shape: [parameters.psi[i].length], data: parameters.psi[i] });
      const o = mode === 'off' ? 0 : parameters.o[i];
      if (mode === 'trained') tensors.set(logLength(i), { shape: [], data: Float64Array.of(Math.log(o)) });
      else tensors.set(constLength(i), { shape: [], data: Float64Array.of(o) });
    });
  return writeSafetensors(tensors, writeRecord({ ...spec, o: [...parameters.o] }, record), dtype);
}
