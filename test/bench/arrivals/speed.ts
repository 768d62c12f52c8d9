import { sql } from 'kysely'
import { storeFleet } from '../../../db/fleet.ts'
import { storeTelemetry } from '../../../db/telemetry.ts'
import { storeTimetable } from '../../../db/timetable.ts'
import type { Db } from '../../../db/database.ts'
import { migrate } from '../../../db/migrate.ts'
import { ensureMonthPartitions } from '../../../db/partitions.ts'
import { realtimeBlocks } from '../../../db/views/realtime.ts'
import { stopCalls } from '../../../db/views/stop-calls.ts'
import { fleetFile } from '../../../domain/fleet-file.ts'
import { encodeRealtime, realtimeMessage } from '../../../fleet-api/feeds/realtime-message.ts'
import { tripUpdates } from '../../../fleet-api/feeds/trip-updates.ts'
import { openPglite, openPostgres } from '../../../runtime/database.ts'
import { learnTravelTimes } from '../../../scheduler/jobs/learn-travel-times.ts'
import { predictArrivals } from '../../../scheduler/jobs/predict-arrivals.ts'
import { createTestDatabase } from '../../support/database-server.ts'
import { findPostgres } from '../processes.ts'
import { city, type City, type CityBlock } from './city.ts'

/** A Monday's 00:00 in Sofia. */
const DAY_MS = Date.UTC(2026, 10, 22, 22)

export interface SpeedRun {
  what: string
  ms: number
  /** Of this process; the database's own comes on top. */
  cpuMs: number
}

/**
 * How long one run of the job takes when every one of `buses` has moved since the last: the first run, which reads the timetable, then rounds of 20 seconds, each
 * with a new position of every bus, what readers then ask for, and the learning after them.
 */
export async function measureSpeed(buses: number, rounds: number): Promise<{ database: string; runs: SpeedRun[] }> {
  const server = await findPostgres()
  const own = server === null ? null : await createTestDatabase(server)
  const db = own === null ? (await openPglite()).db : openPostgres(own.url, (error) => console.error(error), 4)
  try {
    await migrate(db)
    const all = city(1, { lines: Math.ceil(buses / 20), busesALine: 20, stops: 20 })
    const blocks = all.blocks.filter((block) => !block.weekend).slice(0, buses)
    await enterCity(db, all, blocks)
    // As autovacuum does some time after an import.
    await sql`analyze`.execute(db)
    return { database: own === null ? 'PGlite' : 'PostgreSQL', runs: await run(db, all, blocks, rounds) }
  } finally {
    await db.destroy()
    await own?.close()
  }
}

async function run(db: Db, all: City, blocks: readonly CityBlock[], rounds: number): Promise<SpeedRun[]> {
  const runs: SpeedRun[] = []
  const startMs = DAY_MS + 8 * 3_600_000
  await ensureMonthPartitions(db, new Date(startMs))
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  const timed = async (what: string, work: () => Promise<void>): Promise<void> => {
    const begun = performance.now()
    const cpu = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(cpu)
    runs.push({ what, ms: performance.now() - begun, cpuMs: (user + system) / 1000 })
  }
  for (let round = 0; round <= rounds; round += 1) {
    const now = new Date(startMs + round * 20_000)
    const readings = blocks.flatMap((block, i) => {
      const place = placeOf(all, block, now.getTime() - ((i % 7) - 2) * 40_000)
      return [
        {
          vehicleId: block.blockId,
          at: now,
          source: 'simulator' as const,
          socPercent: 90,
          odometerM: null,
          speedKmh: null,
          latitude: place[0],
          longitude: place[1],
          headingDeg: null,
          outdoorTemperatureC: null,
          batteryTemperatureC: null,
          doorsOpen: null,
          passengers: null,
        },
      ]
    })
    await storeTelemetry(db, readings, now)
    await timed(round === 0 ? 'first run' : 'all moved', () => predictArrivals({ db, now: () => now, log: quiet }))
    await timed('nothing new', () => predictArrivals({ db, now: () => new Date(now.getTime() + 1000), log: quiet }))
    await timed('trip-updates.pb', async () => {
      const told = tripUpdates(await realtimeBlocks(db, null, now), { now, speed: 1 })
      encodeRealtime(realtimeMessage(now, told, null))
    })
    await timed('20 boards', async () => {
      const to = new Date(now.getTime() + 3_600_000)
      for (const { stops } of all.lines.slice(0, 20)) {
        const stopIds = stops.slice(5, 6).map((stop) => stop.stopId)
        await stopCalls(db, { feedId: 'city', timeZone: 'Europe/Sofia', stopIds, from: now, to })
      }
    })
  }
  await timed('learning', () => learnTravelTimes({ db, now: () => new Date(startMs + 3_600_000), log: quiet }))
  return runs
}

function placeOf(all: City, block: CityBlock, atMs: number): readonly [number, number] {
  const atS = (atMs - DAY_MS) / 1000
  const trip = block.trips.findLast((one) => one.startS <= atS) ?? block.trips[0]
  const line = all.lines[trip?.line ?? 0]
  if (trip === undefined || line === undefined) return [0, 0]
  const next = trip.stopS.findIndex((one) => one > atS)
  const to = line.stops[next]?.place
  const from = line.stops[next - 1]?.place
  if (next <= 0 || to === undefined || from === undefined) return line.stops.at(next < 0 ? -1 : 0)?.place ?? [0, 0]
  const share = (atS - (trip.stopS[next - 1] ?? 0)) / Math.max(1, (trip.stopS[next] ?? 0) - (trip.stopS[next - 1] ?? 0))
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
}

async function enterCity(db: Db, all: City, blocks: readonly CityBlock[]): Promise<void> {
  const at = new Date(DAY_MS - 86_400_000)
  const file = fleetFile.parse({
    sites: [
      {
        id: 'depot',
        name: 'Depot',
        timeZone: 'Europe/Sofia',
        latitude: 42,
        longitude: 23,
        nodes: [{ id: 'grid', parentId: null, limitKw: 20_000 }],
        stations: [],
      },
    ],
    vehicleTypes: [
      {
        id: 'e-bus',
        batteryCapacityKwh: 600,
        maxPowerKw: 100,
        taper: [
          [0, 100],
          [100, 30],
        ],
        consumptionKwhPerKm: [[20, 1]],
      },
    ],
    vehicles: blocks.map(({ blockId }) => ({ id: blockId, label: blockId, siteId: 'depot', typeId: 'e-bus' })),
  })
  await storeFleet(db, file, at)
  const trips = blocks.flatMap((block) => block.trips.map((trip) => ({ ...trip, blockId: block.blockId })))
  const calls = trips.flatMap((trip) =>
    (all.lines[trip.line]?.stops ?? []).map((stop, i) => ({
      tripId: trip.tripId,
      sequence: i + 1,
      stopId: stop.stopId,
      atS: trip.stopS[i] ?? 0,
      timepoint: i === 0 || i === all.lines[trip.line]?.timepoint,
    })),
  )
  const stops = new Map(all.lines.flatMap((line) => line.stops.map((stop) => [stop.stopId, stop])))
  await storeTimetable(
    db,
    {
      feedId: 'city',
      timeZone: 'Europe/Sofia',
      startDate: '2026-11-01',
      endDate: '2026-12-31',
      serviceDays: [{ serviceId: 'weekday', date: '2026-11-23' }],
      routes: all.lines.map((_, i) => ({
        routeId: `${i}`,
        shortName: `${i}`,
        longName: null,
        type: 3,
        color: null,
        textColor: null,
      })),
      stops: [...stops.values()].map(({ stopId, place: [latitude, longitude] }) => ({
        stopId,
        code: null,
        name: stopId,
        latitude,
        longitude,
        locationType: 0,
        parentId: null,
      })),
      shapes: all.lines.map((line, i) => ({
        shapeId: `${i}`,
        points: line.shape.map(([latitude, longitude]) => [latitude, longitude, 0]),
        lengthM: Math.round(line.gapsM.reduce((sum, gap) => sum + gap, 0)),
      })),
      trips: trips.map((trip) => {
        const line = all.lines[trip.line]
        return {
          tripId: trip.tripId,
          routeId: `${trip.line}`,
          serviceId: 'weekday',
          blockId: trip.blockId,
          headsign: null,
          directionId: null,
          shapeId: `${trip.line}`,
          kind: 'revenue',
          distanceM: Math.round(line?.gapsM.reduce((sum, gap) => sum + gap, 0) ?? 0),
          distanceSource: 'shape',
          startS: trip.startS,
          endS: trip.stopS.at(-1) ?? 0,
          startStopId: line?.stops[0]?.stopId ?? '',
          endStopId: line?.stops.at(-1)?.stopId ?? '',
        }
      }),
      stopTimes: {
        tripId: calls.map((call) => call.tripId),
        sequence: calls.map((call) => call.sequence),
        stopId: calls.map((call) => call.stopId),
        arrivalS: calls.map((call) => call.atS),
        departureS: calls.map((call) => call.atS),
        distanceM: calls.map(() => 0),
        timepoint: calls.map((call) => call.timepoint),
      },
      vehicleRules: blocks.map(({ blockId }) => ({ serviceId: 'weekday', blockId, vehicleId: blockId, date: null })),
    },
    {
      fileName: 'city.zip',
      sha256: '0',
      at,
      report: { fileName: 'city.zip', refused: null, counts: {}, findings: [] },
      source: new Uint8Array(),
    },
  )
}
