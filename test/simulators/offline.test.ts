import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../domain/command.ts'
import { startCentral } from './central.ts'
import type { TestCentral } from './central.ts'
import { MINUTE_MS, run, START_MS, testBus, testCharger, TOKEN, untilRegistered, VERSIONS } from './charger.ts'

let central: TestCentral

beforeEach(async () => {
  central = await startCentral({ now: () => START_MS })
})
afterEach(async () => {
  await central.close()
})

/** Instant of each transaction message, in the order of arrival. */
function instants(): string[] {
  return central.received
    .filter(
      ({ action }) =>
        ['StartTransaction', 'StopTransaction', 'TransactionEvent'].includes(action) || action === 'MeterValues',
    )
    .filter(({ payload, action }) => action !== 'MeterValues' || 'transactionId' in payload)
    .map(({ payload }) => String(payload.timestamp ?? (payload.meterValue as JsonObject[])[0]?.timestamp))
}

function samples(): string[] {
  return central.received
    .filter(({ action, payload }) =>
      action === 'MeterValues' ? 'transactionId' in payload : payload.triggerReason === 'MeterValuePeriodic',
    )
    .filter(({ payload }) => JSON.stringify(payload).includes('Sample.Periodic'))
    .map(({ payload }) => String((payload.meterValue as JsonObject[])[0]?.timestamp))
}

function everyMinute(fromMs: number, untilMs: number): string[] {
  const expected: string[] = []
  for (let at = fromMs + MINUTE_MS; at <= untilMs; at += MINUTE_MS) expected.push(new Date(at).toISOString())
  return expected
}

describe.each(VERSIONS)('a cut line in %s', (version) => {
  test('charging goes on, and afterwards every sample arrives once, in order, with the instant at which it was taken', async () => {
    const charger = testCharger(version, central.url)
    const bus = testBus()
    await untilRegistered(charger)
    charger.plug(1, bus)
    charger.present(1, TOKEN)
    await charger.settled()
    await run(charger, START_MS + 10 * MINUTE_MS)
    const beforeWh = bus.batteryWh
    charger.cutLine(START_MS + 40 * MINUTE_MS)
    await run(charger, START_MS + 39 * MINUTE_MS)
    expect(charger.connected).toBe(false)
    expect(charger.queued).toBeGreaterThanOrEqual(29)
    expect(bus.batteryWh).toBeGreaterThan(beforeWh + 30_000)
    await run(charger, START_MS + 41 * MINUTE_MS)
    await untilRegistered(charger)
    await run(charger, START_MS + 50 * MINUTE_MS)

    expect(samples()).toEqual(everyMinute(START_MS, START_MS + 50 * MINUTE_MS))
    expect(instants()).toEqual(instants().toSorted())
    expect(central.of('BootNotification')).toHaveLength(1)
    expect(central.violations).toEqual([])
    charger.stop()
  })

  test('a whole charge while the line is cut is told from start to stop, under one transaction', async () => {
    const charger = testCharger(version, central.url)
    const bus = testBus()
    await untilRegistered(charger)
    charger.cutLine(START_MS + 60 * MINUTE_MS)
    await run(charger, START_MS + 5 * MINUTE_MS)
    charger.plug(1, bus)
    charger.present(1, TOKEN)
    await run(charger, START_MS + 30 * MINUTE_MS)
    charger.unplug(1)
    await run(charger, START_MS + 61 * MINUTE_MS)
    await untilRegistered(charger)

    expect(samples()).toEqual(everyMinute(START_MS + 5 * MINUTE_MS, START_MS + 30 * MINUTE_MS))
    if (version === 'ocpp1.6') {
      expect(central.of('StartTransaction')).toHaveLength(1)
      expect(central.of('StartTransaction')[0]).toMatchObject({
        timestamp: new Date(START_MS + 5 * MINUTE_MS).toISOString(),
      })
      const [stop, ...more] = central.of('StopTransaction')
      expect(more).toEqual([])
      expect(stop).toMatchObject({ transactionId: 1, timestamp: new Date(START_MS + 30 * MINUTE_MS).toISOString() })
      expect(Number(stop?.meterStop)).toBeGreaterThan(29_000)
    } else {
      const events = central.of('TransactionEvent')
      expect(events.map((one) => one.seqNo)).toEqual(events.map((_, i) => i))
      expect(events.every((one) => one.offline === true)).toBe(true)
      expect(events.at(-1)?.eventType).toBe('Ended')
    }
    charger.stop()
  })

  test('a central system that vanishes and comes back at the same address is found again, and nothing is lost', async () => {
    const charger = testCharger(version, central.url)
    await untilRegistered(charger)
    charger.plug(1, testBus())
    charger.present(1, TOKEN)
    await charger.settled()
    await run(charger, START_MS + 5 * MINUTE_MS)
    const before = samples()
    const port = Number(new URL(central.url).port)
    await central.close()
    await run(charger, START_MS + 20 * MINUTE_MS)
    central = await startCentral({ now: () => START_MS, port })
    await untilRegistered(charger)
    await run(charger, START_MS + 25 * MINUTE_MS)
    // The sample in flight when the server fell may come a second time: its answer was never seen.
    expect([...new Set([...before, ...samples()])]).toEqual(everyMinute(START_MS, START_MS + 25 * MINUTE_MS))
    charger.stop()
  })

  test('profiles stay in force while the line is cut, and a TxProfile that ends leaves the fail-safe', async () => {
    const charger = testCharger(version, central.url)
    const bus = testBus()
    await untilRegistered(charger)
    expect(await central.call('CP-1', 'SetChargingProfile', setProfile(version, failSafe(version)))).toMatchObject({
      status: 'Accepted',
    })
    charger.plug(1, bus)
    charger.present(1, TOKEN)
    await charger.settled()
    const transactionId = charger.outlet(1)?.transaction?.transactionId ?? ''
    const plan = txProfile(version, transactionId)
    expect(await central.call('CP-1', 'SetChargingProfile', setProfile(version, plan))).toMatchObject({
      status: 'Accepted',
    })
    await run(charger, START_MS + 5 * MINUTE_MS)
    charger.cutLine(START_MS + 6 * 60 * MINUTE_MS)
    const limitW = (atMs: number): number => {
      const minute = (atMs - START_MS) / MINUTE_MS
      if (minute <= 30) return 60_000
      return minute <= 60 ? 24_000.5 : 11_000
    }
    const seen = new Set<number>()
    await run(
      charger,
      START_MS + 90 * MINUTE_MS,
      () => {
        const powerW = charger.outlet(1)?.evse.powerW ?? 0
        seen.add(powerW)
        expect(powerW).toBeLessThanOrEqual(limitW(charger.atMs))
      },
      7_000,
    )
    expect([...seen].toSorted((a, b) => b - a)).toEqual([60_000, 24_000, 11_000])
    charger.stop()
  })
})

function setProfile(version: string, profile: JsonObject): JsonObject {
  return version === 'ocpp1.6'
    ? { connectorId: 1, csChargingProfiles: profile }
    : { evseId: 1, chargingProfile: profile }
}

function failSafe(version: string): JsonObject {
  const schedule = { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_000 }] }
  const common = { stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Relative' }
  return version === 'ocpp1.6'
    ? { chargingProfileId: 1, ...common, chargingSchedule: schedule }
    : { id: 1, ...common, chargingSchedule: [{ id: 1, ...schedule }] }
}

function txProfile(version: string, transactionId: string): JsonObject {
  const schedule = {
    startSchedule: new Date(START_MS).toISOString(),
    duration: 3_600,
    chargingRateUnit: 'W',
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 60_000 },
      { startPeriod: 1_800, limit: 24_000.5 },
    ],
  }
  const common = { stackLevel: 1, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Absolute' }
  return version === 'ocpp1.6'
    ? { chargingProfileId: 2, transactionId: Number(transactionId), ...common, chargingSchedule: schedule }
    : { id: 2, transactionId, ...common, chargingSchedule: [{ id: 2, ...schedule }] }
}
