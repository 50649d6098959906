import type { EngineId } from '../training/ids';

/** The networks that a machine is measured on: layers with dashes between, `c8` a convolution of 8 channels. */
export const MACHINE_NETWORKS = [
  { id: '784-128-64-10', batch: 128, label: 'Small', describe: 'the network of the first visit, isotropic' },
  { id: '784-512-512-10', batch: 128, label: 'Wide', describe: 'mostly matrix products' },
  {
    id: '784-c8-c16-64-10',
    batch: 64,
    label: 'Convolutional',
    describe: 'two 3×3 convolutions, each pooled, then 64 units',
  },
] as const;

/** Models trained side by side in the second measurement of engines with a model axis. */
export const SIDE_BY_SIDE = 10;

/** One engine measured on one network. Times are medians over the rounds, in milliseconds. */
export interface MachineRow {
  network: string;
  batch: number;
  engine: EngineId;
  label: string;
  /** Adapter or CPU in words; empty where the engine could not be opened. */
  adapter: string;
  /** Threads that trained; null on graphics cards. */
  threads: number | null;
  /** Networks trained in the same step. */
  models: number;
  /** Null where the engine was not measured; `note` says why. */
  msPerStep: number | null;
  /** Of every network on its own: models × 1000 / msPerStep. */
  modelStepsPerSecond: number | null;
  /** GFLOP/s of the matrix products alone. */
  gflops: number | null;
  /** `gflops` as a share of what the threads could do at most; null where that is not known (graphics cards). */
  peakShare: number | null;
  /** How long the thread that trains was busy handing out a step: on CPU engines all of it. */
  hostMsPerStep: number | null;
  /** By the graphics card's own clock; null without one. */
  gpuMsPerStep: number | null;
  /** Commands to the graphics card per step; null on the CPU. */
  dispatchesPerStep: number | null;
  rounds: number;
  note: string;
}

/** What is known of the machine besides its rows. */
export interface MachineFacts {
  /** Version of the lab. */
  lab: string;
  /** The browser's user agent. */
  browser: string;
  /** Cores the browser tells of. */
  cores: number;
  /** Whether threads may share memory. */
  isolated: boolean;
  /** The graphics card in words; empty without WebGPU. */
  graphics: string;
  /** GFLOP/s of multiply-adds in registers on one thread; null before it is measured or without SIMD. */
  peakGflopsPerThread: number | null;
}

/** The results as JSON to keep or to send; numbers with four digits. */
export function machineReport(facts: MachineFacts, rows: readonly MachineRow[], at: Date): string {
  const short = (_key: string, value: unknown): unknown =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
  const report = {
    format: 'parsimony-machine',
    version: 1,
    measuredAt: at.toISOString(),
    ...facts,
    optimiser: 'adam',
    rows,
  };
  return `${JSON.stringify(report, short, 2)}\n`;
}
