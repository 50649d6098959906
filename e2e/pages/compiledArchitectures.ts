/** The architectures on real pictures, for compiled.spec.ts. */
import { gradients } from '../../src/energy/loss';
import type { DataSource, SplitData } from '../../src/data/source';
import { DEFAULT_CONFIGURATION, type Configuration } from '../../src/configuration/schema';
import { DATASETS } from '../../src/data/registry';
import { gatherImages } from '../../src/data/gather';
import { ARCHITECTURES, specOf } from '../../src/network/architectures/registry';
import { initialTrainingState, seededStart } from '../../src/network/initialise';
import type { CompiledEngine } from '../../src/training/webgpu/engine';
import { gradientOnlySettings, disagreements } from '../../src/training/check/fixtures';

/** Where the spec puts the first images and labels of Fashion-MNIST's training set, without their headers. */
export const PICTURES = { images: 'fashion-images.bin', labels: 'fashion-labels.bin', count: 512 } as const;

const fetched = async (name: string): Promise<Uint8Array> =>
  new Uint8Array(await (await fetch(name)).arrayBuffer());

async function fashion(): Promise<DataSource> {
  const [images, labels] = await Promise.all([fetched(PICTURES.images), fetched(PICTURES.labels)]);
  const { width, height, channels } = DATASETS['fashion-mnist'];
  const size = width * height;
  const split: SplitData = { images, labels, ready: labels.length, total: labels.length };
  return {
    ...{ size, width, channels, planes: { channels, height, width }, classes: 10 },
    ...{ train: split, test: split, byteScale: 1 / 255, clip: 10 },
    mean: new Float32Array(size).fill(0.286),
    inverseDeviation: new Float32Array(size).fill(1 / 0.353),
  };
}

const BATCH = 32;
const STEPS = 16;

/** Each architecture on Fashion-MNIST: its first gradients are the reference's, and its loss falls within a few steps. */
export async function architectures(engine: CompiledEngine): Promise<string[]> {
  const data = await fashion();
  const wrong: string[] = [];
  const kinds: Partial<Configuration>[] = [
    { architecture: 'mlp' },
    { architecture: 'cnn', activation: 'isotropic-tanh', measure: 'hoyer-square' },
    { architecture: 'bimodal', normalise: true, energySite: 'pre' },
    { architecture: 'lagrangian', activation: 'relu', kinetic: 'half-square' },
  ];
  for (const patch of kinds) {
    const configuration = { ...DEFAULT_CONFIGURATION, ...patch };
    const { architecture, measure, energySite: site } = configuration;
    const { label, sizes } = ARCHITECTURES[architecture];
    const spec = specOf({ ...configuration, ...sizes }, { ...data, inputs: data.size, outputs: 10 });
    const state = initialTrainingState(
      seededStart(spec, 'xavier', 3, () => 0.1),
      'sgd',
    );
    const model = engine.createModel(state, data);
    const indices = Uint32Array.from({ length: BATCH * STEPS }, (_, i) => i % PICTURES.count);
    const settings = gradientOnlySettings({ lambda: 1e-3, measure, site });
    await model.train(indices, BATCH, 1, settings);
    await model.metrics();
    const x = new Float32Array(BATCH * data.size);
    gatherImages(data, data.train, indices, 0, BATCH, x);
    const expected = gradients(state.network, x, data.train.labels.subarray(0, BATCH), settings);
    const { optimiser } = await model.exportState();
    wrong.push(...disagreements(optimiser.first, expected.tensors, 2e-4).map((w) => `${label} ∂ ${w}`));
    model.importState(initialTrainingState(state.network, 'adam'));
    await model.train(indices, BATCH, STEPS, {
      ...settings,
      optimiser: { id: 'adam', learningRate: 2e-3, weightDecay: 0, decayAll: false, momentum: 0.9 },
    });
    const { values, columns } = await model.metrics();
    const mean = (from: number): number => {
      const rows = Array.from({ length: 4 }, (_, k) => values[(from + k) * columns]);
      return rows.reduce((a, b) => a + b) / 4;
    };
    const [start, end] = [mean(0), mean(STEPS - 4)];
    if (!(end < 0.9 * start)) wrong.push(`${label}: loss from ${start} to ${end}`);
    model.dispose();
  }
  return wrong;
}
