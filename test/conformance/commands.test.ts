import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { noteDesiredOutcome, openDesiredStates, stateLost, wantState } from '../../db/desired-state.ts'
import type { ChargingProfile } from '../../domain/charging-profile.ts'
import type { Command, CommandOutcome } from '../../domain/command.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

let central: TestCentral
let old: Charger
let modern: Charger

beforeAll(async () => {
  central = await startCentral({ policy: 'known' })
  await enterDepot(central.db, { stationIds: ['CP-16', 'CP-201'] })
  const { wsUrl } = central
  old = await connectCharger({ wsUrl, stationId: 'CP-16', protocol: 'ocpp1.6' })
  modern = await connectCharger({ wsUrl, stationId: 'CP-201', protocol: 'ocpp2.0.1' })
  await old.call('BootNotification', bootRequest('ocpp1.6'))
  await modern.call('BootNotification', bootRequest('ocpp2.0.1'))
  await vi.waitFor(() => expect(old.calls.length + modern.calls.length).toBe(2), 10_000)
})
afterAll(async () => {
  await old.close()
  await modern.close()
  await central.stop()
})

const profile: ChargingProfile = {
  id: 9,
  stackLevel: 0,
  purpose: 'txDefault',
  kind: 'relative',
  schedule: { rateUnit: 'A', minChargingRate: 6.06, periods: [{ startSeconds: 0, limit: 15.99, phases: 3 }] },
}
const schedule = {
  chargingRateUnit: 'A',
  minChargingRate: 6,
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 15.9, numberPhases: 3 }],
}
const written = {
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
}

interface Case {
  command: Command
  of16: [action: string, payload: object, reply: object, status: string, accepted: boolean]
  of201: [action: string, payload: object, reply: object, status: string, accepted: boolean]
}

const cases: Case[] = [
  {
    command: { type: 'setChargingProfile', evseId: 1, profile },
    of16: [
      'SetChargingProfile',
      { connectorId: 1, csChargingProfiles: { chargingProfileId: 9, ...written, chargingSchedule: schedule } },
      { status: 'Accepted' },
      'Accepted',
      true,
    ],
    of201: [
      'SetChargingProfile',
      { evseId: 1, chargingProfile: { id: 9, ...written, chargingSchedule: [{ id: 9, ...schedule }] } },
      { status: 'Accepted' },
      'Accepted',
      true,
    ],
  },
  {
    command: {
      type: 'setChargingProfile',
      evseId: 0,
      profile: {
        ...profile,
        purpose: 'stationMax',
        kind: 'recurringDaily',
        schedule: {
          rateUnit: 'W',
          startAt: new Date('2026-11-23T00:00:00Z'),
          periods: [{ startSeconds: 0, limit: 1 }],
        },
      },
    },
    of16: [
      'SetChargingProfile',
      {
        connectorId: 0,
        csChargingProfiles: {
          chargingProfileId: 9,
          stackLevel: 0,
          chargingProfilePurpose: 'ChargePointMaxProfile',
          chargingProfileKind: 'Recurring',
          recurrencyKind: 'Daily',
          chargingSchedule: {
            chargingRateUnit: 'W',
            startSchedule: '2026-11-23T00:00:00.000Z',
            chargingSchedulePeriod: [{ startPeriod: 0, limit: 1 }],
          },
        },
      },
      { status: 'NotSupported' },
      'NotSupported',
      false,
    ],
    of201: [
      'SetChargingProfile',
      {
        evseId: 0,
        chargingProfile: {
          id: 9,
          stackLevel: 0,
          chargingProfilePurpose: 'ChargingStationMaxProfile',
          chargingProfileKind: 'Recurring',
          recurrencyKind: 'Daily',
          chargingSchedule: [
            {
              id: 9,
              chargingRateUnit: 'W',
              startSchedule: '2026-11-23T00:00:00.000Z',
              chargingSchedulePeriod: [{ startPeriod: 0, limit: 1 }],
            },
          ],
        },
      },
      { status: 'Rejected' },
      'Rejected',
      false,
    ],
  },
  {
    command: { type: 'clearChargingProfile', evseId: 1, purpose: 'tx', stackLevel: 2 },
    of16: [
      'ClearChargingProfile',
      { connectorId: 1, chargingProfilePurpose: 'TxProfile', stackLevel: 2 },
      { status: 'Unknown' },
      'Unknown',
      true,
    ],
    of201: [
      'ClearChargingProfile',
      { chargingProfileCriteria: { evseId: 1, chargingProfilePurpose: 'TxProfile', stackLevel: 2 } },
      { status: 'Accepted' },
      'Accepted',
      true,
    ],
  },
  {
    command: { type: 'clearChargingProfile', profileId: 9 },
    of16: ['ClearChargingProfile', { id: 9 }, { status: 'Accepted' }, 'Accepted', true],
    of201: ['ClearChargingProfile', { chargingProfileId: 9 }, { status: 'Unknown' }, 'Unknown', true],
  },
  {
    command: { type: 'getCompositeSchedule', evseId: 1, durationSeconds: 600, rateUnit: 'A' },
    of16: [
      'GetCompositeSchedule',
      { connectorId: 1, duration: 600, chargingRateUnit: 'A' },
      { status: 'Rejected' },
      'Rejected',
      false,
    ],
    of201: [
      'GetCompositeSchedule',
      { evseId: 1, duration: 600, chargingRateUnit: 'A' },
      { status: 'Rejected' },
      'Rejected',
      false,
    ],
  },
  {
    command: { type: 'remoteStop', transactionId: '17' },
    of16: ['RemoteStopTransaction', { transactionId: 17 }, { status: 'Accepted' }, 'Accepted', true],
    of201: ['RequestStopTransaction', { transactionId: '17' }, { status: 'Rejected' }, 'Rejected', false],
  },
  {
    command: { type: 'reset', kind: 'hard' },
    of16: ['Reset', { type: 'Hard' }, { status: 'Accepted' }, 'Accepted', true],
    of201: ['Reset', { type: 'Immediate' }, { status: 'Accepted' }, 'Accepted', true],
  },
  {
    command: { type: 'reset', kind: 'soft' },
    of16: ['Reset', { type: 'Soft' }, { status: 'Rejected' }, 'Rejected', false],
    of201: ['Reset', { type: 'OnIdle' }, { status: 'Scheduled' }, 'Scheduled', true],
  },
  {
    command: { type: 'unlockConnector', evseId: 1, connectorId: 1 },
    of16: ['UnlockConnector', { connectorId: 1 }, { status: 'Unlocked' }, 'Unlocked', true],
    of201: ['UnlockConnector', { evseId: 1, connectorId: 1 }, { status: 'UnlockFailed' }, 'UnlockFailed', false],
  },
  {
    command: { type: 'trigger', message: 'StatusNotification', evseId: 1 },
    of16: [
      'TriggerMessage',
      { requestedMessage: 'StatusNotification', connectorId: 1 },
      { status: 'Accepted' },
      'Accepted',
      true,
    ],
    of201: [
      'TriggerMessage',
      { requestedMessage: 'StatusNotification', evse: { id: 1, connectorId: 1 } },
      { status: 'NotImplemented' },
      'NotImplemented',
      false,
    ],
  },
  {
    command: { type: 'trigger', message: 'LogStatusNotification' },
    of16: [
      'ExtendedTriggerMessage',
      { requestedMessage: 'LogStatusNotification' },
      { status: 'Accepted' },
      'Accepted',
      true,
    ],
    of201: ['TriggerMessage', { requestedMessage: 'LogStatusNotification' }, { status: 'Accepted' }, 'Accepted', true],
  },
  {
    command: { type: 'changeAvailability', evseId: 1, operative: false },
    of16: ['ChangeAvailability', { connectorId: 1, type: 'Inoperative' }, { status: 'Scheduled' }, 'Scheduled', true],
    of201: [
      'ChangeAvailability',
      { operationalStatus: 'Inoperative', evse: { id: 1 } },
      { status: 'Accepted' },
      'Accepted',
      true,
    ],
  },
  {
    command: { type: 'getVariables', names: ['HeartbeatCtrlr.Interval'] },
    of16: [
      'GetConfiguration',
      { key: ['HeartbeatCtrlr.Interval'] },
      { unknownKey: ['HeartbeatCtrlr.Interval'] },
      'UnknownKey',
      false,
    ],
    of201: [
      'GetVariables',
      { getVariableData: [{ component: { name: 'HeartbeatCtrlr' }, variable: { name: 'Interval' } }] },
      {
        getVariableResult: [
          {
            attributeStatus: 'Accepted',
            attributeValue: '300',
            component: { name: 'HeartbeatCtrlr' },
            variable: { name: 'Interval' },
          },
        ],
      },
      'Accepted',
      true,
    ],
  },
  {
    command: { type: 'setVariables', values: [{ name: 'OCPPCommCtrlr.HeartbeatInterval', value: '60' }] },
    of16: [
      'ChangeConfiguration',
      { key: 'OCPPCommCtrlr.HeartbeatInterval', value: '60' },
      { status: 'NotSupported' },
      'NotSupported',
      false,
    ],
    of201: [
      'SetVariables',
      {
        setVariableData: [
          { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' }, attributeValue: '60' },
        ],
      },
      {
        setVariableResult: [
          {
            attributeStatus: 'RebootRequired',
            component: { name: 'OCPPCommCtrlr' },
            variable: { name: 'HeartbeatInterval' },
          },
        ],
      },
      'RebootRequired',
      true,
    ],
  },
  {
    command: { type: 'call', action: 'GetLocalListVersion', payload: {} },
    of16: ['GetLocalListVersion', {}, { listVersion: 3 }, 'Accepted', true],
    of201: ['GetLocalListVersion', {}, { versionNumber: 3 }, 'Accepted', true],
  },
]

async function expectSent(
  station: Charger,
  stationId: string,
  command: Command,
  [action, payload, reply, status, accepted]: Case['of16'],
) {
  station.calls.length = 0
  station.onCall(action, () => reply)
  expect(await central.gateway.send(stationId, command)).toMatchObject({
    outcome: 'answered',
    status,
    accepted,
    response: reply,
  })
  expect(station.calls).toEqual([{ action, payload }])
}

test.each(cases)('$command.type is written in the words of 1.6, and its answer read', ({ command, of16 }) =>
  expectSent(old, 'CP-16', command, of16),
)

test.each(cases)('$command.type is written in the words of 2.0.1, and its answer read', ({ command, of201 }) =>
  expectSent(modern, 'CP-201', command, of201),
)

test('a remote start names the token, the EVSE and the profile', async () => {
  const command: Command = { type: 'remoteStart', evseId: 1, idToken: 'BUS-1', profile: { ...profile, purpose: 'tx' } }
  old.onCall('RemoteStartTransaction', () => ({ status: 'Accepted' }))
  modern.onCall('RequestStartTransaction', () => ({ status: 'Accepted', transactionId: 'x' }))
  expect(await central.gateway.send('CP-16', command)).toMatchObject({ accepted: true })
  expect(await central.gateway.send('CP-201', command)).toMatchObject({ accepted: true })
  expect(old.calls.at(-1)?.payload).toMatchObject({
    connectorId: 1,
    idTag: 'BUS-1',
    chargingProfile: { chargingProfileId: 9 },
  })
  expect(modern.calls.at(-1)?.payload).toMatchObject({
    evseId: 1,
    remoteStartId: expect.any(Number),
    idToken: { idToken: 'BUS-1', type: 'Central' },
    chargingProfile: { id: 9 },
  })
})

test('several 1.6 settings are changed one by one, and the first refusal is the status', async () => {
  old.calls.length = 0
  old.onCall('ChangeConfiguration', (payload) => ({ status: payload['key'] === 'B' ? 'Rejected' : 'Accepted' }))
  const values = ['A', 'B', 'C'].map((name) => ({ name, value: '1' }))
  expect(await central.gateway.send('CP-16', { type: 'setVariables', values })).toMatchObject({
    accepted: false,
    status: 'Rejected',
  })
  expect(old.calls).toHaveLength(3)
})

test('what does not fit the version or its schema is not sent', async () => {
  old.calls.length = 0
  modern.calls.length = 0
  const wrong: [string, Command][] = [
    ['CP-16', { type: 'reset', kind: 'soft', evseId: 1 }],
    ['CP-16', { type: 'trigger', message: 'TransactionEvent' }],
    ['CP-16', { type: 'remoteStart', idToken: 'x'.repeat(40) }],
    ['CP-16', { type: 'setChargingProfile', evseId: 1, profile: { ...profile, transactionId: 'not a number' } }],
    [
      'CP-16',
      { type: 'setChargingProfile', evseId: 1, profile: { ...profile, schedule: { rateUnit: 'A', periods: [] } } },
    ],
    ['CP-16', { type: 'call', action: 'RequestStartTransaction', payload: {} }],
    ['CP-16', { type: 'call', action: 'Reset', payload: { type: 'Gentle' } }],
    ['CP-201', { type: 'getVariables', names: [] }],
    ['CP-201', { type: 'getVariables', names: ['nonsense'] }],
    ['CP-201', { type: 'setVariables', values: [] }],
    ['CP-201', { type: 'remoteStart', idToken: 'x', idTokenType: 'Nonsense' }],
  ]
  for (const [stationId, command] of wrong) {
    expect(await central.gateway.send(stationId, command)).toEqual({
      outcome: 'unsendable',
      reason: expect.any(String),
      sentence: { code: expect.any(String), values: expect.any(Object) },
    })
  }
  expect([...old.calls, ...modern.calls]).toEqual([])
})

test('an answer that breaks its schema is passed on as it is', async () => {
  old.onCall('Reset', () => ({ status: 'Perhaps' }))
  expect(await central.gateway.send('CP-16', { type: 'reset', kind: 'hard' })).toMatchObject({
    outcome: 'answered',
    accepted: false,
  })
})

test('an accepted change of availability is remembered', async () => {
  const row = await central.db
    .selectFrom('evse')
    .select('operative')
    .where('station_id', '=', 'CP-16')
    .executeTakeFirstOrThrow()
  expect(row.operative).toBe(false)
})

test('a station that is not connected is offline', async () => {
  expect(await central.gateway.send('CP-NOWHERE', { type: 'reset', kind: 'soft' })).toEqual({ outcome: 'offline' })
})

test('what is wanted is open until that version is confirmed, retried later after a refusal, and open again when it is lost', async () => {
  const { db } = central
  const at = new Date('2026-11-23T20:00:00Z')
  const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
  const wanted: Command = { type: 'setChargingProfile', evseId: 1, profile: { ...profile, validTo: later(3600) } }
  const want = () => wantState(db, { stationId: 'CP-16', item: 'tx:1', wanted, at })
  const open = async (seconds: number) =>
    (await openDesiredStates(db, later(seconds))).map((one) => [one.item, one.version, one.attempts])
  await want()
  await want()
  expect(await open(0)).toEqual([['tx:1', 1, 0]])
  expect((await openDesiredStates(db, at))[0]?.wanted).toEqual(wanted)

  const note = (version: number, outcome: CommandOutcome, seconds: number) =>
    noteDesiredOutcome(db, { stationId: 'CP-16', item: 'tx:1', version, outcome, at: later(seconds) })
  const answer = (accepted: boolean): CommandOutcome => ({
    outcome: 'answered',
    accepted,
    status: accepted ? 'Accepted' : 'Rejected',
    response: {},
  })
  await note(1, { outcome: 'offline' }, 0)
  expect(await open(0)).toEqual([['tx:1', 1, 0]])
  await note(1, answer(false), 0)
  expect(await open(4)).toEqual([])
  expect(await open(5)).toEqual([['tx:1', 1, 1]])
  await note(1, { outcome: 'timeout' }, 5)
  expect(await open(14)).toEqual([])
  expect(await open(15)).toEqual([['tx:1', 1, 2]])

  await wantState(db, { stationId: 'CP-16', item: 'tx:1', wanted: { ...wanted, evseId: 2 }, at })
  await note(1, answer(true), 16)
  expect(await open(16)).toEqual([['tx:1', 2, 0]])
  await note(2, answer(true), 17)
  expect(await open(9999)).toEqual([])
  await stateLost(db, 'CP-16')
  expect(await open(9999)).toEqual([['tx:1', 2, 0]])
})
