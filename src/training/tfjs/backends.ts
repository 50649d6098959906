import type { EngineOpener, ComplaintHandler } from '../engine';
import * as tf from '@tensorflow/tfjs-core';
import { engineLabel } from '../engines';
import { TfjsEngine } from './engine';
import { openDevice, type OpenDevice } from '../webgpu/device';

// Each backend is imported where it is opened, so that each is a chunk of its own.

const inNode = typeof process !== 'undefined' && (process.versions as { node?: string }).node !== undefined;

/** Makes `name` tfjs's backend; tfjs swallows the cause of a failure, so `problem` says what is known. */
async function use(name: string, problem: string): Promise<void> {
  tf.enableProdMode();
  if (!(await tf.setBackend(name))) throw new Error(problem);
}

interface Shared {
  gpu: OpenDevice;
  users: number;
}

/** The one WebGPU backend of this worker, shared by the engines opened on it. */
let shared: Promise<Shared> | null = null;

/** Lets the next engine open a device of its own; false where that has happened already. */
function forget(opening: Promise<Shared>): boolean {
  if (shared !== opening) return false;
  shared = null;
  return true;
}

async function startWebGpu(report: ComplaintHandler): Promise<Shared> {
  const gpu = await openDevice(report);
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  if ('webgpu' in tf.engine().registryFactory) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => new WebGPUBackend(gpu.device, gpu.info));
  return { gpu, users: 0 };
}

/** tfjs on WebGPU, on a device of our own: tfjs's factory crashes without an adapter, hides the device and works once only. */
export const openWebGpu: EngineOpener = async (report) => {
  const opening = (shared ??= startWebGpu(report));
  try {
    const mine = await opening;
    await use('webgpu', 'tfjs could not start on WebGPU.');
    mine.users += 1;
    const { adapter, software, device, lost } = mine.gpu;
    void lost.then(() => forget(opening));
    const info = { id: 'tfjs-webgpu', label: engineLabel('tfjs-webgpu'), adapter, software } as const;
    return new TfjsEngine(info, 'webgpu', lost, () => {
      mine.users -= 1;
      // After a loss the name may already belong to the next device's backend.
      if (mine.users > 0 || !forget(opening)) return;
      tf.removeBackend('webgpu');
      device.destroy();
    });
  } catch (error) {
    forget(opening);
    throw error;
  }
};

/** tfjs on WebGL, on an OffscreenCanvas; refused where it cannot render 32-bit floats, whose halves turn training to NaN. */
export const openWebGl: EngineOpener = async () => {
  if (inNode || (typeof OffscreenCanvas === 'undefined' && typeof document === 'undefined'))
    throw new Error('WebGL in a worker needs OffscreenCanvas, which this browser lacks.');
  const { MathBackendWebGL } = await import('@tensorflow/tfjs-backend-webgl');
  if (!tf.env().getBool('HAS_WEBGL')) throw new Error('This browser has no WebGL here.');
  if (!tf.env().getBool('WEBGL_RENDER_FLOAT32_CAPABLE'))
    throw new Error('WebGL has no 32-bit float textures here: too coarse to train with.');
  await use('webgl', 'tfjs could not start on WebGL.');
  const backend = tf.backend();
  const gl = backend instanceof MathBackendWebGL ? backend.gpgpu.gl : null;
  const extension = gl?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = extension ? gl?.getParameter(extension.UNMASKED_RENDERER_WEBGL) : null;
  const adapter = typeof name === 'string' ? name : 'unnamed adapter';
  const software = /swiftshader|llvmpipe|basic render/i.test(adapter);
  const lost = new Promise<string>((resolve) => {
    gl?.canvas.addEventListener('webglcontextlost', () => resolve('The WebGL context was lost.'));
  });
  return new TfjsEngine(
    { id: 'tfjs-webgl', label: engineLabel('tfjs-webgl'), adapter, software },
    'webgl',
    lost,
  );
};

/** tfjs on WebAssembly: one thread, SIMD where there is any. Works in Node too, started at the repository's root. */
export const openWasm: EngineOpener = async () => {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  if (inNode) setWasmPaths(`${process.cwd()}/node_modules/@tensorflow/tfjs-backend-wasm/dist/`);
  else setWasmPaths((await import('./wasmFiles')).WASM_FILES);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await use('wasm', 'WebAssembly did not start: its files could not be loaded.');
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const adapter = simd ? 'CPU, one thread, SIMD' : 'CPU, one thread';
  return new TfjsEngine(
    { id: 'tfjs-wasm', label: engineLabel('tfjs-wasm'), adapter, software: false },
    'wasm',
  );
};

/** tfjs in plain JavaScript: runs everywhere, and is the judge of the others in tests. */
export const openCpu: EngineOpener = async () => {
  await import('@tensorflow/tfjs-backend-cpu');
  await use('cpu', 'tfjs could not start on the CPU.');
  const adapter = 'CPU, plain JavaScript';
  return new TfjsEngine({ id: 'tfjs-cpu', label: engineLabel('tfjs-cpu'), adapter, software: false }, 'cpu');
};
