import type { EngineName } from './problem';

export interface BenchEntry {
  engine: EngineName;
  models: number;
  /** Of engines that have threads of their own; one where left out. */
  threads?: number;
}

/** Engines that take turns on one problem. */
export interface BenchCase {
  network: string;
  batch: number;
  entries: BenchEntry[];
}

const ALL: EngineName[] = [
  'parsimony-webgpu',
  'parsimony-wasm',
  'parsimony-tfjs-wasm',
  'tfjs-webgpu',
  'tfjs-wasm',
  'jax-webgpu',
  'jax-wasm',
];
const SMALL = '784-128-64-10';
const WIDE = '784-512-512-10';
/** Two 3×3 convolutions of 8 and 16 channels, each pooled, then 64 dense units. */
const CNN = '784-c8-c16-64-10';
const ours = (models: number) => ({ engine: 'parsimony-webgpu' as const, models });
const wasm = (models: number, threads = 1) => ({ engine: 'parsimony-wasm' as const, models, threads });
const everyone = ALL.map((engine) => ({ engine, models: 1 }));

/** What is measured: all engines on both dense networks, ours and tfjs on a convolutional one; ours by M, batch, width and depth. */
export function caseList(quick: boolean, threads: number): BenchCase[] {
  const more = threads > 1 ? [wasm(1, threads), wasm(10, threads)] : [];
  const convolved: BenchCase = {
    network: CNN,
    batch: 64,
    entries: [
      ours(1),
      wasm(1),
      { engine: 'parsimony-tfjs-wasm', models: 1 },
      { engine: 'tfjs-webgpu', models: 1 },
      ...(threads > 1 ? [wasm(1, threads)] : []),
    ],
  };
  const wide: BenchCase = {
    network: WIDE,
    batch: 128,
    entries: [wasm(1), { engine: 'jax-wasm', models: 1 }],
  };
  if (quick)
    return [
      { network: SMALL, batch: 128, entries: [...everyone, ours(10), wasm(10), ...more] },
      wide,
      convolved,
    ];
  const alone = (network: string, batch: number): BenchCase => ({
    network,
    batch,
    entries: [ours(1), wasm(1)],
  });
  return [
    { network: SMALL, batch: 128, entries: everyone },
    convolved,
    { network: SMALL, batch: 128, entries: [1, 2, 5, 10, 32].map(ours) },
    { network: SMALL, batch: 128, entries: [1, 2, 5, 10, 32].map((models) => wasm(models)) },
    ...(threads > 1
      ? [{ network: SMALL, batch: 128, entries: [1, 2, 5, 10, 32].map((models) => wasm(models, threads)) }]
      : []),
    ...[32, 64, 256, 512].map((batch) => alone(SMALL, batch)),
    ...[32, 64, 256].map((width) => alone(`784-${width}-${width}-10`, 128)),
    ...[1, 3, 4, 6].map((depth) => alone(`784-${Array(depth).fill(64).join('-')}-10`, 128)),
    // The slow one last.
    { network: WIDE, batch: 128, entries: [...everyone, ...(threads > 1 ? [wasm(1, threads)] : [])] },
  ];
}
