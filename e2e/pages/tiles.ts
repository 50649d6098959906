/** Self-tuning of tile sizes on a real adapter, for tiles.spec.ts. */
import { selfCheck } from '../../src/training/check/selfCheck';
import { SELF_CHECK_CASES } from '../../src/training/check/selfCheckCases';
import { fixtureNetwork, randomData, randomState } from '../../src/training/check/fixtures';
import { openCompiled } from '../../src/training/webgpu/open';
import { TileTimer } from '../../src/training/webgpu/timeTiles';
import { tuneTiles, type TuningRow } from '../../src/training/webgpu/tuning';

/** Searches on a small network, each set checked against float64 first; returns the sets in use before and after, and what was measured. */
async function search(): Promise<{ before: string; after: string; rows: TuningRow[] }> {
  const reports: string[] = [];
  const engine = await openCompiled((message) => reports.push(message));
  const { network } = randomState(fixtureNetwork(200, [48, 24], 10), 4);
  const timer = new TileTimer(engine, network, randomData(200, 10, 64), 32);
  const current = engine.tileSet;
  const { best, rows } = await tuneTiles({
    current,
    rounds: 3,
    time: (set) => timer.time(set),
    check: async ({ tiles }) => {
      const { results } = await selfCheck((states, data) => engine.createGroup(states, data, { tiles }), {
        cases: SELF_CHECK_CASES.slice(0, 1),
        complaints: () => reports,
      });
      return results.flatMap(({ differences }) => differences);
    },
  });
  timer.dispose();
  engine.dispose();
  return { before: current.id, after: best.id, rows };
}

const tiles = { search };
declare global {
  interface Window {
    tiles: typeof tiles;
  }
}
window.tiles = tiles;
