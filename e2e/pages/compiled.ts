/** The page of compiled.spec.ts: the compiled engine on this browser's adapter, held against the float64 reference. */
import * as real from './compiledArchitectures';
import * as general from './compiledChecks';
import * as kinds from './compiledKinds';
import * as paths from './compiledPaths';
import { times } from './compiledTimes';
import * as memory from './memoryChecks';
import { CompiledEngine } from '../../src/training/webgpu/engine';
import { openDevice } from '../../src/training/webgpu/device';
import * as shared from '../../src/training/testing/interface';
import { convolutions, normalises } from '../../src/training/testing/layerKinds';
import { observes } from '../../src/training/testing/looks';
import { caseCount, caseOf, randomCase, runCase, type Case } from '../../src/training/testing/pairwise';
import { tasks } from '../../src/training/testing/tasks';

const checks = {
  ...general,
  ...kinds,
  observes,
  imports: shared.imports,
  ownBatches: shared.ownBatches,
  smallPrint: shared.smallPrint,
  ...paths,
  times,
  architectures: real.architectures,
  convolutions,
  normalises,
  ...memory,
  tasks,
};
const reports: string[] = [];

/** The engine with the tiles it has on a graphics processor: what software adapters have instead is met by cases of their own. */
async function open(): Promise<CompiledEngine> {
  const gpu = await openDevice((message) => reports.push(message), ['timestamp-query']);
  const info = { id: 'parsimony-webgpu', label: 'WebGPU (compiled)', adapter: gpu.adapter } as const;
  return new CompiledEngine({ ...info, software: false }, gpu, () => gpu.device.destroy());
}
let engine: Promise<CompiledEngine> | null = null;
const opened = () => (engine ??= open());

const page = {
  /** Complaints of the device outside any call. */
  reports: () => reports,
  caseCount,
  case: async (index: number) => {
    const c: Case = caseOf(index);
    return { name: JSON.stringify(c), wrong: await runCase(await opened(), c) };
  },
  /** Loss and gradients alone: 20 steps of ReLU or L1 drawn at random may be chaotic in any precision. */
  random: async (seed: number) => {
    const c = randomCase(seed);
    return { name: JSON.stringify(c), wrong: await runCase(await opened(), c, false) };
  },
  check: async (name: keyof typeof checks) => checks[name](await opened()),
};

export type CompiledPage = typeof page;
declare global {
  interface Window {
    compiled: CompiledPage;
  }
}
window.compiled = page;
