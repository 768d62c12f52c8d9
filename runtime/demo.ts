import { readdir, readFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Db } from '../db/database.ts'
import type { SisterCity } from '../domain/city-glance.ts'
import { feedAttribution, putFeedAttribution } from '../db/feed-attribution.ts'
import { storeFleet } from '../db/fleet.ts'
import { fleetFile, type FleetFile } from '../domain/fleet-file.ts'
import type { Log } from '../domain/ports.ts'
import { localDate, serviceInstant } from '../domain/service-time.ts'
import { jobs } from './jobs.ts'
import { importFeed } from '../scheduler/imports/import-feed.ts'
import { importPlaces } from '../scheduler/imports/import-places.ts'
import { readFeedFiles } from './cli/feed-files.ts'
import { simulatedClock } from './clock.ts'
import { keepRunning } from './child-process.ts'
import { DemoUnusable } from './demo-unusable.ts'
import { openDatabase } from './open-database.ts'
import { rememberPast } from './demo-past/remember-past.ts'
import { startServer } from './server.ts'

const EXAMPLES = fileURLToPath(new URL('../examples', import.meta.url))
const SIMULATOR = fileURLToPath(new URL('../simulators/city.ts', import.meta.url))
/** Late in the evening: the last buses come home, and half an hour later the night tariff sets the charging off. */
const STARTS_AT_S = 21.5 * 3_600

export interface DemoOptions {
  city: string
  speed: number
  host: string
  port: number
  /** Other cities to stand beside it; they may be demos on this machine. */
  sisters: readonly SisterCity[]
  log: Log
}

export interface Demo {
  port: number
  /** Where the simulated city takes orders. */
  controlPort: number
  city: string
  fleet: FleetFile
  close(): Promise<void>
}

/**
 * A city of examples/ in a database in memory, on a clock of its own, with its chargers and buses in another process that speaks OCPP and
 * the API like anyone else. Nothing on the disk and no other database is touched.
 */
export async function startDemo({ city, speed, host, port, sisters, log }: DemoOptions): Promise<Demo> {
  const folder = join(EXAMPLES, city)
  // Read beside the database's start, which takes longest.
  const [database, fleet] = await Promise.all([
    openDatabase({ databaseUrl: null, dataDirectory: null }, log),
    readFleetFile(folder),
  ])
  const { db } = database
  const origin = startOf(fleet, new Date())
  await storeFleet(db, fleet, origin)
  const { report, timetable } = await importFeed(
    db,
    await readFeedFiles([join(folder, 'gtfs'), join(folder, 'tods')]),
    { at: origin },
  )
  if (timetable === null) throw new DemoUnusable(`The timetable of ${folder} is refused: ${report.refused?.in('en')}`)

  await putFeedAttribution(db, timetable.feedId, {
    ...(await feedAttribution(db, timetable.feedId)),
    licence: 'CC0-1.0',
  })
  await importCityPlaces(db, folder, origin)
  const past = await rememberPast(db, fleet, origin, log)

  const realOrigin = new Date()
  const server = await startServer({
    db,
    now: simulatedClock(origin, realOrigin, speed),
    log,
    host,
    port,
    access: { adminKey: null, open: true },
    clock: { speed, demo: true },
    stationPolicy: 'open',
    outbound: { allowPrivate: false, allowLoopback: sisters.length > 0 },
    sisters,
    jobs,
    sharedDatabase: false,
  })
  past.addUp()
  const controlPort = await freePort(server.port + 1)
  const simulator = keepRunning(
    SIMULATOR,
    [
      ['--url', `http://127.0.0.1:${server.port}`],
      ['--city', folder],
      ['--origin', origin.toISOString()],
      ['--real-origin', realOrigin.toISOString()],
      ['--speed', String(speed)],
      ['--control', String(controlPort)],
      ['--registers', JSON.stringify(past.registers)],
    ].flat(),
    log,
  )
  return {
    port: server.port,
    controlPort,
    city: fleet.sites[0]?.name ?? city,
    fleet,
    async close() {
      await simulator.stop()
      await past.stop()
      await server.close()
      await database.close()
    },
  }
}

/** The city's car parks, cameras and the like, where it has any. */
async function importCityPlaces(db: Db, folder: string, at: Date): Promise<void> {
  const files = await readdir(join(folder, 'places')).catch(() => [])
  for (const file of files.filter((name) => name.endsWith('.geojson')).sort()) {
    const { refused } = await importPlaces(db, JSON.parse(await readFile(join(folder, 'places', file), 'utf8')), { at })
    if (refused !== null) throw new DemoUnusable(`The places of ${file} are refused: ${refused.in('en')}.`)
  }
}

/** This evening at the first site. */
function startOf(fleet: FleetFile, today: Date): Date {
  const timeZone = fleet.sites[0]?.timeZone ?? 'UTC'
  return serviceInstant(localDate(today, timeZone), timeZone, STARTS_AT_S)
}

async function readFleetFile(folder: string): Promise<FleetFile> {
  const path = join(folder, 'fleet.json')
  const text = await readFile(path, 'utf8').catch(() => {
    throw new DemoUnusable(`There is no ${path}. The cities are the folders of examples/.`)
  })
  return fleetFile.parse(JSON.parse(text))
}

/** `wanted` when nobody listens there, any other otherwise. */
async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted
}

function tryPort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(null))
    server.listen(port, '127.0.0.1', () => {
      const { port: got } = server.address() as AddressInfo
      server.close(() => resolve(got))
    })
  })
}
