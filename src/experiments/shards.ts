import { permutation, seededRandom } from '../network/random';
import { trialCost } from './trialCost';
import type { Trial } from './types';

/**
 * Divides trials among `n` shards, and answers for each trial which shard it belongs to (from 1). The costliest are dealt out first, each
 * to the shard that has least to do, so that shards end at about the same time; trials that cost the same are dealt in a shuffled order, so
 * that each shard has something of every level. The division is the same on every machine.
 */
function shardOfEach(trials: readonly Trial[], n: number): number[] {
  const shuffled = permutation(trials.length, seededRandom(0, 'shards'));
  const costs = trials.map(trialCost);
  const order = trials.map((_, i) => i).sort((a, b) => costs[b] - costs[a] || shuffled[a] - shuffled[b]);
  const shards = Array.from({ length: n }, () => ({ cost: 0, runs: 0 }));
  const shardOf: number[] = [];
  for (const i of order) {
    let least = 0;
    for (let s = 1; s < n; s++) {
      const [own, best] = [shards[s], shards[least]];
      if (own.cost < best.cost || (own.cost === best.cost && own.runs < best.runs)) least = s;
    }
    shards[least].cost += costs[i];
    shards[least].runs += 1;
    shardOf[i] = least + 1;
  }
  return shardOf;
}

/** The trials of shard `k` of `n` (k from 1), in their order: each trial is in exactly one shard. */
export function studyShard(trials: readonly Trial[], k: number, n: number): Trial[] {
  const shardOf = shardOfEach(trials, n);
  return trials.filter((_, i) => shardOf[i] === k);
}

/** How much of a shard is missing. */
export interface MissingShard {
  shard: number;
  missing: number;
  runs: number;
}

/** The shards of `n` that hold a trial without a result, with how many they lack; `missing` holds ids of trials. */
export function missingShards(
  trials: readonly Trial[],
  missing: ReadonlySet<string>,
  n: number,
): MissingShard[] {
  const shards = Array.from({ length: n }, (_, s): MissingShard => ({ shard: s + 1, missing: 0, runs: 0 }));
  shardOfEach(trials, n).forEach((shard, i) => {
    shards[shard - 1].runs += 1;
    if (missing.has(trials[i].id)) shards[shard - 1].missing += 1;
  });
  return shards.filter((one) => one.missing > 0);
}
