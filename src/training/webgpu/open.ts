import { openDevice } from './device';
import { CompiledEngine } from './engine';

/** Opens the compiled engine on a device of its own; the device's complaints go to `report`. Throws where there is none. */
export async function openCompiled(report: (message: string) => void): Promise<CompiledEngine> {
  const gpu = await openDevice(report, ['timestamp-query']);
  const { adapter, software } = gpu;
  const info = { id: 'parsimony-webgpu' as const, label: 'WebGPU (compiled)', adapter, software };
  return new CompiledEngine(info, gpu, () => gpu.device.destroy());
}
