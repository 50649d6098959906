/** Opens the compiled WebAssembly engine in both builds, and lets it meet a few of the cases every engine meets. */
import type { EngineInfo } from '../../src/training/engine';
import { smallPrint } from '../../src/training/testing/interface';
import { convolutions } from '../../src/training/testing/layerKinds';
import { caseOf, runCase } from '../../src/training/testing/pairwise';
import { supports, WASM_BUILDS } from '../../src/training/wasm/instance';
import { openCompiledWasm } from '../../src/training/wasm/open';

export interface WasmReport {
  isolated: boolean;
  engines: EngineInfo[];
  /** What is wrong, in words. */
  wrong: string[];
}

const CASES = [0, 5, 11, 20];

async function meet(): Promise<WasmReport> {
  const wrong: string[] = [];
  const engines: EngineInfo[] = [];
  for (const build of WASM_BUILDS.filter(supports)) {
    const engine = await openCompiledWasm((message) => wrong.push(message), {
      ...{ build, threads: 2, worth: 1, steady: true },
    });
    engines.push(engine.info);
    for (const index of CASES)
      wrong.push(...(await runCase(engine, caseOf(index))).map((w) => `${build}, case ${index}: ${w}`));
    wrong.push(...(await convolutions(engine)), ...(await smallPrint(engine)));
    engine.dispose();
  }
  return { isolated: crossOriginIsolated, engines, wrong };
}
void meet().then((report) => self.postMessage(report));
