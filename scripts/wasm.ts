/** `npm run wasm`: compiles the kernels of the WebAssembly engine and writes them to src/training/wasm/built/, a file for each build. */
import { writeFileSync } from 'node:fs';
import { WASM_BUILDS } from '../src/training/wasm/instance';
import { compileBuild, moduleText } from './compileWasm';

for (const build of WASM_BUILDS) {
  const binary = await compileBuild(build);
  writeFileSync(
    new URL(`../src/training/wasm/built/${build}.ts`, import.meta.url),
    moduleText(build, binary),
  );
  console.log(`${build}: ${binary.length} bytes`);
}
