import { expect, test } from 'vitest'
import type { Alert, Station, Vehicle } from '../parts/api-types.ts'
import { viewVehicle } from './vehicle-view.ts'

const NOW = Date.parse('2026-11-23T19:42:00Z')
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString()

function vehicle(change: Partial<Vehicle> = {}): Vehicle {
  return {
    vehicleId: 'bus-5',
    label: 'Bus 5',
    siteId: 'depot',
    typeId: 'midi',
    typeLabel: 'Midi',
    batteryCapacityWh: 140_000,
    stateOfHealthPercent: null,
    bayId: 'bay-5',
    inService: true,
    socPercent: 72,
    socAt: at(-1),
    socSource: 'ocpp',
    socOld: false,
    estimate: { socPercent: 72, lowPercent: 71, highPercent: 73, basis: 'measured' },
    range: {
      metres: 80_000,
      lowMetres: 70_000,
      blockRemainingMetres: null,
      marginPercent: null,
      lowMarginPercent: null,
    },
    telemetry: null,
    delaySeconds: null,
    stationId: 'CP-3',
    evseId: 1,
    sessionNumber: 7,
    charging: null,
    powerW: 30_000,
    state: 'charging',
    block: null,
    next: {
      blockId: '12-5',
      date: '2026-11-24',
      pullOutAt: at(480),
      pullInAt: at(1200),
      routes: ['12'],
      distanceM: 168_000,
      needSocPercent: 85,
      plannedSocPercent: 86,
      readyAt: at(300),
      shortWh: 0,
    },
    ...change,
  }
}

const around = {
  now: NOW,
  station: undefined,
  evse: undefined,
  visits: [],
  planStart: NOW,
  slotMs: 900_000,
  alerts: [],
}

const alert = (kind: string, severity: Alert['severity']): Alert => ({
  alertId: 1,
  siteId: 'depot',
  kind,
  severity,
  stationId: null,
  vehicleId: 'bus-5',
  sentence: '',
  cause: '',
  remedy: '',
  parameters: {},
  actions: [],
  raisedAt: at(-5),
  clearedAt: null,
  snoozedUntil: null,
})

test('a reading of the last quarter of an hour is current, an older one is old, and none is unknown', () => {
  expect(viewVehicle(vehicle({ socAt: at(-14) }), around).soc.kind).toBe('current')
  expect(viewVehicle(vehicle({ socAt: at(-16) }), around).soc.kind).toBe('old')
  expect(viewVehicle(vehicle({ socPercent: null }), around).soc).toEqual({ kind: 'unknown' })
})

test('what was driven or charged since an old reading makes it an estimate, with the age of the reading; never a reading', () => {
  const estimate = { socPercent: 57.4, lowPercent: 52, highPercent: 63, basis: 'driven' } as const
  expect(viewVehicle(vehicle({ socAt: at(-40), estimate }), around).soc).toEqual({
    kind: 'estimated',
    percent: 57.4,
    lowPercent: 52,
    highPercent: 63,
    at: NOW - 40 * 60_000,
  })
  expect(viewVehicle(vehicle({ socAt: at(-5), estimate }), around).soc).toMatchObject({ kind: 'current', percent: 72 })
  expect(viewVehicle(vehicle({ socAt: at(-40) }), around).soc).toMatchObject({ kind: 'old', percent: 72 })
  expect(viewVehicle(vehicle({ socAt: null, socPercent: null, estimate }), around).soc).toEqual({ kind: 'unknown' })
})

test('a bus whose plan reaches the need makes its pull-out, with the time between ready and out to spare', () => {
  const view = viewVehicle(vehicle(), around)
  expect([view.pullOut, view.marginMinutes, view.tone]).toEqual(['made', 180, 'go'])
})

test('a bus that was ready hours ago has only the time from now to spare', () => {
  const next = { ...vehicle().next, readyAt: at(-120), pullOutAt: at(20) } as Vehicle['next']
  const view = viewVehicle(vehicle({ next }), around)
  expect([view.marginMinutes, view.tone]).toEqual([20, 'look'])
})

test('a plan that stays below the need misses the pull-out', () => {
  const next = { ...vehicle().next, plannedSocPercent: 72, readyAt: null, shortWh: 18_000 } as Vehicle['next']
  const view = viewVehicle(vehicle({ next }), around)
  expect([view.pullOut, view.marginMinutes, view.tone]).toEqual(['missed', null, 'act'])
})

test('an unplugged bus misses its pull-out although the plan still counts on it', () => {
  const unplugged = vehicle({ state: 'parked', stationId: null, evseId: null })
  const view = viewVehicle(unplugged, { ...around, alerts: [alert('notPluggedIn', 'act')] })
  expect([view.pullOut, view.status.kind]).toEqual(['missed', 'notPluggedIn'])
})

test('without a plan nothing is promised', () => {
  const next = { ...vehicle().next, plannedSocPercent: null, readyAt: null, shortWh: null } as Vehicle['next']
  expect(viewVehicle(vehicle({ next }), around).pullOut).toBe('unknown')
})

test('a vehicle out of service has no pull-out to make', () => {
  const view = viewVehicle(vehicle({ inService: false }), around)
  expect([view.pullOut, view.status.kind]).toEqual(['none', 'outOfService'])
})

test('a plugged-in bus waits for the next slot in which the plan gives it power', () => {
  const visit = {
    wish: null,
    stationId: 'CP-3',
    evseId: 1,
    arriveAt: at(-60),
    departAt: at(480),
    needSocPercent: 85,
    arriveSocPercent: 72,
    departSocPercent: 86,
    readyAt: at(300),
    shortWh: 0,
    shortCause: null,
    shortRemedy: null,
    shortReason: null,
    assumed: [],
    assumptions: [],
    leavesFor: null,
    firstSlot: 0,
    powerW: [0, 0, 0, 0, 44_000],
  }
  const view = viewVehicle(vehicle({ state: 'pluggedIn', powerW: 0 }), { ...around, visits: [visit] })
  expect(view.status).toEqual({ kind: 'waits', from: NOW + 4 * 900_000 })
})

test('a bus at a charger that is not connected is shown so, not as charging', () => {
  const station = { connected: false, evses: [] } as unknown as Station
  expect(viewVehicle(vehicle(), { ...around, station }).status.kind).toBe('chargerOffline')
})

test('a late bus comes back by the timetable plus its delay', () => {
  const block = {
    blockId: '12-5',
    date: '2026-11-23',
    startAt: at(-600),
    endAt: at(40),
    routes: ['12'],
    expectedSocPercent: 31,
  }
  const view = viewVehicle(vehicle({ state: 'onTheLine', block, delaySeconds: 240 }), around)
  expect(view.status).toMatchObject({ kind: 'onTheLine', backAt: NOW + 44 * 60_000, arrivesWithPercent: 31 })
})

test('a bus that lacks charge and stands unplugged is worth a look, one that has enough is not', () => {
  const unplugged = { state: 'parked' as const, stationId: null, evseId: null }
  expect(viewVehicle(vehicle(unplugged), around).tone).toBe('look')
  expect(viewVehicle(vehicle({ ...unplugged, socPercent: 90 }), around).tone).toBe('quiet')
})
