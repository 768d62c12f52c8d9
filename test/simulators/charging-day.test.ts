import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../domain/command.ts'
import { run, START_MS, MINUTE_MS, testBus, testCharger, TOKEN, untilRegistered, VERSIONS } from './charger.ts'
import type { Charger } from '../../simulators/charger.ts'
import { startCentral } from './central.ts'
import type { TestCentral } from './central.ts'

let central: TestCentral

beforeEach(async () => {
  central = await startCentral({ now: () => START_MS })
})
afterEach(async () => {
  await central.close()
})

interface Sampled {
  measurand: string
  value: string | number
}

function readings(meterValue: unknown): Map<string, number> {
  const [first] = meterValue as { sampledValue: Sampled[] }[]
  return new Map((first?.sampledValue ?? []).map((one) => [one.measurand, Number(one.value)]))
}

/** Every sample of a transaction, whichever version's message carried it. */
function transactionSamples(): Map<string, number>[] {
  return central.received
    .filter(
      ({ action, payload }) =>
        (action === 'MeterValues' && 'transactionId' in payload) ||
        (action === 'TransactionEvent' && 'meterValue' in payload),
    )
    .map(({ payload }) => readings(payload.meterValue))
}

describe.each(VERSIONS)('a charging day in %s', (version) => {
  test('a bus is charged from 20 % to full, and the messages tell the same energy as the battery', async () => {
    const charger = testCharger(version, central.url)
    const bus = testBus()
    await untilRegistered(charger)
    await run(charger, START_MS + 5 * MINUTE_MS)
    charger.plug(1, bus)
    charger.present(1, TOKEN)
    await charger.settled()
    await run(charger, START_MS + 6 * 60 * MINUTE_MS)
    charger.present(1, TOKEN)
    await charger.settled()
    await run(charger, charger.atMs + MINUTE_MS)
    charger.unplug(1)
    await charger.settled()

    expect(central.violations).toEqual([])
    expect(bus.batteryWh).toBeGreaterThan(199_990)
    const samples = transactionSamples()
    expect(samples.length).toBeGreaterThan(300)
    const soc = samples.map((one) => one.get('SoC') ?? -1)
    expect(soc).toEqual(soc.toSorted((a, b) => a - b))
    expect(Math.max(...samples.map((one) => one.get('Power.Active.Import') ?? 0))).toBe(75_000)
    const energyWh = finalEnergyWh()
    expect(energyWh).toBeGreaterThan((160_000 - 20) / 0.95)
    expect(energyWh).toBeLessThan(160_000 / 0.95 + 2)
    charger.stop()
  })

  test('a station refused at boot comes back after the interval it was told, and charges nobody before', async () => {
    const answer = { status: 'Pending', interval: 120, currentTime: new Date(START_MS).toISOString() }
    central.answers.set('BootNotification', () => answer)
    const charger = testCharger(version, central.url)
    const bus = testBus()
    charger.plug(1, bus)
    await untilConnected(charger)
    await run(charger, START_MS + 7 * MINUTE_MS, () => presentOnce(charger), 10_000)
    expect(central.of('BootNotification').length).toBeGreaterThanOrEqual(3)
    expect(central.of('BootNotification').length).toBeLessThanOrEqual(5)
    expect(central.received.every((one) => one.action === 'BootNotification')).toBe(true)
    expect(bus.batteryWh).toBe(40_000)

    central.answers.delete('BootNotification')
    await run(charger, START_MS + 12 * MINUTE_MS, () => presentOnce(charger), 10_000)
    expect(charger.registered).toBe(true)
    expect(bus.batteryWh).toBeGreaterThan(41_000)
    charger.stop()
  })

  test('a refused token gives no energy', async () => {
    const refused = { status: 'Blocked' }
    central.answers.set('Authorize', () => (version === 'ocpp1.6' ? { idTagInfo: refused } : { idTokenInfo: refused }))
    const charger = testCharger(version, central.url)
    const bus = testBus()
    await untilRegistered(charger)
    charger.plug(1, bus)
    charger.present(1, TOKEN)
    await charger.settled()
    await run(charger, START_MS + 10 * MINUTE_MS)
    expect(bus.batteryWh).toBe(40_000)
    expect(charger.outlet(1)?.transaction?.authorised ?? false).toBe(false)
    charger.stop()
  })

  test('a token taken back at the start ends the transaction', async () => {
    const charger = testCharger(version, central.url)
    const bus = testBus()
    await untilRegistered(charger)
    central.answers.set('StartTransaction', () => ({ transactionId: 9, idTagInfo: { status: 'Invalid' } }))
    central.answers.set('TransactionEvent', (payload) =>
      'idToken' in payload ? { idTokenInfo: { status: 'Invalid' } } : {},
    )
    charger.plug(1, bus)
    charger.present(1, TOKEN)
    await charger.settled()
    await run(charger, START_MS + 5 * MINUTE_MS)
    expect(charger.outlet(1)?.transaction).toBeNull()
    const last = version === 'ocpp1.6' ? central.of('StopTransaction').at(-1) : central.of('TransactionEvent').at(-1)
    expect(last).toMatchObject(
      version === 'ocpp1.6'
        ? { reason: 'DeAuthorized', transactionId: 9 }
        : { eventType: 'Ended', triggerReason: 'Deauthorized' },
    )
    charger.stop()
  })

  test('clock-aligned values of idle outlets come every quarter of an hour, heartbeats as the boot answer says', async () => {
    const charger = testCharger(version, central.url)
    await untilRegistered(charger)
    await run(charger, START_MS + 60 * MINUTE_MS)
    expect(central.of('MeterValues')).toHaveLength(8)
    expect(central.of('Heartbeat').length).toBeGreaterThanOrEqual(11)
    expect(central.of('Heartbeat').length).toBeLessThanOrEqual(12)
    expect(central.violations).toEqual([])
    charger.stop()
  })
})

test('an OCPP 1.6 connector goes from Available through Preparing, Charging, SuspendedEVSE, Charging, SuspendedEV, Finishing to Available', async () => {
  const charger = testCharger('ocpp1.6', central.url)
  const bus = testBus({ batteryWh: 190_000 })
  await untilRegistered(charger)
  charger.plug(1, bus)
  await run(charger, START_MS + MINUTE_MS)
  charger.present(1, TOKEN)
  await charger.settled()
  await run(charger, START_MS + 3 * MINUTE_MS)
  await central.call('CP-1', 'SetChargingProfile', pause16)
  await run(charger, START_MS + 5 * MINUTE_MS)
  expect(await central.call('CP-1', 'ClearChargingProfile', { id: 3 })).toEqual({ status: 'Accepted' })
  await run(charger, START_MS + 120 * MINUTE_MS)
  charger.present(1, TOKEN)
  await charger.settled()
  charger.unplug(1)
  await charger.settled()
  const statuses = central.of('StatusNotification').filter((one) => one.connectorId === 1)
  expect(statuses.map((one) => one.status)).toEqual([
    'Available',
    'Preparing',
    'Charging',
    'SuspendedEVSE',
    'Charging',
    'SuspendedEV',
    'Finishing',
    'Available',
  ])
  charger.stop()
})

test('OCPP 2.0.1 events of a transaction are numbered without a gap from the cable to the end', async () => {
  const charger = testCharger('ocpp2.0.1', central.url)
  const bus = testBus()
  await untilRegistered(charger)
  charger.plug(2, bus)
  charger.present(2, TOKEN)
  await charger.settled()
  await run(charger, START_MS + 20 * MINUTE_MS)
  charger.unplug(2)
  await charger.settled()
  const events = central.of('TransactionEvent')
  expect(events.map((one) => one.seqNo)).toEqual(events.map((_, i) => i))
  expect(events.map((one) => one.triggerReason).slice(0, 3)).toEqual([
    'CablePluggedIn',
    'Authorized',
    'ChargingStateChanged',
  ])
  expect(events.at(-1)).toMatchObject({
    eventType: 'Ended',
    triggerReason: 'EVDeparted',
    transactionInfo: { stoppedReason: 'EVDisconnected' },
  })
  expect(new Set(events.map((one) => (one.transactionInfo as JsonObject).transactionId)).size).toBe(1)
  charger.stop()
})

const pause16 = {
  connectorId: 1,
  csChargingProfiles: {
    chargingProfileId: 3,
    stackLevel: 1,
    chargingProfilePurpose: 'TxDefaultProfile',
    chargingProfileKind: 'Relative',
    chargingSchedule: { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 0 }] },
  },
}

function finalEnergyWh(): number {
  const stop = central.of('StopTransaction').at(-1)
  if (stop !== undefined) return Number(stop.meterStop) - Number(central.of('StartTransaction').at(-1)?.meterStart)
  const registers = transactionSamples().map((one) => one.get('Energy.Active.Import.Register') ?? 0)
  return (registers.at(-1) ?? 0) - (registers[0] ?? 0)
}

/** Shows the token for as long as nothing has come of it: at a running transaction it would end it. */
function presentOnce(charger: Charger): void {
  if (charger.outlet(1)?.transaction?.authorised !== true) charger.present(1, TOKEN)
}

async function untilConnected(charger: Charger): Promise<void> {
  for (let tries = 0; !charger.connected && tries < 1_000; tries += 1) {
    charger.advance(charger.atMs)
    await charger.settled()
  }
}
