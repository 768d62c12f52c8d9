import { defineConfig } from 'vitest/config'

/** The stories of test/e2e, lived in Chromium. */
export default defineConfig({
  test: {
    include: ['test/e2e/**/*.test.ts'],
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 180_000,
    // A change shows within a second on a machine that does nothing else; here Chromium, a demo and the tests share its cores.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 120_000,
  },
})
