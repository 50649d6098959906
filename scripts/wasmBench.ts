import { problemOf, CONTROLS } from '../bench/problem';
import { openCompiledWasm } from '../src/training/wasm/open';
const [network = '784-128-64-10', batch = '128', models = '1', threads = '1', build = 'simd', rounds = '7'] = process.argv.slice(2);
const engine = await openCompiledWasm(console.error, { build: build as 'simd', threads: Number(threads) });
const problem = problemOf(network, Number(batch));
const group = engine.createGroup(Array.from({ length: Number(models) }, () => problem.state), problem.data);
const draw = (count: number) => { const all = new Uint32Array(count * problem.batch); for (let k = 0; k < count; k++) all.set(problem.indices[k % 8], k * problem.batch); return all; };
group.train(draw(10), problem.batch, 10, CONTROLS);
const rows = await group.metrics();
console.log(engine.info.adapter, 'loss', rows[0].values[0], rows[0].values[9 * rows[0].columns]);
let flops = 0;
problem.state.network.parameters.weights.forEach((w, l) => (flops += (l === 0 ? 4 : 6) * w.rows * w.cols * problem.batch));
const times: number[] = []; let peak = 0;
const one = performance.now(); group.train(draw(4), problem.batch, 4, CONTROLS); const per = (performance.now() - one) / 4;
const steps = Math.max(2, Math.round(300 / per));
for (let r = 0; r < Number(rounds); r++) {
  peak = Math.max(peak, engine.peakGflops());
  const from = performance.now();
  group.train(draw(steps), problem.batch, steps, CONTROLS);
  times.push((performance.now() - from) / steps);
}
times.sort((a, b) => a - b);
const median = times[times.length >> 1];
console.log(`${network} ×${models} ${threads}t: median ${median.toFixed(3)} min ${times[0].toFixed(3)} ms/step; ${(flops * Number(models) / median / 1e6).toFixed(1)} GFLOP/s, peak ${peak.toFixed(1)}, share ${(flops * Number(models) / median / 1e6 / peak).toFixed(2)}`);
engine.dispose();
