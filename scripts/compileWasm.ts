import asc from 'assemblyscript/asc';
import { program } from '../src/training/wasm/assembly/program';
import type { WasmBuild } from '../src/training/wasm/instance';

/** Pages of 64 KiB the memory may have at most, as the binaries ask for it: 2 GiB. */
export const MAXIMUM_PAGES = 32768;

/** The binary of a build. Throws what the compiler says where the text is wrong. */
export async function compileBuild(build: WasmBuild): Promise<Uint8Array> {
  const source = program(build);
  let binary: Uint8Array | null = null;
  const options = ['--runtime', 'stub', '--importMemory', '--sharedMemory', '--initialMemory', '1'];
  const { error, stderr } = await asc.main(
    [
      ...['kernels.ts', '--outFile', 'kernels.wasm', '-O3', '--noAssert', '--noExportMemory'],
      ...['--maximumMemory', String(MAXIMUM_PAGES), ...options],
      ...['simd', 'threads', ...(build === 'relaxed' ? ['relaxed-simd'] : [])].flatMap((f) => [
        '--enable',
        f,
      ]),
    ],
    {
      readFile: (name) => (name === 'kernels.ts' ? source : null),
      writeFile: (name, contents) => {
        if (name === 'kernels.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
    },
  );
  const said = stderr.toString();
  if (error || !binary) throw new Error(said || error?.message || 'The compiler wrote nothing.');
  return binary;
}

/** The module that holds a binary. */
export function moduleText(build: WasmBuild, binary: Uint8Array): string {
  const text = Buffer.from(binary).toString('base64');
  return `/** Written by \`npm run wasm\` from the kernels in AssemblyScript (build “${build}”); a test holds it against them. */\nexport const ${build.toUpperCase()}_BINARY =\n  '${text}';\n`;
}
