import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // What every change must pass. The other stories of test/e2e are run by `npm run test:stories`.
    include: ['test/e2e/depot-page.test.ts'],
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 120_000,
  },
})
