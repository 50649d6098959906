import { afterEach, describe, expect, it, vi } from 'vitest';
import { openDevice, probeWebGpu } from './device';

/** A browser whose WebGPU answers with `adapter`. */
function browserWith(adapter: unknown): void {
  vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(adapter) } });
}

const device = { addEventListener: () => undefined, lost: new Promise(() => undefined) };
const bare = {
  limits: {},
  features: new Set(),
  requestDevice: () => Promise.resolve(device),
};

afterEach(() => vi.unstubAllGlobals());

describe('the probe for WebGPU', () => {
  it('takes an adapter that has no info (Chrome 113 to 126) for a graphics card without a name', async () => {
    browserWith(bare);
    expect(await probeWebGpu()).toEqual({ status: 'ok', adapter: 'unnamed adapter' });
  });

  it('opens a device on it, with words for info that tfjs can read', async () => {
    browserWith(bare);
    const open = await openDevice(() => undefined);
    expect(open).toMatchObject({ adapter: 'unnamed adapter', software: false });
    expect(open.info.vendor).toBe('');
  });

  it('asks the way browsers of that time answered', async () => {
    browserWith({
      ...bare,
      requestAdapterInfo: () => Promise.resolve({ vendor: 'nvidia', architecture: 'turing' }),
    });
    expect(await probeWebGpu()).toEqual({ status: 'ok', adapter: 'nvidia turing' });
  });

  it('reads the flag that stood on the adapter itself then', async () => {
    browserWith({ ...bare, isFallbackAdapter: true });
    expect((await probeWebGpu()).status).toBe('software');
  });

  it.each([
    ['rejects', () => Promise.reject(new Error('no'))],
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
  ])('never throws where asking %s', async (_, requestAdapterInfo) => {
    browserWith({ ...bare, requestAdapterInfo });
    expect(await probeWebGpu()).toEqual({ status: 'ok', adapter: 'unnamed adapter' });
  });

  it('says what there is not', async () => {
    vi.stubGlobal('navigator', {});
    expect((await probeWebGpu()).status).toBe('no-api');
    browserWith(null);
    expect((await probeWebGpu()).status).toBe('no-adapter');
  });
});
