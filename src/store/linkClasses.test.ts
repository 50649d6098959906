import { describe, expect, it } from 'vitest';
import { DEFAULT_CONFIGURATION } from '../configuration/schema';
import { withKnownClasses } from './linkClasses';

describe('classes of a link', () => {
  it('that the data have are kept without a word', () => {
    const asked = { ...DEFAULT_CONFIGURATION, classes: [0, 9] };
    expect(withKnownClasses(asked)).toEqual({ configuration: asked, notice: null });
  });
  it('beyond the data are left and named; training is always possible', () => {
    const some = withKnownClasses({ ...DEFAULT_CONFIGURATION, classes: [3, 25] });
    expect(some.configuration.classes).toEqual([3]);
    expect(some.notice).toMatch(
      /^classes=3-25: 25 cannot be trained on Fashion-MNIST \(classes 0 to 9\); only 3 of them is ticked/,
    );
    const none = withKnownClasses({ ...DEFAULT_CONFIGURATION, classes: [25] });
    expect(none.configuration.classes).toBeNull();
    expect(none.notice).toMatch(/all are ticked/);
  });
  it('of tasks that are not learnt at the start leave nothing to train on', () => {
    const asked = { ...DEFAULT_CONFIGURATION, data: 'tasks' as const, tasks: [0] };
    expect(withKnownClasses({ ...asked, classes: [25] }).configuration.classes).toBeNull();
    expect(withKnownClasses({ ...asked, classes: [2, 25] }).configuration.classes).toEqual([2, 25]);
  });
});
