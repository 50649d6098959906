import { describe, expect, it } from 'vitest';
import { formatDuration, Progress } from './progress';

describe('progress', () => {
  it('says runs done, runs an hour, and the time left by what the rest costs', () => {
    const progress = new Progress(
      new Map([
        ['small', 1],
        ['large', 9],
        ['middle', 5],
      ]),
      1000,
    );
    expect(progress.finished('small', 11_000)).toBe('1/3 small · 360 runs an hour · 2 min left');
    expect(progress.finished('large', 101_000, ' diverged: oh')).toBe(
      '2/3 large diverged: oh · 72 runs an hour · 50 s left',
    );
    expect(progress.finished('middle', 151_000)).toBe('3/3 middle · 72 runs an hour');
  });

  it('writes times as people say them', () => {
    expect([3.4, 89, 95, 3600, 9000].map(formatDuration)).toEqual([
      '3 s',
      '89 s',
      '2 min',
      '60 min',
      '2 h 30 min',
    ]);
  });
});
