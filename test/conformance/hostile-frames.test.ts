import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../domain/command.ts'
import type { OcppProtocol } from '../../domain/status.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'
import { wildFrames } from './wild-frames.ts'

const NOW = new Date('2026-11-23T20:00:00Z')
const AT = '2026-11-23T19:00:00Z'
/** A year of five digits once it is in UTC. */
const BEYOND_TIME = '9999-12-31T23:59:59-23:00'

let central: TestCentral
let neighbour: Charger
let chargers: Charger[]

beforeEach(async () => {
  central = await startCentral({ policy: 'known', now: () => NOW })
  await enterDepot(central.db, { stationIds: ['CP-1', 'CP-2'], evsesPerStation: 2 })
  chargers = []
  neighbour = await boot('CP-2', 'ocpp1.6')
})
afterEach(async () => {
  for (const charger of chargers) await charger.close()
  await central.stop()
})

async function boot(stationId: string, protocol: OcppProtocol): Promise<Charger> {
  const charger = await connectCharger({ wsUrl: central.wsUrl, stationId, protocol })
  chargers.push(charger)
  await charger.call('BootNotification', bootRequest(protocol))
  return charger
}

function nested(levels: number): string {
  return '['.repeat(levels) + ']'.repeat(levels)
}

function sessions() {
  return central.db.selectFrom('charging_session').selectAll().orderBy('number').execute()
}

const start16 = { connectorId: 1, idTag: 'BUS-1', meterStart: 0, timestamp: AT }
const event201 = {
  eventType: 'Started',
  timestamp: AT,
  triggerReason: 'CablePluggedIn',
  seqNo: 0,
  transactionInfo: { transactionId: 'T-1' },
  evse: { id: 1, connectorId: 1 },
}

describe.each(['ocpp1.6', 'ocpp2.0.1'] as const)('%s', (protocol) => {
  test.each([
    ['a CALLERROR whose code', `[4,"x",${nested(200_000)}]`],
    ['a CALLERROR whose description', `[4,"x","GenericError",${nested(200_000)}]`],
    ['a CALL whose payload', `[2,"x","Heartbeat",{"a":${nested(200_000)}}]`],
    ['a CALL with an escaped NUL whose payload', `[2,"x","Heartbeat",{"b":"\\u0000","a":${nested(200_000)}}]`],
    ['a CALLRESULT with a password whose payload', `[3,"x",{"password":1,"a":${nested(200_000)}}]`],
  ])('%s nests without end stops nobody', async (_what, text) => {
    const charger = await boot('CP-1', protocol)
    charger.sendRaw(text)
    expect(await neighbour.call('Heartbeat', {})).toHaveProperty('currentTime')
    expect(await charger.call('Heartbeat', {})).toHaveProperty('currentTime')
  })

  test('wild frames end nothing but their own connection', async () => {
    let charger = await boot('CP-1', protocol)
    let lost = 0
    for (const text of wildFrames(protocol, { seed: 20_261_123, count: 150 })) {
      if (charger.ws.readyState !== charger.ws.OPEN) {
        lost += 1
        charger = await boot('CP-1', protocol)
      }
      charger.sendRaw(text)
      // One message at a time, as chargers do; what is no frame gets no answer in 1.6, so a heartbeat follows each.
      await charger.ask('Heartbeat', {}).catch(() => undefined)
    }
    expect(await neighbour.call('Heartbeat', {})).toHaveProperty('currentTime')
    // Too many frames that are no OCPP in a row are the only reason to hang up.
    expect(lost).toBe(0)
    const { unstorable } = await central.db
      .selectFrom('message_log')
      .select((eb) => eb.fn.countAll<string>().as('unstorable'))
      .where('error_code', '=', 'InternalError')
      .executeTakeFirstOrThrow()
    expect(Number(unstorable)).toBe(0)
  })

  test('a name that every object has is no action', async () => {
    const charger = await boot('CP-1', protocol)
    for (const action of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(await charger.ask(action, {})).toMatchObject({ error: 'NotImplemented' })
    }
  })

  test('texts that no database stores are kept without what cannot be stored', async () => {
    const charger = await boot('CP-1', protocol)
    const info = 'broken \ud800 and\u0000 cut'
    if (protocol === 'ocpp1.6') {
      await charger.call('StatusNotification', {
        connectorId: 1,
        status: 'Faulted',
        errorCode: 'OtherError',
        info,
      })
    } else {
      await charger.call('SecurityEventNotification', { type: 'Test', timestamp: AT, techInfo: info })
    }
    const event = await central.db
      .selectFrom('event')
      .select('details')
      .where('type', 'in', ['connectorFaulted', 'securityEvent'])
      .executeTakeFirstOrThrow()
    expect(Object.values(event.details)).toContain('broken \ufffd and cut')
  })

  test('an EVSE number that no station can have enters no EVSE', async () => {
    const charger = await boot('CP-1', protocol)
    for (const evseId of [-1, 1001, 99_999_999, 2 ** 40]) {
      const told =
        protocol === 'ocpp1.6'
          ? { connectorId: evseId, status: 'Available', errorCode: 'NoError' }
          : { evseId, connectorId: 1, connectorStatus: 'Available', timestamp: AT }
      expect(await charger.ask('StatusNotification', told)).toMatchObject({ error: 'PropertyConstraintViolation' })
    }
    const evses = await central.db.selectFrom('evse').select('evse_id').where('station_id', '=', 'CP-1').execute()
    expect(evses).toHaveLength(2)
  })

  test('samples with absurd values and times neither end the connection nor disturb others', async () => {
    const charger = await boot('CP-1', protocol)
    const absurd: [string, number][] = [
      ['Energy.Active.Import.Register', 1e308],
      ['SoC', 1000],
      ['SoC', 1e-60],
      ['Voltage', 1e-60],
      ['Power.Active.Import', -5e9],
      ['Current.Import', 1e39],
    ]
    for (const [measurand, value] of absurd) {
      for (const timestamp of [AT, BEYOND_TIME, '0001-01-01T00:00:00Z', '0000-01-01T00:00:00+23:00', 'yesterday']) {
        const sampledValue = [{ measurand, value: protocol === 'ocpp1.6' ? String(value) : value }]
        const place = protocol === 'ocpp1.6' ? { connectorId: 1 } : { evseId: 1 }
        expect(await charger.call('MeterValues', { ...place, meterValue: [{ timestamp, sampledValue }] })).toEqual({})
      }
    }
    expect(await neighbour.call('Heartbeat', {})).toHaveProperty('currentTime')
  })
})

const STARTS_16: [string, JsonObject][] = [
  ['a register of 1e15 Wh', { meterStart: 1e15 }],
  ['a register beyond 64 bits', { meterStart: 9.3e18 }],
  ['a register of 1e300', { meterStart: 1e300 }],
  ['a connector beyond 32 bits', { connectorId: 2 ** 40 }],
  ['a connector below zero', { connectorId: -5 }],
  ['a token of 10,000 characters', { idTag: 'x'.repeat(10_000) }],
  ['a token of half a character', { idTag: '\ud800' }],
  ['a token with a NUL', { idTag: 'a\u0000b' }],
  ['a time beyond year 9999', { timestamp: BEYOND_TIME }],
  ['a time that is an object', { timestamp: { at: AT } }],
  ['a register that is a word', { meterStart: 'none' }],
  ['a token that is a list', { idTag: [1, 2] }],
]

test.each(STARTS_16)('1.6: a start with %s is kept and answered with a transaction', async (_what, changes) => {
  const charger = await boot('CP-1', 'ocpp1.6')
  const { transactionId } = await charger.call('StartTransaction', { ...start16, ...changes })
  expect(await sessions()).toMatchObject([{ number: transactionId, station_id: 'CP-1', ended_at: null }])
})

const STOPS_16: [string, JsonObject][] = [
  ['a register of 1e300', { meterStop: 1e300 }],
  ['a register that is a word', { meterStop: 'none' }],
  ['a time beyond year 9999', { timestamp: BEYOND_TIME }],
  ['samples that are no list', { transactionData: 'none' }],
  ['samples that are numbers', { transactionData: [{ timestamp: AT, sampledValue: [1, 2] }] }],
  ['a token of half a character', { idTag: '\udfff' }],
]

test.each(STOPS_16)('1.6: a stop with %s ends the session', async (_what, changes) => {
  const charger = await boot('CP-1', 'ocpp1.6')
  const { transactionId } = await charger.call('StartTransaction', start16)
  await charger.call('StopTransaction', { transactionId, meterStop: 10, timestamp: AT, ...changes })
  expect(await sessions()).toMatchObject([{ number: transactionId, ended_at: expect.any(Date) }])
})

test('1.6: a stop of transaction 2^53 is kept as a session of its own', async () => {
  const charger = await boot('CP-1', 'ocpp1.6')
  await charger.call('StopTransaction', { transactionId: 2 ** 53, meterStop: 1e15, timestamp: AT })
  expect(await sessions()).toMatchObject([{ transaction_id: '9007199254740992', orphan: true, meter_stop_wh: 1e15 }])
})

const EVENTS_201: [string, JsonObject][] = [
  ['a sequence number beyond 32 bits', { seqNo: 2 ** 40 }],
  ['an EVSE beyond 32 bits', { evse: { id: 2 ** 40 } }],
  ['an EVSE below zero', { evse: { id: -3 } }],
  ['a connector beyond 32 bits', { evse: { id: 1, connectorId: 2 ** 40 } }],
  ['an EVSE that is a word', { evse: 'one' }],
  ['a time beyond year 9999', { timestamp: BEYOND_TIME }],
  ['a token of half a character', { idToken: { idToken: '\ud800', type: 'ISO14443' } }],
  ['samples that are no list', { meterValue: 'none' }],
  [
    'a sample beyond every number',
    { meterValue: [{ timestamp: AT, sampledValue: [{ value: 1, unitOfMeasure: { multiplier: 400 } }] }] },
  ],
]

test.each(EVENTS_201)('2.0.1: an event with %s is kept', async (_what, changes) => {
  const charger = await boot('CP-1', 'ocpp2.0.1')
  await charger.call('TransactionEvent', { ...event201, ...changes })
  expect(await sessions()).toMatchObject([{ transaction_id: 'T-1', station_id: 'CP-1' }])
})

test('a binary frame closes the connection with the reason', async () => {
  const charger = await boot('CP-1', 'ocpp1.6')
  charger.ws.send(Buffer.from('[2,"1","Heartbeat",{}]'))
  expect(await charger.closed).toBe(1003)
})
