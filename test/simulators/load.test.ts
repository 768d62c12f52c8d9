import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runLoad } from '../../simulators/load.ts'
import { startCentral } from './central.ts'
import type { TestCentral } from './central.ts'
import { VERSIONS } from './charger.ts'

let central: TestCentral

beforeEach(async () => {
  central = await startCentral({ now: () => Date.now() })
})
afterEach(async () => {
  await central.close()
})

test.each(VERSIONS)(
  '%s: light stations boot, charge and stop in messages that fit the official schemas',
  async (protocol) => {
    const report = await runLoad({
      url: central.url,
      stations: 20,
      protocol,
      rate: 100,
      durationSeconds: 1,
      prefix: 'L-',
    })
    expect(central.violations).toEqual([])
    expect(report.errors).toEqual({})
    expect(report.stationsIn).toBe(20)
    expect(central.of('BootNotification')).toHaveLength(20)
    expect(report.answered).toBeGreaterThan(20)
    expect(report.answered).toBeLessThanOrEqual(100)
    const stops =
      protocol === 'ocpp1.6'
        ? central.of('StopTransaction')
        : central.of('TransactionEvent').filter((one) => one.eventType === 'Ended')
    expect(stops).toHaveLength(20)
  },
)

test('stations that are not let in are counted by the reason', async () => {
  central.answers.set('BootNotification', () => ({
    status: 'Rejected',
    interval: 60,
    currentTime: new Date().toISOString(),
  }))
  const report = await runLoad({
    url: central.url,
    stations: 3,
    protocol: 'ocpp1.6',
    rate: 0,
    durationSeconds: 1,
    prefix: 'L-',
  })
  expect(report.stationsIn).toBe(0)
  expect(report.errors).toEqual({ 'boot answered Rejected': 3 })
})

test('a target that is not this machine needs a flag', async () => {
  const tool = fileURLToPath(new URL('../../simulators/simulate.ts', import.meta.url))
  const { code, text } = await new Promise<{ code: unknown; text: string }>((resolve) => {
    execFile(process.execPath, [tool, '--url', 'ws://example.org/ocpp'], (error, _, stderr) => {
      resolve({ code: error?.code, text: stderr })
    })
  })
  expect(code).toBe(1)
  expect(text).toContain('--allow-remote')
})
