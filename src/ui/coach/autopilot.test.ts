import { describe, expect, it } from 'vitest';
import { autopilot, type AutopilotView } from './autopilot';

const ready: AutopilotView = {
  firstVisit: true,
  calm: false,
  status: 'paused',
  pace: 'watch',
  step: 0,
  engineReady: true,
  imagesReady: true,
};

describe('first visit', () => {
  it('begins by itself as soon as engine and images are there, once', () => {
    expect(autopilot(ready, { started: false, hurried: false })).toBe('play');
    expect(autopilot(ready, { started: true, hurried: false })).toBeNull();
    expect(autopilot({ ...ready, engineReady: false }, { started: false, hurried: false })).toBeNull();
    expect(autopilot({ ...ready, imagesReady: false }, { started: false, hurried: false })).toBeNull();
  });
  it('does not begin for reduced motion or save-data, nor for returning visitors and links', () => {
    expect(autopilot({ ...ready, calm: true }, { started: false, hurried: false })).toBeNull();
    expect(autopilot({ ...ready, firstVisit: false }, { started: false, hurried: false })).toBeNull();
  });
  it('hurries at step 150, unless the pace was chosen by hand', () => {
    const playing: AutopilotView = { ...ready, status: 'playing', step: 149 };
    expect(autopilot(playing, { started: true, hurried: false })).toBeNull();
    expect(autopilot({ ...playing, step: 150 }, { started: true, hurried: false })).toBe('hurry');
    expect(autopilot({ ...playing, step: 150 }, { started: true, hurried: true })).toBeNull();
    expect(autopilot({ ...playing, step: 150, pace: 'fast' }, { started: true, hurried: false })).toBeNull();
  });
});
