/** What the visitor's browser offers: no WebGPU at all, no adapter, one emulated on the CPU, or a real one. */
export type WebGpuStatus = 'ok' | 'no-api' | 'no-adapter' | 'software';

export interface WebGpuProbe {
  status: WebGpuStatus;
  /** Adapter in words; empty without one. */
  adapter: string;
}

async function requestAdapter(): Promise<GPUAdapter | 'no-api' | 'no-adapter'> {
  // Typed as always there, but absent in many browsers, in insecure contexts and in Node.
  const gpu = (globalThis as { navigator?: Partial<Navigator> }).navigator?.gpu;
  if (!gpu) return 'no-api';
  try {
    return (await gpu.requestAdapter({ powerPreference: 'high-performance' })) ?? 'no-adapter';
  } catch {
    return 'no-adapter';
  }
}

/** Empty words about an adapter, for browsers that say nothing about theirs. */
const UNNAMED = {
  __brand: 'GPUAdapterInfo',
  vendor: '',
  architecture: '',
  device: '',
  description: '',
  subgroupMinSize: 4,
  subgroupMaxSize: 128,
  isFallbackAdapter: false,
} as const satisfies GPUAdapterInfo;

/** What browsers before `GPUAdapter.info` had in its place (Chrome 113 to 126: a method, and a flag on the adapter itself). */
interface EarlyAdapter {
  info?: GPUAdapterInfo;
  isFallbackAdapter?: boolean;
  requestAdapterInfo?: () => Promise<Partial<GPUAdapterInfo>>;
}

/**
 * What the browser tells of an adapter; empty words where it tells nothing. Never throws, because an engine without a
 * name works as well.
 */
async function infoOf(adapter: EarlyAdapter): Promise<GPUAdapterInfo> {
  if (adapter.info) return adapter.info;
  let told: Partial<GPUAdapterInfo> | undefined;
  try {
    told = await adapter.requestAdapterInfo?.();
  } catch {
    // Empty words it is.
  }
  const { vendor = '', architecture = '', device = '', description = '' } = told ?? {};
  return {
    ...UNNAMED,
    vendor,
    architecture,
    device,
    description,
    isFallbackAdapter: adapter.isFallbackAdapter ?? false,
  };
}

/** True where the adapter runs on the CPU (SwiftShader, llvmpipe, WARP). */
function isSoftware(info: GPUAdapterInfo): boolean {
  const words = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`.toLowerCase();
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/.test(words);
}

/** Adapter in words: its description if the browser tells it, else vendor and architecture. */
function adapterName(info: GPUAdapterInfo): string {
  if (isSoftware(info)) {
    const known = /swiftshader|llvmpipe|lavapipe/i.exec(`${info.architecture} ${info.description}`);
    const name = known ? known[0] : info.description || info.architecture;
    return `${name.toLowerCase() === 'swiftshader' ? 'SwiftShader' : name || 'fallback adapter'} (software)`;
  }
  return info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed adapter';
}

/** Which of the page's messages about WebGPU is true here. Asks for an adapter, never for a device; never throws. */
export async function probeWebGpu(): Promise<WebGpuProbe> {
  const adapter = await requestAdapter();
  if (typeof adapter === 'string') return { status: adapter, adapter: '' };
  const info = await infoOf(adapter);
  return { status: isSoftware(info) ? 'software' : 'ok', adapter: adapterName(info) };
}

/** An open device, and its adapter in words. */
export interface OpenDevice {
  device: GPUDevice;
  info: GPUAdapterInfo;
  adapter: string;
  software: boolean;
  /** Resolves with the reason when the device is lost (also when it is destroyed on purpose). */
  lost: Promise<string>;
}

/** Limits above the defaults that tfjs makes use of; the adapter's own values are asked for. */
const LIMITS = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/**
 * Opens a device; validation errors go to `report`. Features of `wished` are asked for where the adapter has them. Throws in words a
 * visitor can read when there is none.
 */
export async function openDevice(
  report: (message: string) => void,
  wished: readonly GPUFeatureName[] = [],
): Promise<OpenDevice> {
  const adapter = await requestAdapter();
  if (adapter === 'no-api') throw new Error('This browser has no WebGPU.');
  if (adapter === 'no-adapter') throw new Error('WebGPU is there, but no graphics adapter is offered to it.');
  const requiredLimits = Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]]));
  const requiredFeatures = wished.filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ requiredLimits, requiredFeatures });
  device.addEventListener('uncapturederror', (event) => report(`WebGPU: ${event.error.message}`));
  const info = await infoOf(adapter);
  return {
    device,
    info,
    adapter: adapterName(info),
    software: isSoftware(info),
    lost: device.lost.then(({ reason, message }) => message || reason),
  };
}
