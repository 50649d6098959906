import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TARGETS } from './targets';

/** A short run of `npm run fuzz`, on the same cases each time; processor time is judged there, not here. */
describe('whatever comes from outside is taken or refused in words', () => {
  it.each(TARGETS)('$name', async ({ property }) => {
    const details = await fc.check(property(false), { seed: 7, numRuns: 150 });
    expect(details.failed ? fc.defaultReportMessage(details) : null).toBeNull();
  });
});
