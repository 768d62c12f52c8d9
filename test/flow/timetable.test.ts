import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { assignBlock, blocksBetween, storeAutomaticAssignments } from '../../db/blocks.ts'
import type { Db } from '../../db/database.ts'
import { storeFleet } from '../../db/fleet.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { listFeeds, storeTimetable } from '../../db/timetable.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import { readFeedFiles } from '../../runtime/cli/feed-files.ts'
import { importFeed, importTods } from '../../scheduler/imports/import-feed.ts'
import { readFeed } from '../../scheduler/timetable/read-feed.ts'
import { smallFeed } from '../../scheduler/timetable/small-feed.ts'
import { emptyDatabase } from '../support/database.ts'

const at = new Date('2026-11-01T10:00:00Z')

const depot = fleetFile.parse({
  sites: [
    {
      id: 'depot',
      name: 'Depot',
      timeZone: 'Europe/Sofia',
      latitude: 42,
      longitude: 23.1,
      nodes: [{ id: 'site', parentId: null, limitKw: 100 }],
      stations: [{ id: 'CP-1', nodeId: 'site', evses: [{ evseId: 1, maxPowerKw: 60 }] }],
    },
  ],
  vehicleTypes: [
    {
      id: 'midi',
      batteryCapacityKwh: 100,
      maxPowerKw: 60,
      taper: [
        [0, 60],
        [100, 10],
      ],
      consumptionKwhPerKm: [[0, 1]],
    },
  ],
  vehicles: ['bus-1', 'bus-2', 'bus-3'].map((id) => ({ id, siteId: 'depot', typeId: 'midi' })),
})

/** Every day from March 2026 to the end of the year: a day block, and one that runs past midnight. */
const year: Record<string, string | undefined> = {
  'calendar.txt':
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWD,1,1,1,1,1,1,1,20260301,20261231',
  'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1\nT2,R,WD,B1\nN1,R,WD,NIGHT',
  'stop_times.txt': [
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled',
    'T1,05:40:00,05:40:00,S1,1,0',
    'T1,06:00:00,06:00:00,S3,2,2400',
    'T2,06:10:00,06:10:00,S3,1,0',
    'T2,06:30:00,06:30:00,S1,2,2400',
    'N1,23:30:00,23:30:00,S1,1,0',
    'N1,25:30:00,25:30:00,S3,2,2400',
  ].join('\n'),
}

async function store(db: Db, changes: Record<string, string | undefined> = year, feedId?: string): Promise<void> {
  const { timetable, report } = readFeed(smallFeed(changes), {
    fileName: 'small.zip',
    today: '2026-11-01',
    ...(feedId === undefined ? {} : { feedId }),
  })
  if (timetable === null) throw new Error(report.refused?.in('en'))
  const source = zipSync(Object.fromEntries(smallFeed(changes)))
  await storeTimetable(db, timetable, { fileName: 'small.zip', sha256: 'x', at, report, source })
}

function shown(blocks: Awaited<ReturnType<typeof blocksBetween>>) {
  return blocks.map((block) => [block.date, block.blockId, block.startAt.toISOString(), block.endAt.toISOString()])
}

test('a block is the trips of one block_id on one service day, with distances, lines and vehicle', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, depot, at)
  await store(db, {
    ...year,
    'vehicle_assignments.txt': 'date,service_id,block_id,vehicle_id\n,WD,B1,bus-1\n20261124,WD,B1,bus-2',
  })
  const blocks = await blocksBetween(db, {
    from: new Date('2026-11-23T00:00:00Z'),
    to: new Date('2026-11-24T12:00:00Z'),
    siteId: 'depot',
  })
  expect(blocks.map((block) => [block.date, block.blockId, block.vehicleId, block.assignedBy])).toEqual([
    ['2026-11-23', 'B1', 'bus-1', 'timetable'],
    ['2026-11-23', 'NIGHT', null, null],
    ['2026-11-24', 'B1', 'bus-2', 'timetable'],
  ])
  expect(blocks[0]).toMatchObject({
    startAt: new Date('2026-11-23T03:40:00Z'),
    endAt: new Date('2026-11-23T04:30:00Z'),
    distanceM: 4800,
    routes: ['12'],
    trips: [
      { tripId: 'T1', distanceM: 2400, startStopId: 'S1', endStopId: 'S3', kind: 'revenue' },
      { tripId: 'T2', distanceM: 2400 },
    ],
  })
})

test('after midnight the block of the eve is still under way', async () => {
  const db = await emptyDatabase()
  await store(db)
  const blocks = await blocksBetween(db, {
    from: new Date('2026-11-23T23:00:00Z'),
    to: new Date('2026-11-23T23:10:00Z'),
  })
  expect(shown(blocks)).toEqual([['2026-11-23', 'NIGHT', '2026-11-23T21:30:00.000Z', '2026-11-23T23:30:00.000Z']])
})

test('on the days the clocks change, pull-outs keep their local time', async () => {
  const db = await emptyDatabase()
  await store(db)
  const starts = async (day: string): Promise<string[]> => {
    const from = new Date(`${day}T02:00:00Z`)
    const blocks = await blocksBetween(db, { from, to: new Date(from.getTime() + 3_600_000 * 2) })
    return blocks.filter((block) => block.blockId === 'B1').map((block) => block.startAt.toISOString())
  }
  expect(await starts('2026-03-28')).toEqual(['2026-03-28T03:40:00.000Z'])
  expect(await starts('2026-03-29')).toEqual(['2026-03-29T02:40:00.000Z'])
  expect(await starts('2026-10-25')).toEqual(['2026-10-25T03:40:00.000Z'])
})

test('a person’s decision comes before the timetable’s, and automatic assignment never overrules it', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, depot, at)
  await store(db, { ...year, 'vehicle_assignments.txt': 'date,service_id,block_id,vehicle_id\n,WD,B1,bus-1' })
  const driver = async () => {
    const span = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-23T22:00:00Z'), siteId: 'depot' }
    const blocks = await blocksBetween(db, span)
    return blocks.map((block) => `${block.blockId} ${block.vehicleId} ${block.assignedBy}`)
  }
  await storeAutomaticAssignments(db, [{ date: '2026-11-23', blockId: 'NIGHT', vehicleId: 'bus-3' }], at)
  expect(await driver()).toEqual(['B1 bus-1 timetable', 'NIGHT bus-3 automatic'])

  const day = { date: '2026-11-23', at }
  expect(await assignBlock(db, { ...day, blockId: 'B1', vehicleId: 'bus-2', source: 'manual' })).toBe(true)
  expect(await assignBlock(db, { ...day, blockId: 'B1', vehicleId: 'bus-2', source: 'manual' })).toBe(false)
  expect(await assignBlock(db, { ...day, blockId: 'NIGHT', vehicleId: null, source: 'manual' })).toBe(true)
  expect(await assignBlock(db, { ...day, blockId: 'NIGHT', vehicleId: 'bus-3', source: 'automatic' })).toBe(false)
  await storeAutomaticAssignments(db, [{ date: '2026-11-23', blockId: 'B1', vehicleId: 'bus-3' }], at)
  expect(await driver()).toEqual(['B1 bus-2 manual', 'NIGHT null manual'])
  expect((await openReplanRequests(db)).map((request) => request.siteId)).toEqual(['depot'])
})

test('a vehicle out of service drives nothing, and one outside the fleet keeps its block', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, depot, at)
  const rules = 'date,service_id,block_id,vehicle_id\n,WD,B1,bus-1\n,WD,NIGHT,gas-7'
  await store(db, { ...year, 'vehicle_assignments.txt': rules })
  await storeFleet(db, { ...depot, vehicles: depot.vehicles.filter((vehicle) => vehicle.id !== 'bus-1') }, at)
  const span = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-23T22:00:00Z') }
  expect((await blocksBetween(db, span)).map((block) => [block.blockId, block.vehicleId, block.assignedBy])).toEqual([
    ['B1', null, null],
    ['NIGHT', null, 'timetable'],
  ])
  expect((await blocksBetween(db, { ...span, siteId: 'depot' })).map((block) => block.blockId)).toEqual(['B1'])
})

test('the blocks of a far city are not taken for open work of this depot', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, depot, at)
  await store(db)
  const far = {
    ...year,
    'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\nS1,One,52.00,13.10\nS3,Three,52.02,13.10',
    'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,FAR',
  }
  await store(db, far, 'far')
  const span = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-23T12:00:00Z') }
  expect((await blocksBetween(db, span)).map((block) => block.blockId)).toEqual(['B1', 'FAR'])
  expect((await blocksBetween(db, { ...span, siteId: 'depot' })).map((block) => block.blockId)).toEqual(['B1'])
})

test('a new version of a feed takes the place of the old one whole, and has every site planned anew', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, depot, at)
  await store(db)
  const before = (await openReplanRequests(db))[0]?.version ?? 0
  await store(db, { ...year, 'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,NEW' })
  expect(await listFeeds(db)).toMatchObject([{ feedId: 'agency', tripsInBlocks: 1, startDate: '2026-03-01' }])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from stop_time`.execute(db)
  expect(rows[0]?.n).toBe(2)
  expect((await openReplanRequests(db))[0]?.version).toBeGreaterThan(before)
})

test('when storing fails half-way, the old timetable is there as it was', async () => {
  const db = await emptyDatabase()
  await store(db)
  const { timetable, report } = readFeed(smallFeed(year), { fileName: 'small.zip', today: '2026-11-01' })
  if (timetable === null) throw new Error('refused')
  const broken = {
    ...timetable,
    stopTimes: { ...timetable.stopTimes, sequence: timetable.stopTimes.sequence.map(() => 1) },
  }
  const options = { fileName: 'broken.zip', sha256: 'y', at, report, source: new Uint8Array(1) }
  await expect(storeTimetable(db, broken, options)).rejects.toThrow()
  expect((await listFeeds(db)).map((feed) => feed.fileName)).toEqual(['small.zip'])
  const span = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-23T12:00:00Z') }
  expect((await blocksBetween(db, span)).map((block) => block.blockId)).toEqual(['B1'])
})

test('a refused feed leaves no trace, and TODS files are laid over the timetable imported before', async () => {
  const db = await emptyDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'zaryad-feed-'))
  try {
    const zip = join(folder, 'feed.zip')
    const tods = join(folder, 'trips_supplement.txt')
    await writeFile(tods, 'trip_id,service_id,block_id,TODS_trip_type\nOUT,WD,B1,pull-out')
    await writeFile(
      join(folder, 'stop_times_supplement.txt'),
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence\nOUT,05:30:00,05:30:00,S3,1\nOUT,05:40:00,05:40:00,S1,2',
    )
    await expect(importTods(db, await readFeedFiles([folder]), { at })).rejects.toThrow(/import that first/)

    await writeFile(zip, zipSync(Object.fromEntries(smallFeed({ ...year, 'stops.txt': 'stop_id,stop_name' }))))
    expect((await importFeed(db, await readFeedFiles([zip]), { at })).report.refused?.in('en')).toMatch(/no stops/)
    expect(await listFeeds(db)).toEqual([])

    await writeFile(zip, zipSync(Object.fromEntries(smallFeed(year))))
    await importFeed(db, await readFeedFiles([zip]), { at, feedId: 'mine' })
    await importTods(db, await readFeedFiles([folder]), { at })
    expect((await listFeeds(db)).map((feed) => feed.feedId)).toEqual(['mine'])
    const span = { from: new Date('2026-11-23T00:00:00Z'), to: new Date('2026-11-23T12:00:00Z') }
    const [block] = await blocksBetween(db, span)
    expect(block).toMatchObject({ startAt: new Date('2026-11-23T03:30:00Z'), trips: [{ kind: 'pull-out' }, {}, {}] })
  } finally {
    await rm(folder, { recursive: true })
  }
})
