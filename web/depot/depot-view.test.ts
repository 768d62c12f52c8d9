import { expect, test } from 'vitest'
import type { Alert, Site, Station, Vehicle } from '../parts/api-types.ts'
import { createSiteVehicles } from '../parts/site-vehicles.ts'
import { createDepotView } from './depot-view.ts'
import { judge } from './verdict.ts'

const NOW = Date.parse('2026-11-23T19:42:00Z')
const later = new Date(NOW + 3_600_000).toISOString()

const site = {
  siteId: 'depot',
  bays: [
    { bayId: 'bay-2', label: '2', row: 0, column: 1, stationId: 'CP-1', evseId: 2 },
    { bayId: 'bay-1', label: '1', row: 0, column: 0, stationId: 'CP-1', evseId: 1 },
  ],
} as unknown as Site

const station = (id: string, change: object = {}): Station =>
  ({
    stationId: id,
    siteId: 'depot',
    label: id,
    registration: 'accepted',
    connected: true,
    evses: [1, 2].map((evseId) => ({ evseId, pluggedIn: false, connectors: [] })),
    ...change,
  }) as unknown as Station

const bus = (n: number, change: Partial<Vehicle> = {}): Vehicle =>
  ({
    vehicleId: `bus-${n}`,
    label: `Bus ${n}`,
    siteId: 'depot',
    bayId: null,
    inService: true,
    socPercent: null,
    socAt: null,
    stationId: null,
    evseId: null,
    powerW: null,
    state: 'parked',
    block: null,
    next: { pullOutAt: later, needSocPercent: 80, plannedSocPercent: 85, readyAt: null },
    ...change,
  }) as unknown as Vehicle

function depotOf(vehicles: Vehicle[], stations: Station[] = [station('CP-1')], alerts: Alert[] = []) {
  const lists = {
    vehicles: new Map(vehicles.map((one) => [one.vehicleId, one])),
    stations: new Map(stations.map((one) => [one.stationId, one])),
    alerts: new Map(alerts.map((one) => [one.alertId, one])),
  }
  return createDepotView()(site, null, lists, createSiteVehicles()(site, null, lists, NOW), NOW)
}

test('bays stand as they lie, each with the vehicle that is plugged in there', () => {
  const depot = depotOf([bus(1, { bayId: 'bay-1', stationId: 'CP-1', evseId: 2, state: 'pluggedIn' })])
  expect(depot.bays.map((bay) => [bay.label, bay.occupant?.label, bay.home?.label])).toEqual([
    ['1', undefined, 'Bus 1'],
    ['2', 'Bus 1', undefined],
  ])
  expect(depot.withoutBay).toEqual([])
})

test('a vehicle without a bay is shown all the same, and a guest drives nobody out of the picture', () => {
  const depot = depotOf([
    bus(2, { bayId: 'bay-1', state: 'parked' }),
    bus(10, { stationId: 'CP-1', evseId: 1, state: 'charging' }),
    bus(3),
  ])
  expect(depot.bays[0]?.occupant?.label).toBe('Bus 10')
  expect(depot.withoutBay.map((view) => view.label)).toEqual(['Bus 2', 'Bus 3'])
})

test('outlets without a bay and a plug that nobody knows are shown', () => {
  const stranger = station('CP-1', { evses: [{ evseId: 1, pluggedIn: true, connectors: [] }] })
  const depot = depotOf([], [stranger, station('CP-9')])
  expect(depot.bays.map((bay) => bay.stranger)).toEqual([true, false])
  expect(depot.loosePoints.map((point) => point.label)).toEqual(['CP-9 · 1', 'CP-9 · 2'])
})

test('a station that waits for approval is on the page wherever it belongs', () => {
  const pending = station('NEW', { siteId: null, registration: 'pending', evses: [] })
  expect(depotOf([], [pending]).pending.map((one) => one.stationId)).toEqual(['NEW'])
})

test('alerts that call for action come first, and those put off stand aside', () => {
  const alert = (alertId: number, severity: string, snoozedUntil: string | null): Alert =>
    ({ alertId, severity, snoozedUntil, raisedAt: later, vehicleId: null }) as unknown as Alert
  const depot = depotOf([], [], [alert(1, 'look', null), alert(2, 'act', null), alert(3, 'act', later)])
  expect([depot.alerts.map((one) => one.alertId), depot.snoozed.map((one) => one.alertId)]).toEqual([[2, 1], [3]])
})

test('the verdict counts those with a pull-out ahead, and names the first to leave', () => {
  const first = { ...bus(2).next, pullOutAt: new Date(NOW + 60_000).toISOString() } as Vehicle['next']
  const missed = { ...bus(3).next, plannedSocPercent: 60 } as Vehicle['next']
  const { vehicles } = depotOf([bus(1), bus(2, { next: first }), bus(3, { next: missed }), bus(4, { next: null })])
  expect(judge(vehicles, true)).toMatchObject({ tone: 'act', total: 3, made: 2, missed: 1, next: { label: 'Bus 2' } })
})

test('what has not changed stays the same object, so that it is not drawn anew', () => {
  const lists = {
    vehicles: new Map([1, 2].map((n) => [`bus-${n}`, bus(n, { bayId: `bay-${n}` })])),
    stations: new Map([['CP-1', station('CP-1')]]),
    alerts: new Map<number, Alert>(),
  }
  const viewVehicles = createSiteVehicles()
  const viewDepot = createDepotView()
  const look = (now: number) => viewDepot(site, null, lists, viewVehicles(site, null, lists, now), now)
  const before = look(NOW)
  const aSecondLater = look(NOW + 1000)
  expect(aSecondLater.bays.every((bay, i) => bay === before.bays[i])).toBe(true)
  lists.vehicles = new Map(lists.vehicles).set('bus-2', bus(2, { bayId: 'bay-2', socPercent: 50 }))
  const changed = look(NOW + 2000)
  expect(changed.bays.map((bay, i) => bay === before.bays[i])).toEqual([true, false])
  expect(changed.vehicles[0]).toBe(before.vehicles[0])
})
