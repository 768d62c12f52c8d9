import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../domain/command.ts'
import type { Charger } from '../../simulators/charger.ts'
import { startCentral } from './central.ts'
import type { TestCentral } from './central.ts'
import {
  dcOutlet,
  MINUTE_MS,
  run,
  START_MS,
  testBus,
  testCharger,
  TOKEN,
  untilRegistered,
  VERSIONS,
} from './charger.ts'

let central: TestCentral
let charger: Charger

beforeEach(async () => {
  central = await startCentral({ now: () => START_MS })
})
afterEach(async () => {
  charger.stop()
  await central.close()
})

async function connected(
  version: (typeof VERSIONS)[number],
  change: Parameters<typeof testCharger>[2] = {},
): Promise<void> {
  charger = testCharger(version, central.url, change)
  await untilRegistered(charger)
}

function call(action: string, payload: JsonObject): Promise<JsonObject> {
  return central.call('CP-1', action, payload)
}

async function charging(): Promise<void> {
  charger.plug(1, testBus())
  charger.present(1, TOKEN)
  await charger.settled()
  await run(charger, charger.atMs + 2 * MINUTE_MS)
}

describe.each(VERSIONS)('commands in %s', (version) => {
  const old = version === 'ocpp1.6'

  test('a reset ends the transaction, drops the line, and boots again', async () => {
    await connected(version)
    await charging()
    expect(await call('Reset', { type: old ? 'Soft' : 'Immediate' })).toEqual({ status: 'Accepted' })
    await charger.settled()
    expect(charger.connected).toBe(false)
    await run(charger, charger.atMs + 2 * MINUTE_MS)
    await untilRegistered(charger)
    expect(central.of('BootNotification')).toHaveLength(2)
    if (old) expect(central.of('StopTransaction')).toMatchObject([{ reason: 'SoftReset' }])
    else {
      expect(central.of('BootNotification')[1]).toMatchObject({ reason: 'RemoteReset' })
      const ended = central.of('TransactionEvent').filter((one) => one.eventType === 'Ended')
      expect(ended).toMatchObject([{ transactionInfo: { stoppedReason: 'ImmediateReset' } }])
    }
    expect(central.violations).toEqual([])
  })

  test('a remote start with the plan in it charges under that plan at once; a remote stop ends it', async () => {
    await connected(version)
    const bus = testBus()
    charger.plug(1, bus)
    await charger.settled()
    const schedule = {
      startSchedule: new Date(START_MS).toISOString(),
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 20_000 }],
    }
    const common = { stackLevel: 1, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Absolute' }
    const answer = old
      ? await call('RemoteStartTransaction', {
          connectorId: 1,
          idTag: 'DISPATCH',
          chargingProfile: { chargingProfileId: 5, ...common, chargingSchedule: schedule },
        })
      : await call('RequestStartTransaction', {
          evseId: 1,
          remoteStartId: 77,
          idToken: { idToken: 'DISPATCH', type: 'Central' },
          chargingProfile: { id: 5, ...common, chargingSchedule: [{ id: 5, ...schedule }] },
        })
    expect(answer).toMatchObject({ status: 'Accepted' })
    await charger.settled()
    await run(charger, START_MS + 10 * MINUTE_MS)
    expect(charger.outlet(1)?.evse.powerW).toBe(20_000)
    if (!old) {
      expect(central.of('TransactionEvent').find((one) => one.triggerReason === 'RemoteStart')).toMatchObject({
        transactionInfo: { remoteStartId: 77 },
        idToken: { idToken: 'DISPATCH' },
      })
    }
    const transactionId = charger.outlet(1)?.transaction?.transactionId ?? ''
    const stopped = old
      ? await call('RemoteStopTransaction', { transactionId: Number(transactionId) })
      : await call('RequestStopTransaction', { transactionId })
    expect(stopped).toEqual({ status: 'Accepted' })
    await charger.settled()
    expect(charger.outlet(1)?.transaction).toBeNull()
    expect(bus.batteryWh).toBeGreaterThan(42_000)
    expect(central.violations).toEqual([])
  })

  test('a remote start at a free outlet waits for the cable, and no longer than the connection timeout', async () => {
    await connected(version)
    const start = (): Promise<JsonObject> =>
      old
        ? call('RemoteStartTransaction', { connectorId: 2, idTag: 'DISPATCH' })
        : call('RequestStartTransaction', {
            evseId: 2,
            remoteStartId: 1,
            idToken: { idToken: 'DISPATCH', type: 'Central' },
          })
    expect(await start()).toMatchObject({ status: 'Accepted' })
    await charger.settled()
    await run(charger, charger.atMs + 3 * MINUTE_MS)
    charger.plug(2, testBus())
    await charger.settled()
    expect(charger.outlet(2)?.transaction?.authorised ?? false).toBe(false)
    charger.unplug(2)
    await charger.settled()

    await start()
    await charger.settled()
    charger.plug(2, testBus())
    await charger.settled()
    expect(charger.outlet(2)?.transaction?.authorised).toBe(true)
  })

  test('availability changes at once on a free outlet and after the transaction on a busy one', async () => {
    await connected(version)
    await charging()
    const change = (evseId: number, operative: boolean): Promise<JsonObject> =>
      old
        ? call('ChangeAvailability', { connectorId: evseId, type: operative ? 'Operative' : 'Inoperative' })
        : call('ChangeAvailability', {
            evse: { id: evseId },
            operationalStatus: operative ? 'Operative' : 'Inoperative',
          })
    expect(await change(2, false)).toEqual({ status: 'Accepted' })
    expect(await change(1, false)).toEqual({ status: 'Scheduled' })
    expect(charger.outlet(1)?.transaction).not.toBeNull()
    charger.unplug(1)
    await charger.settled()
    const last = new Map(
      central.of('StatusNotification').map((one) => [one.connectorId === 2 || one.evseId === 2 ? 2 : 1, one]),
    )
    for (const status of last.values()) expect(JSON.stringify(status)).toContain('Unavailable')
    expect(await change(2, true)).toEqual({ status: 'Accepted' })
    await charger.settled()
    expect(JSON.stringify(central.of('StatusNotification').at(-1))).toContain('Available')
  })

  test('triggered messages follow the answer', async () => {
    await connected(version)
    await charging()
    const asked = ['BootNotification', 'Heartbeat', 'StatusNotification', 'MeterValues']
    for (const requestedMessage of asked) {
      expect(await call('TriggerMessage', { requestedMessage })).toMatchObject({ status: 'Accepted' })
      await charger.settled()
    }
    expect(central.of('BootNotification')).toHaveLength(2)
    expect(central.of('Heartbeat').length).toBeGreaterThanOrEqual(1)
    expect(JSON.stringify(central.received)).toContain('"Trigger"')
    const unknown = old ? 'DiagnosticsStatusNotification' : 'LogStatusNotification'
    expect(await call('TriggerMessage', { requestedMessage: unknown })).toMatchObject({ status: 'NotImplemented' })
    expect(central.violations).toEqual([])
  })

  test('the composite schedule is that of the outlet asked for, and a unit that the station has not is refused', async () => {
    await connected(version)
    const evse = old ? { connectorId: 1 } : { evseId: 1 }
    const answer = await call('GetCompositeSchedule', { ...evse, duration: 3_600 })
    expect(answer).toMatchObject({ status: 'Accepted' })
    expect(JSON.stringify(answer)).toContain('"limit":75000')
    expect(await call('GetCompositeSchedule', { ...evse, duration: 3_600, chargingRateUnit: 'A' })).toMatchObject({
      status: 'Rejected',
    })
  })

  test('the sampling interval can be changed, and from then on samples come at that interval', async () => {
    await connected(version)
    await charging()
    if (old) {
      expect(await call('ChangeConfiguration', { key: 'MeterValueSampleInterval', value: '300' })).toEqual({
        status: 'Accepted',
      })
      expect(await call('ChangeConfiguration', { key: 'NumberOfConnectors', value: '9' })).toEqual({
        status: 'Rejected',
      })
      expect(await call('ChangeConfiguration', { key: 'Colour', value: 'red' })).toEqual({ status: 'NotSupported' })
      expect(await call('GetConfiguration', { key: ['MeterValueSampleInterval', 'Colour'] })).toEqual({
        configurationKey: [{ key: 'MeterValueSampleInterval', readonly: false, value: '300' }],
        unknownKey: ['Colour'],
      })
    } else {
      const named = (component: string, name: string): JsonObject => ({
        component: { name: component },
        variable: { name },
      })
      const set = await call('SetVariables', {
        setVariableData: [
          { ...named('SampledDataCtrlr', 'TxUpdatedInterval'), attributeValue: '300' },
          { ...named('ChargingStation', 'Model'), attributeValue: 'other' },
          { ...named('Colour', 'Red'), attributeValue: '1' },
        ],
      })
      const results = set.setVariableResult as JsonObject[]
      expect(results.map((one) => one.attributeStatus)).toEqual(['Accepted', 'Rejected', 'UnknownComponent'])
      const got = await call('GetVariables', { getVariableData: [named('SampledDataCtrlr', 'TxUpdatedInterval')] })
      expect(got.getVariableResult).toMatchObject([{ attributeStatus: 'Accepted', attributeValue: '300' }])
    }
    const periodic = (): number =>
      central.received.filter((one) => JSON.stringify(one.payload).includes('Sample.Periodic')).length
    const before = periodic()
    await run(charger, charger.atMs + 30 * MINUTE_MS)
    expect(periodic() - before).toBe(6)
    expect(central.violations).toEqual([])
  })

  test('what the station does not support is answered with an error code of the specification', async () => {
    await connected(version)
    const action = old ? 'GetDiagnostics' : 'GetLog'
    const payload = old
      ? { location: 'ftp://example.org/' }
      : { logType: 'SecurityLog', requestId: 1, log: { remoteLocation: 'ftp://example.org/' } }
    await expect(call(action, payload)).rejects.toMatchObject({ rpcErrorCode: 'NotSupported' })
  })
})

test('OCPP 1.6: a hard reset waits for nothing: what was not answered is said again after the boot', async () => {
  await connected('ocpp1.6')
  await charging()
  await call('Reset', { type: 'Hard' })
  await run(charger, charger.atMs + 2 * MINUTE_MS)
  await untilRegistered(charger)
  const stops = central.of('StopTransaction')
  expect(stops.length).toBeGreaterThanOrEqual(1)
  expect(stops.every((one) => JSON.stringify(one) === JSON.stringify(stops[0]))).toBe(true)
  expect(stops[0]).toMatchObject({ reason: 'HardReset' })
  expect(central.received.map((one) => one.action).lastIndexOf('BootNotification')).toBeLessThan(
    central.received.map((one) => one.action).lastIndexOf('StopTransaction'),
  )
})

test('OCPP 1.6: unlocking stops the transaction, 2.0.1 refuses while it runs', async () => {
  await connected('ocpp1.6')
  await charging()
  expect(await call('UnlockConnector', { connectorId: 1 })).toEqual({ status: 'Unlocked' })
  await charger.settled()
  expect(central.of('StopTransaction')).toMatchObject([{ reason: 'UnlockCommand' }])
  charger.stop()
  await connected('ocpp2.0.1')
  await charging()
  expect(await call('UnlockConnector', { evseId: 1, connectorId: 1 })).toEqual({
    status: 'OngoingAuthorizedTransaction',
  })
  expect(await call('UnlockConnector', { evseId: 2, connectorId: 1 })).toEqual({ status: 'Unlocked' })
  expect(await call('UnlockConnector', { evseId: 3, connectorId: 1 })).toEqual({ status: 'UnknownConnector' })
})

test('OCPP 2.0.1: the base report comes in parts that say whether more follow, every variable once', async () => {
  await connected('ocpp2.0.1')
  expect(await call('GetBaseReport', { requestId: 12, reportBase: 'FullInventory' })).toEqual({ status: 'Accepted' })
  await charger.settled()
  const parts = central.of('NotifyReport')
  expect(parts.map((one) => one.seqNo)).toEqual(parts.map((_, i) => i))
  expect(parts.map((one) => one.tbc)).toEqual(parts.map((_, i) => i < parts.length - 1))
  expect(parts.every((one) => one.requestId === 12)).toBe(true)
  const names = parts.flatMap((one) =>
    (one.reportData as JsonObject[]).map((item) => JSON.stringify([item.component, item.variable])),
  )
  expect(new Set(names).size).toBe(names.length)
  expect(names.length).toBeGreaterThan(15)
  expect(central.violations).toEqual([])
})

test.each(VERSIONS)(
  '%s: AC takes amperes with decimals, pauses under 6 A, and measures each phase',
  async (version) => {
    await connected(version, { evses: [{ ...dcOutlet(1), currentType: 'AC', maxPowerW: 22_080, minPowerW: 0 }] })
    const set = (limit: number): Promise<JsonObject> => {
      const schedule = { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit, numberPhases: 3 }] }
      const common = { stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Relative' }
      return version === 'ocpp1.6'
        ? call('SetChargingProfile', {
            connectorId: 1,
            csChargingProfiles: { chargingProfileId: 1, ...common, chargingSchedule: schedule },
          })
        : call('SetChargingProfile', {
            evseId: 1,
            chargingProfile: { id: 1, ...common, chargingSchedule: [{ id: 1, ...schedule }] },
          })
    }
    // 7.3 is no multiple of 0.1 in binary: a validator that divides refuses it.
    expect(await set(7.3)).toEqual({ status: 'Accepted' })
    await charging()
    expect(charger.outlet(1)?.evse.powerW).toBeCloseTo(7.3 * 690, 6)
    const text = JSON.stringify(central.received.at(-1)?.payload)
    expect(text).toContain('L3')
    expect(text).not.toContain('SoC')
    expect(await set(5.9)).toEqual({ status: 'Accepted' })
    await run(charger, charger.atMs + 2 * MINUTE_MS)
    expect(charger.outlet(1)?.evse.powerW).toBe(0)
    expect(charger.outlet(1)?.flow).toBe('suspendedEvse')
    expect(central.violations).toEqual([])
  },
)
