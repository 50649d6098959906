import { errorMessage } from '../../base/errorMessage';
import type { Engine } from '../../training/engine';
import { probeWebGpu } from '../../training/webgpu/device';
import { Failure } from '../failure';

/** Dawn's bindings for Node: 132 MB of binaries for all platforms, so no dependency of ours. */
const BINDINGS = 'webgpu@0.6.2';

interface DawnBindings {
  create: (options: readonly string[]) => GPU;
  globals: Record<string, unknown>;
}

/** Imports a package by its name. */
type Importer = (name: string) => Promise<unknown>;

async function loadBindings(bring: Importer): Promise<DawnBindings> {
  try {
    return (await bring(BINDINGS.slice(0, BINDINGS.indexOf('@')))) as DawnBindings;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND')
      throw new Failure(
        `WebGPU in Node needs Dawn’s bindings, which are not installed here. This adds them: npm install --no-save ${BINDINGS}`,
        { cause: error },
      );
    throw new Failure(`Dawn’s bindings could not be loaded: ${errorMessage(error)}`, { cause: error });
  }
}

/**
 * Gives this process `navigator.gpu` and WebGPU's globals, as a browser has them; answers with what takes the former away again. Throws a
 * Failure, with what to do, where Dawn's bindings are not installed or no graphics adapter is found.
 */
export async function provideWebGpu(bring: Importer = (name) => import(name)): Promise<() => void> {
  const { create, globals } = await loadBindings(bring);
  Object.assign(globalThis, globals);
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  Object.defineProperty(globalThis, 'navigator', { value: { gpu: create([]) }, configurable: true });
  const remove = (): void => {
    // While it can be reached, Dawn keeps the process alive.
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else Reflect.deleteProperty(globalThis, 'navigator');
  };
  if ((await probeWebGpu()).status !== 'no-adapter') return remove;
  remove();
  throw new Failure(
    'No graphics adapter is found. Dawn wants a Vulkan driver on Linux (libvulkan1 and the driver of the card; in a container the NVIDIA runtime with NVIDIA_DRIVER_CAPABILITIES=compute,graphics,utility), Direct3D 12 on Windows, Metal on macOS. Without one: --engine wasm.',
  );
}

/** Opens the compiled WebGPU engine in Node, on Dawn; throws as `provideWebGpu`. `report` is told what the device complains of. */
export async function openWebGpuInNode(report: (message: string) => void): Promise<Engine> {
  const remove = await provideWebGpu();
  try {
    const { openCompiled } = await import('../../training/webgpu/open');
    const engine = await openCompiled(report);
    const dispose = engine.dispose.bind(engine);
    engine.dispose = () => {
      dispose();
      remove();
    };
    return engine;
  } catch (error) {
    remove();
    throw error;
  }
}
