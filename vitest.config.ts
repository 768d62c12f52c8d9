import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{domain,db,ocpp-central,scheduler,fleet-api,runtime,simulators,web}/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/e2e/**', 'node_modules/**'],
    // PGlite takes seconds to boot: a worker boots one and every test file that it runs shares it.
    isolate: false,
    pool: 'threads',
    maxWorkers: 2,
    // A file a message, and plain JavaScript: Node loads hundreds of them faster than they are transformed.
    server: { deps: { external: [/web\/generated\/messages\//] } },
    // The first test of a worker waits for the boot, which takes long on a machine that has other things to do.
    testTimeout: 90_000,
    hookTimeout: 90_000,
  },
})
