import { FileFault, quoted, type StoredTensor } from './safetensors';

/** The affine layers of a plain network in a PyTorch state dictionary, first to last. */
export interface PlainLayers {
  /** The name each layer goes by there: `0`, `fc1`, `net.2`. */
  names: string[];
  /** Inputs, hidden widths and outputs. */
  widths: number[];
  /** Whether no layer has a bias. */
  biasless: boolean;
}

interface Layer {
  name: string;
  weight: StoredTensor;
  bias: StoredTensor | null;
}

/** Layers tried in every order where their names do not say it. */
const MOST_ORDERED = 8;
const OURS = /^(weight_parameters|bias_parameters|psi_parameters|activation)\./;
const PARAMETER = /^(?:(.+)\.)?(weight|bias)$/;

const shapeText = ({ shape }: StoredTensor): string => `[${shape.join(', ')}]`;

/** The first names of a file with their shapes, for a message. */
function namesIn(tensors: ReadonlyMap<string, StoredTensor>): string {
  const shown = [...tensors].slice(0, 6).map(([name, tensor]) => `${quoted(name)} ${shapeText(tensor)}`);
  return shown.join(', ') + (tensors.size > shown.length ? ` and ${tensors.size - shown.length} more` : '');
}

const EXPECTED =
  'Expected are weight_parameters.0, bias_parameters.0, … (a network of this lab), or the layers of a plain network as PyTorch names them (0.weight [out, in], 0.bias [out], 2.weight, …)';

/** Whether a file names none of the tensors this lab writes. */
export const isForeign = (tensors: ReadonlyMap<string, StoredTensor>): boolean =>
  tensors.size > 0 && ![...tensors.keys()].some((name) => OURS.test(name));

/** Names by the numbers in them: `fc2` before `fc10`. */
const byNumber = new Intl.Collator('en', { numeric: true });

/**
 * The layers of a plain network, in order: by the numbers in their names, or, where these do not fit each other, in the one order in which
 * every layer reads what the one before gives. Throws a `FileFault` that says what the file holds where it is no plain network.
 */
function layersOf(tensors: ReadonlyMap<string, StoredTensor>): Layer[] {
  const found = new Map<string, Partial<Record<'weight' | 'bias', StoredTensor>>>();
  for (const [name, tensor] of tensors) {
    const parts = PARAMETER.exec(name);
    const kind = parts?.[2] as 'weight' | 'bias' | undefined;
    const right = kind === 'weight' ? tensor.shape.length === 2 : tensor.shape.length === 1;
    const floats = tensor.dtype === 'F32' || tensor.dtype === 'F64';
    if (!parts || !kind || !right || !floats)
      throw new FileFault(
        `weight_parameters.0 is missing: the file holds no network. It holds ${namesIn(tensors)}; ${quoted(name)} ${shapeText(tensor)} is no weight or bias of a plain network of affine layers. ${EXPECTED}.`,
      );
    const layer = parts.at(1) ?? '';
    found.set(layer, { ...found.get(layer), [kind]: tensor });
  }
  const layers = [...found].map(([name, { weight, bias }]): Layer => {
    if (!weight)
      throw new FileFault(`${quoted(name)} has a bias and no weight. The file holds ${namesIn(tensors)}.`);
    const [out] = weight.shape;
    if (bias && bias.shape[0] !== out)
      throw new FileFault(
        `The bias of ${quoted(name)} has ${bias.shape[0]} entries; its weight gives ${out} values.`,
      );
    return { name, weight, bias: bias ?? null };
  });
  layers.sort((a, b) => byNumber.compare(a.name, b.name));
  if (fits(layers)) return layers;
  const orders = layers.length <= MOST_ORDERED ? chains(layers) : [];
  if (orders.length === 1) return orders[0];
  throw new FileFault(
    `The layers do not fit each other in ${orders.length === 0 ? 'any order' : 'one order alone'}: ${layers.map(({ name, weight }) => `${quoted(name)} ${shapeText(weight)}`).join(', ')}. A plain network's layers each read what the one before gives.`,
  );
}

const follows = (a: Layer, b: Layer): boolean => a.weight.shape[0] === b.weight.shape[1];
const fits = (layers: readonly Layer[]): boolean =>
  layers.every((layer, l) => l === 0 || follows(layers[l - 1], layer));

/** All orders in which every layer reads what the one before gives; no more than two. */
function chains(layers: readonly Layer[], begun: readonly Layer[] = []): Layer[][] {
  if (begun.length === layers.length) return [[...begun]];
  const all: Layer[][] = [];
  for (const layer of layers) {
    const last = begun.at(-1);
    if (begun.includes(layer) || (last && !follows(last, layer))) continue;
    all.push(...chains(layers, [...begun, layer]));
    if (all.length > 1) return all.slice(0, 2);
  }
  return all;
}

/** What a state dictionary's plain network looks like. Throws a `FileFault` where it is none. */
export function plainLayers(tensors: ReadonlyMap<string, StoredTensor>): PlainLayers {
  const layers = layersOf(tensors);
  return {
    names: layers.map(({ name }) => name),
    widths: [layers[0].weight.shape[1], ...layers.map(({ weight }) => weight.shape[0])],
    biasless: layers.every(({ bias }) => bias === null),
  };
}

/** The tensors of a state dictionary under the names of this lab; a layer without bias has one of zeros. */
export function renamed(tensors: ReadonlyMap<string, StoredTensor>): Map<string, StoredTensor> {
  return new Map(
    layersOf(tensors).flatMap(({ weight, bias }, l): [string, StoredTensor][] => {
      const [out] = weight.shape;
      const zeros: StoredTensor = { dtype: 'F64', shape: [out], data: new Float64Array(out) };
      return [
        [`weight_parameters.${l}`, weight],
        [`bias_parameters.${l}`, bias ?? zeros],
      ];
    }),
  );
}
