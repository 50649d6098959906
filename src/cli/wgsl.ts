import { architectureId } from '../network/settings';
import { ACTIVATION_IDS, activationOf } from '../activations/lookup';
import { DEFAULT_CONFIGURATION } from '../configuration/schema';
import { sizesName } from '../network/architectures/counts';
import { specOf } from '../network/architectures/registry';
import { activationId, NETWORK_LIMITS, oModeId, psiModeId, type NetworkSpec } from '../network/spec';
import { CPU_TILES, GPU_TILES, SINGLE_MODEL_ROWS } from '../training/webgpu/plan/bufferLayout';
import {
  describePlan,
  type DescribedDispatch,
  type DescribedPlan,
} from '../training/webgpu/plan/describePlan';
import { type CliCommand, onlyFile, parseOptions } from './command';
import { errorMessage } from '../base/errorMessage';
import { Failure } from './failure';
import { loadNetwork } from './files';
import { alignedTable, printLines } from './print';

const help = `Usage: npm run -s parsimony -- wgsl --network 784-128-10 [options]
       npm run -s parsimony -- wgsl NET.safetensors [options]

Prints the WGSL of every dispatch of a network on the compiled engine, with its bindings, their bytes and its workgroups.
Nothing is run, and no GPU is needed.

The network:
  --network SIZES       inputs, hidden layers and outputs, e.g. 784-128-64-10
  --activation ID       ${ACTIVATION_IDS.join(', ')} (default ${DEFAULT_CONFIGURATION.activation})
  --architecture ID     ${architectureId.options.join(', ')} (default mlp)
  --o MODE              ${oModeId.options.join(', ')} (default ${DEFAULT_CONFIGURATION.oMode})
  --psi MODE            ${psiModeId.options.join(', ')} (default ${DEFAULT_CONFIGURATION.psi})
  --normalise           hidden layers are normalised after the activation (not isotropic ones)
  --image C×H×W         of a cnn: channels, height and width of its pictures, e.g. 1x28x28
  --channels LIST       of a cnn: channels of its stages, e.g. 8-16

How it is run:
  --batch N             images in a batch (default ${DEFAULT_CONFIGURATION.batch})
  --models M            networks of this kind in the same dispatches (default 1)
  --own-batches         each of them has batches of its own
  --shift               images are shifted (augmentation)
  --tiles KIND          gpu or cpu: register tiles for graphics cards or for software adapters (default gpu)

What is printed:
  --of WHAT             step or observation: the dispatches of a training step, or of a forward pass that observes
                        (default step)
  --only LABEL          one dispatch, by its name in the table, e.g. "forward 1"
  --list                the table alone, without code
  --json                all of it as JSON: a list of {label, workgroups, workgroupSize, bindings, code}
  --help                this text`;

/** Whole numbers of a list such as 784-128-10. */
function numbersOf(text: string, option: string): number[] {
  const numbers = text.split(/[-,x×]/).map(Number);
  if (text === '' || !numbers.every((n) => Number.isInteger(n) && n > 0))
    throw new Failure(`${option} wants whole numbers above 0, as in 784-128-10, not “${text}”.`);
  return numbers;
}

function countOf(text: string | undefined, option: string, most: number, standard: number): number {
  if (text === undefined) return standard;
  const [count, ...rest] = numbersOf(text, option);
  if (rest.length > 0 || count > most)
    throw new Failure(`${option} wants a whole number from 1 to ${most}, not “${text}”.`);
  return count;
}

/** One of the choices of a schema; throws a Failure that names them. */
function choiceOf<T extends string>(
  text: string | undefined,
  option: string,
  choices: readonly T[],
  standard: T,
): T {
  if (text === undefined) return standard;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new Failure(`${option} is one of ${choices.join(', ')}, not “${text}”.`);
  return found;
}

const OPTIONS = {
  network: { type: 'string' },
  activation: { type: 'string' },
  architecture: { type: 'string' },
  o: { type: 'string' },
  psi: { type: 'string' },
  normalise: { type: 'boolean', default: false },
  image: { type: 'string' },
  channels: { type: 'string' },
  batch: { type: 'string' },
  models: { type: 'string' },
  'own-batches': { type: 'boolean', default: false },
  shift: { type: 'boolean', default: false },
  tiles: { type: 'string' },
  of: { type: 'string' },
  only: { type: 'string' },
  list: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;
const parse = (args: readonly string[]) => parseOptions(args, OPTIONS);
type Given = ReturnType<typeof parse>['values'];

/** Options that describe a network, which a file does by itself. */
const OF_NETWORK = [
  'network',
  'activation',
  'architecture',
  'o',
  'psi',
  'normalise',
  'image',
  'channels',
] as const;

function describedNetwork(given: Given): NetworkSpec {
  if (given.network === undefined) throw new Failure('--network 784-128-10 (or NET.safetensors) is missing.');
  const sizes = numbersOf(given.network, '--network');
  if (sizes.length < 2)
    throw new Failure(`--network wants inputs and outputs at least, as in 784-10, not “${given.network}”.`);
  const hidden = sizes.slice(1, -1);
  const narrow = hidden.find((width) => width < NETWORK_LIMITS.minWidth || width > NETWORK_LIMITS.maxWidth);
  if (narrow !== undefined)
    throw new Failure(
      `--network: hidden layers have ${NETWORK_LIMITS.minWidth} to ${NETWORK_LIMITS.maxWidth} units, not ${narrow}.`,
    );
  const architecture = choiceOf(given.architecture, '--architecture', architectureId.options, 'mlp');
  const standard = DEFAULT_CONFIGURATION;
  const configuration = {
    ...standard,
    architecture,
    hidden,
    activation: choiceOf(given.activation, '--activation', activationId.options, standard.activation),
    oMode: choiceOf(given.o, '--o', oModeId.options, standard.oMode),
    psi: choiceOf(given.psi, '--psi', psiModeId.options, standard.psi),
    normalise: given.normalise,
    ...(given.channels !== undefined && { channels: numbersOf(given.channels, '--channels') }),
  };
  const image = given.image === undefined ? null : numbersOf(given.image, '--image');
  if (image && (image.length !== 3 || image[0] * image[1] * image[2] !== sizes[0]))
    throw new Failure(
      `--image ${given.image} has to be channels×height×width with a product of ${sizes[0]}, the inputs of --network.`,
    );
  const planes = image && { channels: image[0], height: image[1], width: image[2] };
  try {
    return specOf(configuration, { inputs: sizes[0], outputs: sizes[sizes.length - 1], planes });
  } catch (error) {
    throw new Failure(errorMessage(error), { cause: error });
  }
}

function networkOf(given: Given, files: readonly string[]): NetworkSpec {
  if (files.length === 0) return describedNetwork(given);
  const extra = OF_NETWORK.find((name) => given[name] !== undefined && given[name] !== false);
  if (extra !== undefined) throw new Failure(`--${extra} describes a network, and so does ${files[0]}.`);
  return loadNetwork(onlyFile(files, 'NET.safetensors')).network.spec;
}

const grouped = (value: number): string => value.toLocaleString('en-US').replaceAll(',', ' ');
const product = (sizes: readonly number[]): string => sizes.join('×');
const bytesText = (bytes: number | null): string =>
  bytes === null ? 'as the data are' : `${grouped(bytes)} B`;

/** One line for each dispatch: its number, name, workgroups, invocations of each, and what it binds. */
function tableOf(dispatches: readonly DescribedDispatch[]): string {
  return alignedTable([
    ['#', 'dispatch', 'workgroups', 'of', 'bindings', 'lines'],
    ...dispatches.map(({ label, workgroups, workgroupSize, bindings, code }, i) => [
      String(i + 1),
      label,
      product(workgroups),
      product(workgroupSize),
      String(bindings.length),
      String(code.split('\n').length),
    ]),
  ]);
}

/** Code with each line set in by the braces that are open around it, and without empty lines. */
function indented(code: string): string[] {
  let depth = 0;
  return code.split('\n').flatMap((line) => {
    const text = line.trim();
    if (text === '') return [];
    const [statement] = text.split('//');
    const closes = /^}*/.exec(statement)?.[0].length ?? 0;
    const own = depth - closes;
    depth += (statement.match(/{/g) ?? []).length - (statement.match(/}/g) ?? []).length;
    return [`${'  '.repeat(Math.max(0, own))}${text}`];
  });
}

/** The code of a dispatch under comments that say what it is; all of it is WGSL. */
function listingOf(dispatch: DescribedDispatch, place: string): string {
  const { label, workgroups, workgroupSize, bindings, code } = dispatch;
  const table = alignedTable(
    bindings.map(({ name, resource, space, bytes }, i) => [
      `${i}`,
      name,
      `(${resource})`,
      space,
      bytesText(bytes),
    ]),
  );
  const head = [
    `──── ${place}: ${label} ────`,
    `${product(workgroups)} workgroups of ${product(workgroupSize)} invocations`,
    ...table.split('\n'),
  ];
  return [...head.map((line) => `// ${line}`), ...indented(code)].join('\n');
}

function print(given: Given, spec: NetworkSpec, plan: DescribedPlan, batch: number): void {
  const of = choiceOf(given.of, '--of', ['step', 'observation'], 'step');
  const all = plan[of];
  const chosen = given.only === undefined ? all : all.filter(({ label }) => label === given.only);
  if (chosen.length === 0)
    throw new Failure(`There is no dispatch “${given.only}”: ${all.map(({ label }) => label).join(', ')}.`);
  if (given.json) {
    printLines(JSON.stringify(chosen));
    return;
  }
  const { models } = plan.layout.capacity;
  const what = of === 'step' ? 'a training step' : 'an observation';
  printLines(
    `// ${sizesName(spec)} · ${activationOf(spec.activation).label} · batch ${batch}${models > 1 ? ` · ${models} models` : ''}`,
  );
  printLines(`// The ${all.length} dispatches of ${what}:`);
  printLines(
    tableOf(all)
      .split('\n')
      .map((line) => `// ${line}`)
      .join('\n'),
  );
  if (given.list) return;
  for (const dispatch of chosen)
    printLines(`\n${listingOf(dispatch, `${all.indexOf(dispatch) + 1} of ${all.length}`)}`);
}

function run(args: readonly string[]): void {
  const { values, positionals } = parse(args);
  const spec = networkOf(values, positionals);
  const batch = countOf(values.batch, '--batch', 4096, DEFAULT_CONFIGURATION.batch);
  const models = countOf(values.models, '--models', 64, 1);
  const tiles = choiceOf(values.tiles, '--tiles', ['gpu', 'cpu'], 'gpu') === 'gpu' ? GPU_TILES : CPU_TILES;
  let plan: DescribedPlan;
  try {
    const ownBatches = values['own-batches'];
    plan = describePlan({
      ...{ spec, models, batch, ownBatches, tiles, shifts: values.shift },
      rows: SINGLE_MODEL_ROWS,
    });
  } catch (error) {
    throw new Failure(errorMessage(error), { cause: error });
  }
  print(values, spec, plan, batch);
}

export const wgslCommand: CliCommand = { help, run };
