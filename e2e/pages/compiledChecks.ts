/** Checks of compiled.spec.ts that are not one of its cases: each returns what is wrong, in words. */
import * as tf from '@tensorflow/tfjs-core';
import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TrainingState } from '../../src/network/network';
import type { CompiledEngine } from '../../src/training/webgpu/engine';
import { CompiledGroup } from '../../src/training/webgpu/group';
import { openCompiled } from '../../src/training/webgpu/open';
import { adam, counted } from '../../src/training/testing/interface';
import { fixtureNetwork, randomData, randomState, taskData } from '../../src/training/check/fixtures';

/** Widths within capacity change none of it, wider ones do; models of a group share their blocks. */
export function capacity(engine: CompiledEngine): string[] {
  const data = randomData(6, 3, 64);
  const wrong: string[] = [];
  const states = [
    [7, 5],
    [13, 3],
  ].map((hidden, m) => randomState(fixtureNetwork(6, hidden, 3), m));
  const group = engine.createGroup(states, data);
  const kept = group.capacity.join();
  group.importState(1, randomState(fixtureNetwork(6, [9, 2], 3), 9));
  if (group.capacity.join() !== kept) wrong.push('capacity changed though the widths fit');
  group.importState(1, randomState(fixtureNetwork(6, [41, 3], 3), 10));
  if (group.capacity[1] < 41) wrong.push('capacity did not grow');
  group.dispose();
  const blocks = (order: number[]): TrainingState =>
    randomState({ ...fixtureNetwork(32, [9, 4], 6), blocks: order }, 4);
  const pair = engine.createGroup([blocks([1, 2]), blocks([1, 2])], taskData(16, 3, 3, 96));
  try {
    pair.importState(0, blocks([2, 1]));
    wrong.push('models of a group took different blocks');
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('blocks')) wrong.push(String(error));
  }
  pair.dispose();
  return wrong;
}

/** 64 networks of 784-512-512-10 take a step on a device with default limits, handed to tfjs. */
export async function manyModels(): Promise<string[]> {
  const wrong: string[] = [];
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) return ['no adapter'];
  const device = await adapter.requestDevice();
  device.addEventListener('uncapturederror', ({ error }) => wrong.push(error.message));
  // The name its kernels are registered under.
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(device, adapter.info));
  await tf.setBackend('webgpu');
  const backend = tf.backend();
  if (!(backend instanceof WebGPUBackend)) return ['tfjs is not on the device'];
  const data = randomData(784, 10, 16);
  const state = randomState(fixtureNetwork(784, [512, 512], 10));
  const group = new CompiledGroup(
    backend.device,
    Array.from({ length: 64 }, () => state),
    data,
    {
      beforeSubmit: () => {
        // It fails where nothing waits.
        backend.ensureCommandEncoderReady();
        backend.submitQueue();
      },
    },
  );
  const controls = Array.from({ length: 64 }, (_, m) => ({ ...adam(1e-3), lambda: m / 64 }));
  group.train(counted(4, 16), 4, 1, controls);
  const rows = await group.metrics();
  const penalties = rows.map(({ values }) => values[2] / values[1]);
  if (!rows.every(({ values }) => values.every(Number.isFinite))) wrong.push('metrics are not finite');
  if (!penalties.every((penalty, m) => Math.abs(penalty - m / 64) < 1e-5))
    wrong.push('λ is not each model’s own');
  // Same weights, same batch, and tfjs still computes beside it.
  if (new Set(rows.map(({ values }) => values[0])).size !== 1)
    wrong.push('losses differ between equal models');
  const sum = (await tf.add(tf.tensor1d([1, 2]), 1).data())[1];
  if (sum !== 3) wrong.push(`tfjs on the same device gives ${sum}`);
  group.dispose();
  tf.removeBackend('webgpu');
  device.destroy();
  return wrong;
}

/** A device lost on purpose resolves `lost`, and a fresh engine goes on from the last copy. */
export async function losesDevice(): Promise<string[]> {
  const engine = await openCompiled(() => undefined);
  const data = randomData(6, 3, 64);
  const model = engine.createModel(randomState(fixtureNetwork(6, [7, 5], 3)), data);
  await model.train(counted(24, 64), 8, 3, adam());
  const copy = await model.exportState();
  engine.device.destroy();
  const reason = await engine.lost;
  const wrong = reason ? [] : ['no reason for the loss'];
  model.dispose();
  const fresh = await openCompiled(() => undefined);
  const next = fresh.createModel(copy, data);
  await next.train(counted(24, 64), 8, 3, adam());
  if ((await next.exportState()).optimiser.step !== 6) wrong.push('the fresh engine did not go on');
  fresh.dispose();
  return wrong;
}
