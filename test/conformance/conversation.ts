import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import type { Command, CommandOutcome } from '../../domain/command.ts'
import type { OcppProtocol } from '../../domain/status.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

/** A running product to talk to, with an empty database. */
export interface ConversationTarget {
  /** `ws://host:port`; stations connect to `/ocpp/{id}` below it. */
  wsUrl: string
  db: Db
  command(stationId: string, command: Command): Promise<CommandOutcome>
  stop(): Promise<void>
}

/** The stations of the depot that the conversation enters. */
const STATIONS = ['CP-16', 'CP-201', 'CP-21', 'CP-OLD']

/** The core OCPP conversation, the same on every platform. */
export function describeConversation(name: string, target: () => Promise<ConversationTarget>): void {
  describe(`a charging day on ${name}`, () => {
    let central: ConversationTarget
    let charger: Charger

    beforeAll(async () => {
      central = await target()
      await enterDepot(central.db, { stationIds: STATIONS })
    })
    afterAll(() => central.stop())

    async function connect(stationId: string, protocol: OcppProtocol): Promise<Charger> {
      charger = await connectCharger({ wsUrl: central.wsUrl, stationId, protocol })
      return charger
    }

    beforeEach(() => () => charger.close())

    test('OCPP 1.6: boot, plug in, charge, follow a profile, stop', async () => {
      const station = await connect('CP-16', 'ocpp1.6')
      expect(station.ws.protocol).toBe('ocpp1.6')
      const boot = await station.call('BootNotification', bootRequest('ocpp1.6'))
      expect(boot).toMatchObject({ status: 'Accepted', interval: 300 })
      expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
      const minute = minutes()
      await station.call('StatusNotification', {
        connectorId: 1,
        status: 'Preparing',
        errorCode: 'NoError',
        timestamp: minute(-10),
      })
      expect(await station.call('Authorize', { idTag: 'BUS-1' })).toEqual({ idTagInfo: { status: 'Accepted' } })
      expect(await station.call('Authorize', { idTag: 'NOBODY' })).toEqual({ idTagInfo: { status: 'Invalid' } })
      const start = { connectorId: 1, idTag: 'BUS-1', meterStart: 1000, timestamp: minute(-9) }
      const started = await station.call('StartTransaction', start)
      expect(await station.call('StartTransaction', start)).toEqual(started)
      const transactionId = Number(started['transactionId'])
      await station.call('MeterValues', {
        connectorId: 1,
        transactionId,
        meterValue: [
          {
            timestamp: minute(-5),
            sampledValue: [
              { value: '3500', measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
              { value: '50.5', measurand: 'Power.Active.Import', unit: 'kW' },
              { value: '42', measurand: 'SoC', unit: 'Percent' },
            ],
          },
        ],
      })
      expect(await session(central.db, 'CP-16')).toMatchObject({
        transaction_id: String(transactionId),
        vehicle_id: 'bus-1',
        energy_wh: 2500,
        soc_percent: 42,
        power_w: 50_500,
        ended_at: null,
      })
      expect(await evse(central.db, 'CP-16')).toMatchObject({
        vehicle_id: 'bus-1',
        vehicle_source: 'token',
        plugged_in: true,
        power_w: 50_500,
      })
      expect(await vehicle(central.db, 'bus-1')).toMatchObject({ soc_percent: 42, soc_source: 'ocpp' })

      station.onCall('SetChargingProfile', () => ({ status: 'Accepted' }))
      const outcome = await central.command('CP-16', profileCommand(String(transactionId)))
      expect(outcome).toMatchObject({ outcome: 'answered', accepted: true, status: 'Accepted' })
      expect(station.calls.find((call) => call.action === 'SetChargingProfile')?.payload).toEqual({
        connectorId: 1,
        csChargingProfiles: {
          chargingProfileId: 7,
          transactionId,
          stackLevel: 2,
          chargingProfilePurpose: 'TxProfile',
          chargingProfileKind: 'Absolute',
          chargingSchedule: {
            duration: 3600,
            startSchedule: '2026-11-23T20:00:00.000Z',
            chargingRateUnit: 'W',
            chargingSchedulePeriod: [
              { startPeriod: 0, limit: 60_000.5 },
              { startPeriod: 900, limit: 0 },
            ],
          },
        },
      })

      const stop = { transactionId, meterStop: 9000, timestamp: minute(-1), idTag: 'BUS-1', reason: 'Local' }
      expect(await station.call('StopTransaction', stop)).toEqual({ idTagInfo: { status: 'Accepted' } })
      expect(await session(central.db, 'CP-16')).toMatchObject({
        energy_wh: 8000,
        meter_start_wh: 1000,
        meter_stop_wh: 9000,
        power_w: 0,
        soc_percent: 42,
        stop_reason: 'Local',
      })
      await station.call('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError' })
      expect(await evse(central.db, 'CP-16')).toMatchObject({ vehicle_id: null, plugged_in: false, power_w: 0 })
    })

    test.for([
      ['ocpp2.0.1', 'CP-201'],
      ['ocpp2.1', 'CP-21'],
    ] as const)('OCPP %s: boot, plug in, charge, follow a profile, stop', async ([protocol, stationId]) => {
      const station = await connect(stationId, protocol)
      expect(station.ws.protocol).toBe(protocol)
      expect(await station.call('BootNotification', bootRequest(protocol))).toMatchObject({ status: 'Accepted' })
      const minute = minutes()
      await station.call('StatusNotification', {
        timestamp: minute(-10),
        connectorStatus: 'Occupied',
        evseId: 1,
        connectorId: 1,
      })
      const idToken = { idToken: 'BUS-2', type: 'ISO14443' }
      expect(await station.call('Authorize', { idToken })).toEqual({ idTokenInfo: { status: 'Accepted' } })
      const transaction = { transactionId: `tx-${stationId}` }
      const evseOf = { id: 1, connectorId: 1 }
      const started = {
        eventType: 'Started',
        timestamp: minute(-9),
        triggerReason: 'Authorized',
        seqNo: 0,
        transactionInfo: { ...transaction, chargingState: 'EVConnected' },
        evse: evseOf,
        idToken,
        meterValue: [
          {
            timestamp: minute(-9),
            sampledValue: [{ value: 5, context: 'Transaction.Begin', unitOfMeasure: { unit: 'kWh' } }],
          },
        ],
      }
      const answer = await station.call('TransactionEvent', started)
      expect(answer).toEqual({ idTokenInfo: { status: 'Accepted' } })
      expect(await station.call('TransactionEvent', started)).toEqual(answer)
      await station.call('TransactionEvent', {
        eventType: 'Updated',
        timestamp: minute(-5),
        triggerReason: 'MeterValuePeriodic',
        seqNo: 1,
        transactionInfo: { ...transaction, chargingState: 'Charging' },
        evse: evseOf,
        meterValue: [
          {
            timestamp: minute(-5),
            sampledValue: [
              { value: 6500, measurand: 'Energy.Active.Import.Register' },
              { value: 80, measurand: 'Power.Active.Import', unitOfMeasure: { unit: 'W', multiplier: 3 } },
              { value: 55.5, measurand: 'SoC', location: 'EV' },
            ],
          },
        ],
      })
      expect(await session(central.db, stationId)).toMatchObject({
        transaction_id: transaction.transactionId,
        vehicle_id: 'bus-2',
        energy_wh: 1500,
        soc_percent: 55.5,
        power_w: 80_000,
        charging_state: 'Charging',
      })
      expect(await evse(central.db, stationId)).toMatchObject({
        vehicle_id: 'bus-2',
        plugged_in: true,
        power_w: 80_000,
      })

      station.onCall('SetChargingProfile', () => ({ status: 'Rejected', statusInfo: { reasonCode: 'Test' } }))
      expect(await central.command(stationId, profileCommand(transaction.transactionId))).toMatchObject({
        outcome: 'answered',
        accepted: false,
        status: 'Rejected',
      })
      await station.call('TransactionEvent', {
        eventType: 'Ended',
        timestamp: minute(-1),
        triggerReason: 'EVDeparted',
        seqNo: 2,
        transactionInfo: { ...transaction, chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
        meterValue: [{ timestamp: minute(-1), sampledValue: [{ value: 9000, context: 'Transaction.End' }] }],
      })
      expect(await session(central.db, stationId)).toMatchObject({
        energy_wh: 4000,
        meter_start_wh: 5000,
        meter_stop_wh: 9000,
        stop_reason: 'EVDisconnected',
        power_w: 0,
      })
      const count = await central.db
        .selectFrom('charging_session')
        .where('station_id', '=', stationId)
        .selectAll()
        .execute()
      expect(count).toHaveLength(1)
    })

    test('errors are told in the words of the version, and the conversation goes on', async () => {
      const station = await connect('CP-16', 'ocpp1.6')
      expect(await station.ask('Nonsense', {})).toMatchObject({ error: 'NotImplemented' })
      expect(await station.ask('Authorize', {})).toMatchObject({ error: 'OccurenceConstraintViolation' })
      station.sendRaw('this is not OCPP')
      expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
    })

    test('a newer connection of the same station takes the place of the older one', async () => {
      const older = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-OLD', protocol: 'ocpp1.6' })
      await older.call('BootNotification', bootRequest('ocpp1.6'))
      const newer = await connect('CP-OLD', 'ocpp1.6')
      await older.closed
      await newer.call('Heartbeat', {})
      newer.onCall('Reset', () => ({ status: 'Accepted' }))
      expect(await central.command('CP-OLD', { type: 'reset', kind: 'soft' })).toMatchObject({ status: 'Accepted' })
      const station = await central.db
        .selectFrom('station')
        .select('connected')
        .where('id', '=', 'CP-OLD')
        .executeTakeFirstOrThrow()
      expect(station.connected).toBe(true)
    })

    test('every frame of the conversation is in the message log', async () => {
      const station = await connect('CP-201', 'ocpp2.0.1')
      await station.call('Heartbeat', {}, 'the-heartbeat')
      const rows = await central.db
        .selectFrom('message_log')
        .select(['direction', 'message_type', 'action', 'station_id'])
        .where('message_id', '=', 'the-heartbeat')
        .orderBy('id')
        .execute()
      expect(rows).toEqual([
        { direction: 'in', message_type: 2, action: 'Heartbeat', station_id: 'CP-201' },
        { direction: 'out', message_type: 3, action: 'Heartbeat', station_id: 'CP-201' },
      ])
    })
  })
}

/** Instants relative to now, as a station writes them. */
function minutes(): (offset: number) => string {
  const now = Date.now()
  return (offset) => new Date(now + offset * 60_000).toISOString()
}

function profileCommand(transactionId: string): Command {
  return {
    type: 'setChargingProfile',
    evseId: 1,
    profile: {
      id: 7,
      stackLevel: 2,
      purpose: 'tx',
      kind: 'absolute',
      transactionId,
      schedule: {
        rateUnit: 'W',
        startAt: new Date('2026-11-23T20:00:00Z'),
        durationSeconds: 3600,
        periods: [
          { startSeconds: 0, limit: 60_000.55 },
          { startSeconds: 900, limit: 0 },
        ],
      },
    },
  }
}

function session(db: Db, stationId: string) {
  return db
    .selectFrom('charging_session')
    .selectAll()
    .where('station_id', '=', stationId)
    .orderBy('number', 'desc')
    .executeTakeFirstOrThrow()
}

function evse(db: Db, stationId: string) {
  return db.selectFrom('evse').selectAll().where('station_id', '=', stationId).executeTakeFirstOrThrow()
}

function vehicle(db: Db, id: string) {
  return db.selectFrom('vehicle').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
