import { expect, test } from 'vitest'
import { chargingReason, type PlannedNow, type PlugNow } from './charging-reason.ts'
import type { PlannedStay } from './plan-view.ts'

const NOW = new Date('2026-11-23T20:05:00Z')
const START = new Date('2026-11-23T20:00:00Z')

const plug: PlugNow = {
  outOfOrderReason: null,
  operative: true,
  fault: null,
  connected: true,
  disconnectedAt: null,
  session: { authorization: 'accepted' },
  refusedProfile: null,
  powerW: 0,
  powerAt: NOW,
}
const stay: PlannedStay = {
  stationId: 'CP1',
  evseId: 1,
  arriveAt: START,
  departAt: new Date('2026-11-24T03:40:00Z'),
  leavesFor: { blockId: '101', date: '2026-11-24' },
  needSocPercent: 85,
  arriveSocPercent: 50,
  departSocPercent: 85,
  readyAt: null,
  shortWh: 0,
  shortCause: null,
  shortRemedy: null,
  shortReason: null,
  assumptions: [],
  assumed: [],
  wish: null,
  firstSlot: 0,
  powerW: [0, 0, 40_000, 40_000],
}
const waits = { kind: 'waits', vehicleId: 'bus-1', visit: 0, untilAt: '2026-11-23T20:30:00.000Z' } as const
function planned(changes: Partial<PlannedStay> = {}, facts: PlannedNow['plan']['facts'] = []): PlannedNow {
  return { vehicleId: 'bus-1', stays: [{ ...stay, ...changes }], plan: { startAt: START, slotMinutes: 15, facts } }
}
const untilAt = new Date('2026-11-23T20:30:00Z')

test('a bus that draws power charges, whatever the plan says', () => {
  expect(chargingReason({ ...plug, powerW: 40_000 }, null, 60, NOW)).toEqual({ kind: 'charging', powerW: 40_000 })
})

test('a reading that is old does not make it charge', () => {
  const powerAt = new Date(NOW.getTime() - 6 * 60_000)
  expect(chargingReason({ ...plug, powerW: 40_000, powerAt }, planned(), 60, NOW).kind).toBe('waits')
})

test('what hinders the charger comes before the plan, the nearest hindrance first', () => {
  const reason = (changes: Partial<PlugNow>) => chargingReason({ ...plug, ...changes }, planned(), 60, NOW)
  expect(reason({ outOfOrderReason: 'torn', connected: false })).toEqual({ kind: 'outOfOrder', reason: 'torn' })
  expect(reason({ operative: false }).kind).toBe('switchedOff')
  expect(reason({ connected: false, disconnectedAt: START })).toEqual({ kind: 'stationOffline', since: START })
  expect(reason({ fault: { errorCode: 'GroundFailure' } })).toEqual({ kind: 'faulted', errorCode: 'GroundFailure' })
  expect(reason({ session: null }).kind).toBe('noSession')
  expect(reason({ session: { authorization: 'blocked' } })).toEqual({ kind: 'notAuthorised', authorization: 'blocked' })
  expect(reason({ refusedProfile: 'Rejected' })).toEqual({ kind: 'profileRefused', outcome: 'Rejected' })
})

test('a bus that waits says until when and what for', () => {
  const price = { ...waits, because: 'price', waitingMicroEurPerKwh: 300_000, chargingMicroEurPerKwh: 80_000 } as const
  expect(chargingReason(plug, planned({}, [price]), 50, NOW)).toEqual({
    kind: 'waitsForPrice',
    untilAt,
    waitingMicroEurPerKwh: 300_000,
    chargingMicroEurPerKwh: 80_000,
  })
  const room = { ...waits, because: 'room', nodeId: 'feeder-1' } as const
  expect(chargingReason(plug, planned({}, [room]), 50, NOW)).toEqual({
    kind: 'waitsForRoom',
    untilAt,
    nodeId: 'feeder-1',
  })
  expect(chargingReason(plug, planned({}, [{ ...waits, because: 'peak' }]), 50, NOW)).toEqual({
    kind: 'waitsForPeak',
    untilAt,
  })
  expect(chargingReason(plug, planned(), 50, NOW)).toEqual({ kind: 'waits', untilAt })
})

test('a bus with nothing more to come has what it needs, or no work', () => {
  const done = { powerW: [40_000, 0, 0] }
  const later = new Date('2026-11-23T20:20:00Z')
  const idle = { ...plug, powerAt: later }
  expect(chargingReason(idle, planned(done), 86, later)).toEqual({
    kind: 'hasNeed',
    socPercent: 86,
    needSocPercent: 85,
  })
  expect(chargingReason(idle, planned({ ...done, leavesFor: null }), 86, later).kind).toBe('noWork')
})

test('a bus whose turn it is and that draws nothing should charge', () => {
  expect(chargingReason(plug, planned({ powerW: [60_000] }), 50, NOW)).toEqual({
    kind: 'shouldCharge',
    plannedW: 60_000,
  })
})

test('without a plan, or without a stay in it, that is said', () => {
  expect(chargingReason(plug, null, 50, NOW).kind).toBe('noPlan')
  expect(chargingReason(plug, { ...planned(), stays: [] }, 50, NOW).kind).toBe('notPlanned')
})
