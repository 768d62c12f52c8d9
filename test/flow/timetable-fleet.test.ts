import { readFileSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { blocksBetween } from '../../db/blocks.ts'
import { readFleet, storeFleet } from '../../db/fleet.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { consumptionKwhPerKm } from '../../domain/energy/consumption.ts'
import { fleetFile, type FleetFile } from '../../domain/fleet-file.ts'
import { fleetOfFile } from '../../domain/fleet-of-file.ts'
import { readFeedFiles } from '../../runtime/cli/feed-files.ts'
import { importFeed } from '../../scheduler/imports/import-feed.ts'
import { timetableBlocks } from '../../scheduler/timetable/timetable-blocks.ts'
import { emptyDatabase } from '../support/database.ts'

const at = new Date('2026-11-23T10:00:00Z')
const example = new URL('../../examples/blagoevgrad/', import.meta.url)
const file = fleetFile.parse(JSON.parse(readFileSync(new URL('fleet.json', example), 'utf8')))

function without(fleet: FleetFile, gone: { vehicle: string; station: string }): FleetFile {
  return {
    ...fleet,
    sites: fleet.sites.map((site) => ({
      ...site,
      stations: site.stations.filter((station) => station.id !== gone.station),
      bays: site.bays.filter((bay) => bay.stationId !== gone.station),
    })),
    vehicles: fleet.vehicles
      .filter((vehicle) => vehicle.id !== gone.vehicle)
      .map(({ id, siteId, typeId, tokens }) => ({
        id,
        siteId,
        typeId,
        tokens: tokens.slice(0, 1),
      })),
  }
}

test('a stored fleet reads as the file says, and asks for a plan', async () => {
  const db = await emptyDatabase()
  const stored = await storeFleet(db, file, at)
  expect(stored).toEqual({
    sites: 1,
    stations: 3,
    evses: 6,
    vehicles: 6,
    tokens: 13,
    retiredVehicles: [],
    retiredStations: [],
  })
  const fleet = await readFleet(db, 'blagoevgrad')
  // The database keeps an efficiency to seven digits.
  for (const evse of fleet?.evses ?? []) evse.efficiency = Math.round(evse.efficiency * 1e6) / 1e6
  expect(fleet).toEqual(fleetOfFile(file))
  expect(await openReplanRequests(db)).toMatchObject([{ siteId: 'blagoevgrad' }])
  expect(await readFleet(db, 'nowhere')).toBeNull()
})

test('importing again keeps what is known at run time, and takes what is gone out of service', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, file, at)
  await db.updateTable('vehicle').set({ soc_percent: 62, soc_at: at }).execute()
  await db.updateTable('station').set({ connected: true, vendor: 'Maker' }).execute()
  await db.updateTable('evse').set({ plugged_in: true, vehicle_id: 'bus-1' }).where('station_id', '=', 'CP-1').execute()

  const stored = await storeFleet(db, without(file, { vehicle: 'bus-6', station: 'CP-3' }), at)
  expect(stored).toMatchObject({ retiredVehicles: ['bus-6'], retiredStations: ['CP-3'] })
  const fleet = await readFleet(db, 'blagoevgrad')
  expect(fleet?.vehicles.map((vehicle) => [vehicle.vehicleId, vehicle.socPercent])).toEqual(
    [1, 2, 3, 4, 5].map((n) => [`bus-${n}`, 62]),
  )
  expect(fleet?.evses.map((evse) => `${evse.stationId}/${evse.evseId} ${evse.vehicleId}`)).toEqual([
    'CP-1/1 bus-1',
    'CP-1/2 bus-1',
    'CP-2/1 null',
    'CP-2/2 null',
  ])
  expect(fleet?.bays.map((bay) => bay.bayId)).toEqual(['bay-1', 'bay-2', 'bay-3', 'bay-4'])
  const old = await db
    .selectFrom('vehicle')
    .select(['in_service', 'soc_percent'])
    .where('id', '=', 'bus-6')
    .executeTakeFirst()
  expect(old).toEqual({ in_service: false, soc_percent: 62 })
  const tokens = await db.selectFrom('token').select('value').where('type', '=', 'MacAddress').execute()
  expect(tokens).toEqual([])

  await storeFleet(db, file, at)
  expect((await readFleet(db, 'blagoevgrad'))?.vehicles).toHaveLength(6)
  const station = await db
    .selectFrom('station')
    .select(['connected', 'vendor', 'site_id'])
    .where('id', '=', 'CP-3')
    .executeTakeFirst()
  expect(station).toEqual({ connected: true, vendor: 'Maker', site_id: 'blagoevgrad' })
})

test('a station that waited for approval is accepted by the file, a rejected one is not', async () => {
  const db = await emptyDatabase()
  await db
    .insertInto('station')
    .values([
      { id: 'CP-1', site_id: null, node_id: null, label: null, registration: 'pending' },
      { id: 'CP-2', site_id: null, node_id: null, label: null, registration: 'rejected' },
    ] as never)
    .execute()
  await storeFleet(db, file, at)
  const rows = await db.selectFrom('station').select(['id', 'registration']).orderBy('id').execute()
  expect(rows.map((row) => row.registration)).toEqual(['accepted', 'rejected', 'accepted'])
})

test('an EVSE works while one of its connectors does', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, file, at)
  await db
    .updateTable('connector')
    .set({ status: 'faulted' })
    .where('station_id', '=', 'CP-1')
    .where('evse_id', '=', 1)
    .execute()
  await db
    .insertInto('connector')
    .values({
      station_id: 'CP-1',
      evse_id: 2,
      connector_id: 2,
      type: null,
      status: 'faulted',
      error_code: null,
      error_info: null,
      status_at: at,
    })
    .execute()
  await db
    .updateTable('evse')
    .set({ operative: false })
    .where('station_id', '=', 'CP-2')
    .where('evse_id', '=', 1)
    .execute()
  const evses = (await readFleet(db, 'blagoevgrad'))?.evses ?? []
  expect(evses.map((evse) => evse.usable)).toEqual([false, true, false, true, true, true])
})

test('the example city imports without a finding, and six buses have a day’s work that they can do', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, file, at)
  const paths = ['gtfs', 'tods'].map((folder) => new URL(folder, example).pathname)
  const { timetable, report } = await importFeed(db, await readFeedFiles(paths), { at })
  expect(report).toMatchObject({ refused: null, findings: [] })
  expect(timetable).toMatchObject({ startDate: '2025-01-01', endDate: '2030-12-31' })

  const span = { from: new Date('2026-11-23T22:00:00Z'), to: new Date('2026-11-24T22:00:00Z') }
  const blocks = await blocksBetween(db, { ...span, siteId: 'blagoevgrad' })
  const vehicles = Map.groupBy(blocks, (block) => block.vehicleId)
  expect([...vehicles.keys()].sort()).toEqual(['bus-1', 'bus-2', 'bus-3', 'bus-4', 'bus-5', 'bus-6'])
  for (const block of blocks) {
    expect(block.trips.at(0)?.kind).toBe('pull-out')
    expect(block.trips.at(-1)?.kind).toBe('pull-in')
    expect(block.assignedBy).toBe('timetable')
    expect(block.distanceM).toBeLessThan(145_000)
  }
  expect(timetable === null ? [] : timetableBlocks(timetable, span)).toEqual(blocks)

  // Queries are planned for the tables as they are now, not as they were before.
  const counted = await sql<{ reltuples: number }>`select reltuples from pg_class where oid = 'trip'::regclass`.execute(
    db,
  )
  expect(counted.rows).toEqual([{ reltuples: 162 }])

  const sunday = { from: new Date('2026-11-28T22:00:00Z'), to: new Date('2026-11-29T22:00:00Z') }
  expect((await blocksBetween(db, sunday)).map((block) => block.vehicleId)).toEqual(['bus-2', 'bus-4', 'bus-6'])
})

test('the second example city imports without a finding: 56 buses, each with a bay and a charger of its own, and work for a winter’s day', async () => {
  const burgas = new URL('../../examples/burgas/', import.meta.url)
  const fleet = fleetFile.parse(JSON.parse(readFileSync(new URL('fleet.json', burgas), 'utf8')))
  const db = await emptyDatabase()
  expect(await storeFleet(db, fleet, at)).toMatchObject({ stations: 56, evses: 56, vehicles: 56 })
  const { vehicles, bays } = fleetOfFile(fleet)
  expect(new Set(vehicles.map((vehicle) => vehicle.bayId)).size).toBe(56)
  expect(new Set(bays.map((bay) => bay.stationId)).size).toBe(56)
  expect(new Set(bays.map((bay) => `${bay.row}/${bay.column}`)).size).toBe(56)

  const paths = ['gtfs', 'tods'].map((folder) => new URL(folder, burgas).pathname)
  const { timetable, report } = await importFeed(db, await readFeedFiles(paths), { at })
  expect(report).toMatchObject({ refused: null, findings: [] })
  expect(timetable?.routes.map((route) => route.shortName).sort()).toEqual(['12', '15', '17', '4', 'B1', 'B2'])

  const span = { from: new Date('2026-11-24T00:00:00Z'), to: new Date('2026-11-25T00:00:00Z') }
  const types = new Map(fleet.vehicleTypes.map((type) => [type.id, type]))
  const work = Map.groupBy(await blocksBetween(db, { ...span, siteId: 'burgas' }), (block) => block.vehicleId)
  expect(work.size).toBe(51)
  const homeAtMidday = [...work.values()].filter((blocks) => blocks.length === 2)
  expect(homeAtMidday).toHaveLength(13)
  for (const [vehicleId, blocks] of work) {
    const vehicle = fleet.vehicles.find((one) => one.id === vehicleId)
    const type = types.get(vehicle?.typeId ?? '')
    for (const block of blocks) {
      expect(block.trips.at(0)?.kind).toBe('pull-out')
      expect(block.trips.at(-1)?.kind).toBe('pull-in')
      expect(block.assignedBy).toBe('timetable')
      // At 0 °C, with minimum and reserve kept.
      const kwhPerKm = type === undefined ? Infinity : consumptionKwhPerKm({ consumption: type.consumptionKwhPerKm }, 0)
      expect((block.distanceM / 1000) * kwhPerKm).toBeLessThan(0.8 * (type?.batteryCapacityKwh ?? 0))
    }
  }
})
