import { describe, expect, it } from 'vitest';
import { provideWebGpu } from './nodeWebGpu';

const bindings = (adapter: unknown) => ({
  create: () => ({ requestAdapter: () => Promise.resolve(adapter) }),
  globals: {},
});
const there = (): boolean => 'gpu' in ((globalThis as { navigator?: object }).navigator ?? {});

describe('WebGPU in Node', () => {
  it('names the one command that adds the bindings, where they are missing', async () => {
    const missing = Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
    await expect(provideWebGpu(() => Promise.reject(missing))).rejects.toThrow(
      'This adds them: npm install --no-save webgpu@0.6.2',
    );
    // Bindings that are there and do not load are another matter.
    const broken = Object.assign(new Error('GLIBC_2.39 not found'), { code: 'ERR_DLOPEN_FAILED' });
    await expect(provideWebGpu(() => Promise.reject(broken))).rejects.toThrow(
      'could not be loaded: GLIBC_2.39 not found',
    );
  });

  it('says what is wanted where no adapter is found, and leaves nothing behind', async () => {
    await expect(provideWebGpu(() => Promise.resolve(bindings(null)))).rejects.toThrow(
      'No graphics adapter is found',
    );
    expect(there()).toBe(false);
  });

  it('gives WebGPU as a browser does, and takes it away', async () => {
    const info = { vendor: 'test', architecture: '', device: '', description: '' };
    const remove = await provideWebGpu((name) => {
      expect(name).toBe('webgpu');
      return Promise.resolve(bindings({ info }));
    });
    expect(there()).toBe(true);
    remove();
    expect(there()).toBe(false);
  });
});
