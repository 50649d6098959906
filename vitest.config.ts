import { defineConfig } from 'vitest/config';

/** Where modules are mocked: these files are each given a module graph of their own. */
const MOCKING = ['src/worker/**/*.test.ts', 'src/activations/newActivation.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    testTimeout: 60_000,
    pool: 'threads',
    // A test that asserts nothing cannot fail: it counts as failed.
    expect: { requireAssertions: true },
    projects: [
      { extends: true, test: { name: 'session', include: MOCKING } },
      {
        extends: true,
        // All others share what they import: tfjs is read once a thread and not once a file.
        test: {
          name: 'rooms',
          include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
          exclude: MOCKING,
          isolate: false,
        },
      },
    ],
  },
});
