import { describe, expect, it } from 'vitest';
import { unitsPerRepeat } from './holdPlayer';

describe('a held button', () => {
  it('begins with k, hurries while there is far to go, and walks to the cliff', () => {
    expect(unitsPerRepeat('remove', 1, 0, 128)).toBe(1);
    expect(unitsPerRepeat('remove', 1, 8, 120)).toBe(2);
    expect(unitsPerRepeat('remove', 1, 20, 90)).toBe(4);
    expect(unitsPerRepeat('remove', 1, 20, 34)).toBe(2);
    expect(unitsPerRepeat('remove', 1, 20, 32)).toBe(1);
    expect(unitsPerRepeat('remove', 5, 20, 33)).toBe(5);
  });

  it('grows at its own pace', () => {
    expect(unitsPerRepeat('grow', 3, 30, 200)).toBe(3);
  });
});
