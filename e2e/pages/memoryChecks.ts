/** Checks of compiled.spec.ts about memory: each returns what is wrong, in words. */
import type { CompiledEngine } from '../../src/training/webgpu/engine';
import type { StepSettings } from '../../src/training/engine';
import {
  gradientOnlySettings,
  disagreements,
  fixtureNetwork,
  randomData,
  randomState,
} from '../../src/training/check/fixtures';
import { countBytes } from './countBytes';

const adam: StepSettings = gradientOnlySettings({
  lambda: 0.1,
  optimiser: { id: 'adam', learningRate: 1e-3, weightDecay: 0, decayAll: false, momentum: 0.9 },
});
const counted = (count: number, images: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => (i * 5) % images);

/** Waits until read-backs under way have ended: their buffers go after them. */
async function settled(engine: CompiledEngine): Promise<void> {
  await engine.device.queue.onSubmittedWorkDone();
  await new Promise((resolve) => setTimeout(resolve, 20));
}

/** 64-16-16-10 with removals and growth, within capacity and beyond it: bytes are the same at the same widths, and all go in the end. */
export async function memoryIsFlat(engine: CompiledEngine): Promise<string[]> {
  const counter = countBytes();
  const data = randomData(64, 10, 256);
  const model = engine.createModel(randomState(fixtureNetwork(64, [16, 16], 10)), data);
  const sizes: number[] = [];
  // The first growth beyond capacity is for good: what was made room for stays.
  for (const width of [16, 13, 40, 16, 13, 40, 16, 13, 40]) {
    model.importState(randomState(fixtureNetwork(64, [width, 16], 10)));
    await model.train(counted(20 * 32, 256), 32, 20, adam);
    await model.metrics();
    await model.observe('test', 0, 256, 'mean-square');
    await model.exportState();
    sizes.push(counter.bytes());
  }
  model.dispose();
  await settled(engine);
  const left = counter.bytes();
  counter.stop();
  const wrong: string[] = [];
  if (sizes[0] < 2 ** 19) wrong.push(`the counter sees only ${sizes[0]} bytes`);
  if (sizes[8] > sizes[2]) wrong.push(`bytes grow: ${sizes.join(' ')}`);
  if (left !== 0) wrong.push(`${left} bytes stay after the model is gone`);
  return wrong;
}

/** The device says there is no memory, and one of the buffers made is not one, as then happens. */
async function withoutMemory(device: GPUDevice, act: () => Promise<void>): Promise<void> {
  const createBuffer = device.createBuffer.bind(device);
  const popErrorScope = device.popErrorScope.bind(device);
  let told = false;
  device.createBuffer = (descriptor) =>
    descriptor.label === 'second'
      ? // Mapped for reading and writing at once: not allowed, so what comes back cannot be used.
        createBuffer({ ...descriptor, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.MAP_WRITE })
      : createBuffer(descriptor);
  device.popErrorScope = async () => {
    const found = await popErrorScope();
    if (told) return found;
    told = true;
    return new GPUOutOfMemoryError('no room');
  };
  try {
    await act();
  } finally {
    device.createBuffer = createBuffer;
    device.popErrorScope = popErrorScope;
  }
}

/** Growth beyond memory is told in words, and the model goes on from where it was, as if nothing had been asked. */
export async function outOfMemory(engine: CompiledEngine): Promise<string[]> {
  const wrong: string[] = [];
  const data = randomData(64, 10, 256);
  const counter = countBytes();
  const start = randomState(fixtureNetwork(64, [16, 16], 10));
  const model = engine.createModel(start, data);
  const other = engine.createModel(start, data);
  const grown = randomState(fixtureNetwork(64, [70, 16], 10));
  await model.train(counted(96, 256), 32, 3, adam);
  await other.train(counted(96, 256), 32, 3, adam);
  const before = counter.bytes();
  let message = '';
  await withoutMemory(engine.device, async () => {
    model.importState(grown);
    await model.ready().catch((error: unknown) => (message = String(error)));
  });
  if (!/no memory left for 64-\d+-16-12/.test(message)) wrong.push(`the message is “${message}”`);
  if (counter.bytes() > before) wrong.push(`${counter.bytes() - before} bytes stay of what failed`);
  for (const one of [model, other]) await one.train(counted(96, 256), 32, 3, adam);
  const [actual, expected] = [await model.exportState(), await other.exportState()];
  if (actual.optimiser.step !== 6) wrong.push(`step ${actual.optimiser.step}`);
  wrong.push(...disagreements(actual.network.parameters, expected.network.parameters, 1e-6));
  // With memory again, the same growth works.
  model.importState(grown);
  await model.ready();
  const { network } = await model.exportState();
  wrong.push(...disagreements(network.parameters, grown.network.parameters, 1e-6));
  model.dispose();
  other.dispose();
  await settled(engine);
  if (counter.bytes() !== 0) wrong.push(`${counter.bytes()} bytes stay in the end`);
  counter.stop();
  return wrong;
}
