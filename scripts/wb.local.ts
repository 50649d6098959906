import { problemOf, CONTROLS } from '/work/wt/wasm/bench/problem';
import { openCompiledWasm } from '/work/wt/wasm/src/training/wasm/open';
import { peakGflops } from '/work/wt/wasm/src/training/wasm/instance';
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
const builds = (process.argv[2] ?? 'simd,relaxed').split(',');
const nets = process.argv.slice(3);
for (const net of nets) {
  const [network, batch = '128', models = '1'] = net.split('/');
  for (const build of builds) {
    const engine = await openCompiledWasm(console.error, { build: build as 'simd', threads: 1 });
    const problem = problemOf(network, Number(batch));
    const group = engine.createGroup(Array.from({ length: Number(models) }, () => problem.state), problem.data);
    const draw = (count: number) => { const all = new Uint32Array(count * problem.batch); for (let k = 0; k < count; k++) all.set(problem.indices[k % 8], k * problem.batch); return all; };
    group.train(draw(4), problem.batch, 4, CONTROLS);
    let flops = 0;
    problem.state.network.parameters.weights.forEach((w, l) => { flops += (l === 0 ? 4 : 6) * w.rows * w.cols * problem.batch; });
    const one = cpu(); group.train(draw(4), problem.batch, 4, CONTROLS); const per = Math.max(0.2, (cpu() - one) / 4);
    const steps = Math.max(2, Math.round(100 / per));
    const times: number[] = []; const peaks: number[] = [];
    for (let r = 0; r < 11; r++) {
      const a = cpu(); (engine as any).loaded.kernels.peak(1_000_000); peaks.push(2 * 4 * 12 * 1e6 / (cpu() - a) / 1e6);
      const from = cpu(); group.train(draw(steps), problem.batch, steps, CONTROLS); times.push((cpu() - from) / steps);
    }
    times.sort((a, b) => a - b); peaks.sort((a, b) => a - b);
    const median = times[5]; const g = (flops * Number(models)) / median / 1e6;
    console.log(`${net} ${build}: cpu median ${median.toFixed(3)} min ${times[0].toFixed(3)} ms/step; ${g.toFixed(1)} GFLOP/s of ${peaks[5].toFixed(1)}: ${(g / peaks[5]).toFixed(2)}`);
    engine.dispose();
  }
}
