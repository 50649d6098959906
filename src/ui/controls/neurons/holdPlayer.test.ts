import { beforeAll, describe, expect, it, vi } from 'vitest';

type Beat = typeof import('./holdPlayer').unitsPerRepeat;

describe('a held button', () => {
  let unitsOfBeat: Beat;
  beforeAll(async () => {
    // The store reads the address and the preferences when it is made.
    vi.stubGlobal('location', { search: '', href: 'http://lab/' });
    vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
    ({ unitsPerRepeat: unitsOfBeat } = await import('./holdPlayer'));
  });

  it('begins with k, hurries while there is far to go, and walks to the cliff', () => {
    expect(unitsOfBeat('remove', 1, 0, 128)).toBe(1);
    expect(unitsOfBeat('remove', 1, 8, 120)).toBe(2);
    expect(unitsOfBeat('remove', 1, 20, 90)).toBe(4);
    expect(unitsOfBeat('remove', 1, 20, 34)).toBe(2);
    expect(unitsOfBeat('remove', 1, 20, 32)).toBe(1);
    expect(unitsOfBeat('remove', 5, 20, 33)).toBe(5);
  });

  it('grows at its own pace', () => {
    expect(unitsOfBeat('grow', 3, 30, 200)).toBe(3);
  });
});
