import type { Opener } from '../choose';
import { openDevice } from '../tfjs/webgpu';
import { CompiledEngine } from './engine';

/** Opens the compiled engine on a device of its own. */
export const openCompiled: Opener = async (report) => {
  const gpu = await openDevice(report);
  const { adapter, software } = gpu;
  const info = { id: 'parsimony-webgpu', label: 'WebGPU (compiled)', adapter, software } as const;
  return new CompiledEngine(info as never, gpu, () => gpu.device.destroy());
};
