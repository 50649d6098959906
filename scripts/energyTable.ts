/**
 * Where the fall of E comes from, measured with the lab's own engine in Node: a ReLU network trained on MNIST under each λ and
 * seed; raw energy beside energies that no rescaling changes, as a Markdown table of means ± standard deviations over seeds.
 * `npx tsx scripts/energyTable.ts [--epochs 60] [--seeds 1,2,3] [--images 10000] [--test 2000] [--lambdas 0,1e-5,1e-4,1e-3,1e-2]`
 */
import { DISK_ORIGIN } from '../src/cli/experiments/disk';
import { openInNode } from '../src/cli/experiments/nodeEngine';
import { gatherRange } from '../src/data/gather';
import { Sampler } from '../src/data/sampler';
import { energyReport, type NetworkEnergy } from '../src/energy/report';
import { waterfall } from '../src/energy/waterfall';
import { DatasetCache } from '../src/experiments/datasetCache';
import { initialNetwork, initialTrainingState } from '../src/network/initialise';
import { standardDeviation, mean } from '../src/statistics/summary';

const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
const list = (text: string): number[] => text.split(',').map(Number);

const epochs = Number(option('epochs', '60'));
const seeds = list(option('seeds', '1,2,3'));
const lambdas = list(option('lambdas', '0,1e-5,1e-4,1e-3,1e-2'));
const images = { train: Number(option('images', '10000')), test: Number(option('test', '2000')) };
const BATCH = 128;
const HIDDEN = [256, 128];

const engine = await openInNode('wasm');
const source = await new DatasetCache(DISK_ORIGIN).of({ data: 'mnist', standardisation: 'dataset' }, images);
const probe = {
  x: new Float32Array(source.test.total * source.size),
  labels: source.test.labels,
  n: source.test.total,
};
gatherRange(source, source.test, 0, probe.n, probe.x);

/** One network, trained and measured. */
async function trained(lambda: number, seed: number): Promise<NetworkEnergy> {
  const start = initialNetwork(
    { hidden: HIDDEN, activation: 'relu', oMode: 'off', o: [0], psi: 'off', initialisation: 'he', seed },
    source.size,
    source.classes,
  );
  const model = engine.createModel(initialTrainingState(start, 'adam'), source);
  const { total, labels } = source.train;
  const sampler = new Sampler({ seed, batch: BATCH, total, labels });
  const optimiser = { id: 'adam', learningRate: 1e-3, weightDecay: 0, decayAll: false, momentum: 0 } as const;
  const steps = epochs * sampler.stepsPerEpoch;
  const chunk = 50;
  for (let done = 0; done < steps; done += chunk) {
    const count = Math.min(chunk, steps - done);
    const indices = new Uint32Array(count * BATCH);
    for (let k = 0; k < count; k++) sampler.next(null, indices, k * BATCH);
    await model.train(indices, BATCH, count, { lambda, measure: 'mean-square', psiDecay: 0, optimiser });
    await model.metrics();
  }
  const network = await model.exportNetwork();
  model.dispose();
  return energyReport(network, probe, { measure: 'mean-square', site: 'post' });
}

interface Column {
  head: string;
  /** Of a network and the λ = 0 network of the same seed. */
  read: (own: NetworkEnergy, zero: NetworkEnergy) => number;
  digits: number;
}

const total = (part: { total: number } | null): number => part?.total ?? NaN;
const split = (own: NetworkEnergy, zero: NetworkEnergy) => {
  const side = ({ raw, gradient, logits }: NetworkEnergy) => ({
    energy: raw.total,
    gradient: gradient.total,
    logits,
  });
  return waterfall(side(zero), side(own));
};

const COLUMNS: readonly Column[] = [
  { head: 'E', read: (own) => own.raw.total, digits: 3 },
  { head: 'E / E₀', read: (own, zero) => own.raw.total / zero.raw.total, digits: 2 },
  { head: 'E_bal / 0', read: (own, zero) => total(own.balanced) / total(zero.balanced), digits: 2 },
  { head: 'E_path / 0', read: (own, zero) => total(own.path) / total(zero.path), digits: 2 },
  { head: 'E_gi / 0', read: (own, zero) => own.gradient.total / zero.gradient.total, digits: 2 },
  { head: 'E‖z‖² / 0', read: (own, zero) => own.logits / zero.logits, digits: 2 },
  {
    head: '(E_gi per E‖z‖²) / 0',
    read: (own, zero) => own.gradient.total / own.logits / (zero.gradient.total / zero.logits),
    digits: 3,
  },
  { head: '÷ rescaling', read: (own, zero) => split(own, zero)?.rescaling ?? NaN, digits: 2 },
  { head: 'active 1', read: (own) => own.activity[0].active, digits: 2 },
  { head: 'active 2', read: (own) => own.activity[1].active, digits: 2 },
  { head: 'directions 1', read: (own) => own.activity[0].participation, digits: 3 },
  { head: '‖W₃‖', read: (own) => own.norms[2], digits: 3 },
  { head: 'accuracy, %', read: (own) => 100 * own.accuracy, digits: 4 },
  { head: 'cross-entropy', read: (own) => own.crossEntropy, digits: 3 },
];

const rows: string[] = [];
const zeros = new Map<number, NetworkEnergy>();
const began = Date.now();
for (const lambda of lambdas) {
  const found: [NetworkEnergy, NetworkEnergy][] = [];
  for (const seed of seeds) {
    const own = await trained(lambda, seed);
    if (lambda === 0) zeros.set(seed, own);
    const zero = zeros.get(seed);
    if (!zero) throw new Error('The list of λs must begin with 0: the others are compared with it.');
    found.push([own, zero]);
    const seconds = ((Date.now() - began) / 1000).toFixed(0);
    console.error(
      `λ ${lambda}, seed ${seed}: E ${own.raw.total.toPrecision(3)}, accuracy ${(100 * own.accuracy).toFixed(2)} % (${seconds} s)`,
    );
  }
  const cells = COLUMNS.map(({ read, digits }) => {
    const values = found.map(([own, zero]) => read(own, zero));
    const text = String(Number(mean(values).toPrecision(digits)));
    return values.length > 1 ? `${text} ± ${String(Number(standardDeviation(values).toPrecision(1)))}` : text;
  });
  rows.push(`| ${lambda} | ${cells.join(' | ')} |`);
}
console.log(
  `MNIST, ${images.train} training and ${probe.n} test images (energies and accuracy on the test images, float64); 784-${HIDDEN.join('-')}-10 ReLU, He; Adam 1e-3, batch ${BATCH}, ${epochs} passes of ${Math.ceil(images.train / BATCH)} steps; seeds ${seeds.join(', ')}; mean ± standard deviation; ratios to λ = 0 of the same seed.\n`,
);
console.log(`| λ | ${COLUMNS.map(({ head }) => head).join(' | ')} |`);
console.log(`|${' --- |'.repeat(COLUMNS.length + 1)}`);
console.log(rows.join('\n'));
engine.dispose();
