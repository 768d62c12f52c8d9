import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Block } from '../domain/block.ts'
import { fleetFile } from '../domain/fleet-file.ts'
import { fleetOfFile } from '../domain/fleet-of-file.ts'
import type { Fleet } from '../domain/fleet.ts'
import { buildInstance, type BuildInstanceInput } from './build-instance.ts'
import { planInstance } from './plan/instance.ts'
import { assignBlocks } from './timetable/assign-blocks.ts'
import { rangeM } from '../domain/energy/block-need.ts'

const file = fleetFile.parse({
  sites: [
    {
      id: 'depot',
      name: 'Depot',
      timeZone: 'Europe/Sofia',
      latitude: 42,
      longitude: 23,
      nodes: [{ id: 'site', parentId: null, limitKw: 100, baseLoadKw: 10 }],
      stations: [
        {
          id: 'CP-1',
          nodeId: 'site',
          evses: [
            { evseId: 1, maxPowerKw: 60 },
            { evseId: 2, maxPowerKw: 60 },
          ],
        },
      ],
      bays: [
        { id: 'b1', stationId: 'CP-1', evseId: 1 },
        { id: 'b2', stationId: 'CP-1', evseId: 2 },
      ],
      tariff: { networkEurPerKwh: 0.03, peakEurPerKw: 5 },
    },
  ],
  vehicleTypes: [
    {
      id: 'midi',
      batteryCapacityKwh: 100,
      maxPowerKw: 60,
      taper: [
        [0, 60],
        [80, 60],
        [100, 10],
      ],
      consumptionKwhPerKm: [
        [0, 1],
        [20, 0.8],
      ],
    },
  ],
  vehicles: [
    { id: 'bus-1', siteId: 'depot', typeId: 'midi', bayId: 'b1' },
    { id: 'bus-2', siteId: 'depot', typeId: 'midi', bayId: 'b2' },
  ],
})

function block(blockId: string, vehicleId: string, start: string, end: string, distanceM = 50_000): Block {
  const startAt = new Date(start)
  const endAt = new Date(end)
  return {
    blockId,
    date: start.slice(0, 10),
    vehicleId,
    assignedBy: 'timetable',
    startAt,
    endAt,
    distanceM,
    routes: ['12'],
    trips: [
      {
        tripId: `${blockId}-1`,
        kind: 'revenue',
        route: '12',
        headsign: null,
        startAt,
        endAt,
        distanceM,
        startStopId: null,
        endStopId: null,
      },
    ],
  }
}

/** The same list with what `change` says of each item. */
function changed<T extends object>(items: readonly T[], change: (item: T) => Partial<T>): T[] {
  return items.map((item) => Object.assign({}, item, change(item)))
}

const now = new Date('2026-11-23T16:07:00Z')
const today = block('A', 'bus-1', '2026-11-23T04:00:00Z', '2026-11-23T18:00:00Z')
const tomorrow = block('A', 'bus-1', '2026-11-24T04:00:00Z', '2026-11-24T18:00:00Z')

function build(changes: Partial<BuildInstanceInput> = {}, fleet: Fleet = fleetOfFile(file)) {
  const built = buildInstance({
    ...fleet,
    blocks: [today, tomorrow],
    now,
    horizonSlots: 144,
    prices: Array<number>(144).fill(0.1),
    temperatureC: 0,
    ...changes,
  })
  expect(planInstance.safeParse(built.instance).error?.issues).toBeUndefined()
  const visits = (id: string) => built.instance.vehicles.find((vehicle) => vehicle.id === id)?.visits ?? []
  return { ...built, visits, kinds: built.context.assumed.map((one) => `${one.kind} ${one.vehicleId}`) }
}

test('a vehicle on the line comes home with what its reading and the rest of its block leave it, and leaves with what the next block needs', () => {
  const fleet = fleetOfFile(file)
  const vehicles = changed(fleet.vehicles, (vehicle) =>
    vehicle.vehicleId === 'bus-1' ? { socPercent: 60, socAt: new Date('2026-11-23T11:00:00Z') } : {},
  )
  const { instance, visits, context } = build({ vehicles, peakSoFarW: 42_000 })
  expect(instance).toMatchObject({ start: '2026-11-23T16:00:00.000Z', peak: { eurPerKw: 5, soFarKw: 42 }, slots: 144 })
  // 50 km in 14 hours; 5 h 7 min since the reading, 1 h 53 min to go.
  expect(instance.vehicles[0]?.energyKwh).toBeCloseTo(60 - (50 * 307) / 840, 2)
  expect(visits('bus-1')).toEqual([
    {
      arrive: '2026-11-23T18:00:00.000Z',
      depart: '2026-11-24T04:00:00.000Z',
      point: 'CP-1/1',
      usedBeforeKwh: expect.closeTo((50 * 113) / 840, 2),
      needSoc: 0.7,
    },
    expect.objectContaining({ arrive: '2026-11-24T18:00:00.000Z', usedBeforeKwh: 50, needSoc: 0.2 }),
  ])
  expect(context.visits[0]).toMatchObject({
    vehicleId: 'bus-1',
    visit: 0,
    stationId: 'CP-1',
    evseId: 1,
    leavesFor: { blockId: 'A', date: '2026-11-24' },
  })
})

test('what is not known is assumed and said, for the vehicle that it concerns', () => {
  const { kinds, context } = build()
  expect(kinds).toEqual(['socUnknown bus-1', 'socUnknown bus-2', 'noWorkKnown bus-2'])
  expect(context.visits.find((visit) => visit.vehicleId === 'bus-2')?.assumptions).toEqual([
    'no work is known for it, so it only needs its reserve',
    'state of charge not measured, taken as 20 %',
  ])
})

test('a late vehicle arrives later with more of its block before it', () => {
  const fleet = fleetOfFile(file)
  const late = { ...fleet, vehicles: changed(fleet.vehicles, () => ({ delaySeconds: 3600, delayAt: now })) }
  const { visits, kinds } = build({}, late)
  expect(visits('bus-1')[0]).toMatchObject({
    arrive: '2026-11-23T19:00:00.000Z',
    usedBeforeKwh: expect.closeTo((50 * 173) / 840, 2),
  })
  expect(kinds).toContain('late bus-1')
})

test('a vehicle at another plug charges there; its own plug is for whoever comes', () => {
  const fleet = fleetOfFile(file)
  const evses = changed(fleet.evses, (evse) =>
    evse.evseId === 2 ? { pluggedIn: true, vehicleId: 'bus-1' } : { pluggedIn: false },
  )
  const { visits } = build({ evses, blocks: [tomorrow] })
  expect(visits('bus-1')[0]).toMatchObject({ arrive: '2026-11-23T16:07:00.000Z', point: 'CP-1/2' })
  expect(visits('bus-2')[0]?.point).toBe('CP-1/1')
})

test('an unknown vehicle at the plug of one that has no work is taken to be that one', () => {
  const fleet = fleetOfFile(file)
  const evses = changed(fleet.evses, (evse) => ({ pluggedIn: evse.evseId === 2 }))
  const { kinds, visits } = build({ evses })
  expect(kinds).toContain('atItsPlug bus-2')
  expect(visits('bus-2')[0]?.arrive).toBe('2026-11-23T16:07:00.000Z')
})

test('two vehicles of one plug never have overlapping visits there', () => {
  const fleet = fleetOfFile(file)
  const one = fleet.evses.slice(0, 1)
  const other = block('B', 'bus-2', '2026-11-24T05:00:00Z', '2026-11-24T17:00:00Z')
  const { instance, kinds, context } = build({ evses: one, blocks: [tomorrow, other] })
  const spans = instance.vehicles
    .flatMap((vehicle) => vehicle.visits.map((visit) => [Date.parse(visit.arrive), Date.parse(visit.depart)] as const))
    .sort((a, b) => a[0] - b[0])
  for (const [i, span] of spans.entries()) if (i > 0) expect(span[0]).toBeGreaterThanOrEqual(spans[i - 1]?.[1] ?? 0)
  expect(kinds.filter((kind) => kind.startsWith('sharedPoint')).length).toBeGreaterThan(0)
  expect(context.unplanned).toEqual([])
})

test('a broken plug offers nothing, and a vehicle that stands at it keeps its need', () => {
  const fleet = fleetOfFile(file)
  const evses = changed(fleet.evses, (evse) =>
    evse.evseId === 1 ? { usable: false, pluggedIn: true, vehicleId: 'bus-1' } : {},
  )
  const { instance, visits, context } = build({ evses, blocks: [tomorrow] })
  expect(instance.points[0]?.maxKw).toBe(0)
  expect(context.unplanned).toEqual([])
  expect(visits('bus-1')[0]).toMatchObject({ point: 'CP-1/1' })
  expect(visits('bus-1')[0]?.needSoc).toBeGreaterThan(0)
  expect(context.visits[0]?.assumptions).toContain('it stands at CP-1/1, which is out of order')
})

test('work that no full battery can do is asked of a full battery, with a note', () => {
  const { visits, context } = build({ blocks: [{ ...tomorrow, distanceM: 120_000 }] })
  expect(visits('bus-1')[0]?.needSoc).toBe(1)
  expect(context.assumed.find((one) => one.kind === 'needExceedsBattery')?.sentence).toContain('cannot come home')
})

test('without a known temperature the worst consumption counts, and it is said', () => {
  const { temperatureC: _, ...unknown } = { temperatureC: 0 }
  const fleet = fleetOfFile(file)
  const built = buildInstance({ ...fleet, ...unknown, blocks: [], now, horizonSlots: 2, prices: [0, 0] })
  expect(built.context.temperature).toEqual({ celsius: null, source: 'unknown' })
  expect(built.context.assumed[0]?.kind).toBe('temperatureUnknown')
  expect(() => buildInstance({ ...fleet, blocks: [], now, horizonSlots: 3, prices: [0] })).toThrow(RangeError)
})

test('the committed example fleets are sound and plan without a single assumption about their chargers', () => {
  for (const city of ['blagoevgrad', 'detroit']) {
    const path = new URL(`../examples/${city}/fleet.json`, import.meta.url)
    const fleet = fleetOfFile(fleetFile.parse(JSON.parse(readFileSync(path, 'utf8'))))
    const blocks = fleet.vehicles.map((_, i) => ({
      ...block(`B${i}`, '', '2026-11-24T04:00:00Z', '2026-11-24T18:00:00Z'),
      vehicleId: null,
      assignedBy: null,
    }))
    const ranges = fleet.vehicles.map(({ vehicleId, typeId }) => {
      const type = fleet.vehicleTypes.find((one) => one.typeId === typeId)
      return { vehicleId, rangeM: type === undefined ? 0 : rangeM(type, 5) }
    })
    const { assignments, unassigned } = assignBlocks(blocks, ranges)
    expect(unassigned).toEqual([])
    const driven = changed<Block>(blocks, (one) => ({
      vehicleId: assignments.find((given) => given.blockId === one.blockId)?.vehicleId ?? null,
    }))
    const { instance, context } = buildInstance({
      ...fleet,
      blocks: driven,
      now,
      horizonSlots: 4,
      prices: [0, 0, 0, 0],
    })
    expect(planInstance.safeParse(instance).success).toBe(true)
    expect(context.unplanned).toEqual([])
    expect(new Set(context.assumed.map((one) => one.kind))).toEqual(new Set(['socUnknown']))
  }
})

test('base load is planned with by the hour where the fleet file has its means', () => {
  const fleet = fleetOfFile(file)
  const hourlyBaseLoadW = Array.from({ length: 12 }, () => Array.from({ length: 24 }, (_, hour) => hour * 100))
  const nodes = changed(fleet.nodes, () => ({ hourlyBaseLoadW }))
  const { instance } = build({}, { ...fleet, nodes })
  const baseLoadKw = instance.nodes[0]?.baseLoadKw
  // From 18:00 local time on, four quarters an hour.
  expect(Array.isArray(baseLoadKw) ? baseLoadKw.slice(2, 6) : baseLoadKw).toEqual([1.8, 1.8, 1.9, 1.9])
  expect(build().instance.nodes[0]?.baseLoadKw).toBe(10)
})
