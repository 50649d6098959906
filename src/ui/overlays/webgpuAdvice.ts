import type { LabState } from '../../store/state';

type WebGpuState = NonNullable<LabState['webgpu']>['state'];
interface Message {
  title: string;
  detail: string;
  advice: string | null;
}

/** What this browser needs for WebGPU (gpuweb implementation status, April 2026). */
function advice(userAgent: string): string {
  const linux = /Linux/.test(userAgent) && !/Android/.test(userAgent);
  const apple = /Mac OS X|iPhone|iPad/.test(userAgent);
  if (/Firefox\//.test(userAgent)) {
    if (linux) return 'Firefox on Linux has WebGPU in Nightly only.';
    if (/Android/.test(userAgent))
      return 'Firefox on Android keeps WebGPU behind the flag dom.webgpu.enabled.';
    if (apple)
      return 'Firefox on macOS has WebGPU from version 145 (macOS 26, Apple silicon) or 147 (older macOS).';
    return 'Firefox on Windows has WebGPU from version 141.';
  }
  if (apple && !/Chrome|Chromium|Edg\//.test(userAgent))
    return 'Safari has WebGPU from version 26 (macOS 26, iOS 26). Chrome and Edge on a Mac have it from 113.';
  if (/Android/.test(userAgent))
    return 'Chrome on Android has WebGPU from version 121, on Imagination GPUs from 139.';
  if (linux)
    return 'Chrome on Linux has WebGPU for Intel Gen12 and later (from 144) and NVIDIA with driver 535.183 (from 147); for other GPUs behind chrome://flags/#enable-unsafe-webgpu.';
  return 'Chrome and Edge have WebGPU from version 113; check that “graphics acceleration” is on in the browser’s settings, and that the driver is up to date.';
}

/**
 * What to tell the visitor about WebGPU: it may be missing in three ways, and each has its own words. Null where it is
 * there.
 */
export function webgpuMessage(state: WebGpuState, userAgent: string): Message | null {
  switch (state) {
    case 'ok':
      return null;
    case 'no-api':
      return {
        title: 'This browser offers no WebGPU',
        detail: 'The lab runs on WebGL or WebAssembly instead: everything works, training is slower.',
        advice: advice(userAgent),
      };
    case 'no-adapter':
      return {
        title: 'WebGPU found no graphics adapter',
        detail:
          'The browser knows WebGPU, but no GPU answered: it may be switched off, blocked or without a driver. The lab runs on WebGL or WebAssembly instead.',
        advice: advice(userAgent),
      };
    case 'software':
      return {
        title: 'WebGPU is emulated on the CPU here',
        detail:
          'A software adapter answered instead of a GPU. It is measured like the others, and WebAssembly often wins against it.',
        advice: advice(userAgent),
      };
  }
}
