import { program } from '../src/training/wasm/assembly/program';
import type { WasmBuild } from '../src/training/wasm/instance';

/**
 * What is used of the compiler. Its own types are not imported: they would bring AssemblyScript's globals into this project, where
 * `[].at(9)` is then never undefined.
 */
interface AssemblyScriptCompiler {
  main: (
    options: string[],
    files: {
      readFile: (name: string) => string | null;
      writeFile: (name: string, contents: Uint8Array | string) => void;
      listFiles: () => string[];
    },
  ) => Promise<{ error: Error | null; stderr: { toString: () => string } }>;
}
const COMPILER: string = 'assemblyscript/asc';

/** Pages of 64 KiB the memory may have at most, as the binaries ask for it: 2 GiB. */
export const MAXIMUM_PAGES = 32768;

/** The binary of a build. Throws what the compiler says where the text is wrong. */
export async function compileBuild(build: WasmBuild): Promise<Uint8Array> {
  const source = program(build);
  const { default: asc } = (await import(COMPILER)) as { default: AssemblyScriptCompiler };
  const written = new Map<string, Uint8Array>();
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
        if (typeof contents !== 'string') written.set(name, contents);
      },
      listFiles: () => [],
    },
  );
  const binary = written.get('kernels.wasm');
  const said = stderr.toString();
  if (error || !binary) throw new Error(said || error?.message || 'The compiler wrote nothing.');
  return binary;
}

/** The module that holds a binary. */
export function moduleText(build: WasmBuild, binary: Uint8Array): string {
  const text = Buffer.from(binary).toString('base64');
  return `/** Written by \`npm run wasm\` from the kernels in AssemblyScript (build “${build}”); a test holds it against them. */\nexport const ${build.toUpperCase()}_BINARY =\n  '${text}';\n`;
}
