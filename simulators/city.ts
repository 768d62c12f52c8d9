import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fleetFile } from '../domain/fleet-file.ts'
import { createBus } from './bus.ts'
import { cityApi } from './city-api.ts'
import type { CityApi } from './city-api.ts'
import { serveControl } from './city-control.ts'
import { busSpecs, cityChargers } from './city-fleet.ts'
import type { Protocols, Registers } from './city-fleet.ts'
import { startCityPlaces } from './city-places.ts'
import { World } from './city-world.ts'
import { clockOrigin, simClock } from './clock.ts'
import { demoScript, NO_INCIDENTS } from './incidents.ts'
import { Telematics } from './telematics.ts'
import type { SimulatedReading } from './telematics.ts'
import { outdoorTemperatureC } from './weather.ts'

const USAGE = `Usage: node simulators/city.ts --fleet fleet.json [options]
  --city FOLDER                 the same as --fleet FOLDER/fleet.json
  --url http://localhost:8080   the server: its API and, under /ocpp, its central system
  --origin <ISO>                simulated instant at --real-origin (default: now)
  --real-origin <ISO>           (default: now)
  --speed 60                    simulated seconds a second
  --seed 1                      chance
  --key KEY                     API key, where the server asks for one
  --protocols mixed             mixed, ocpp1.6 or ocpp2.0.1
  --control PORT                GET /state, POST /faults, DELETE /faults on 127.0.0.1
  --registers JSON              what the meters showed at --origin, in Wh: {"CP-1":{"1":1000}}
  --incidents demo              demo or none`

const TICK_MS = 250
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Units tell every ten seconds in life; in a hurried city less often, so that the server's work stays the same. */
const READ_EVERY_MS = 10_000
const SEND_EVERY_REAL_MS = 1_000
const MOST_WAITING = 1_000

const { values } = parseArgs({
  options: {
    url: { type: 'string', default: 'http://localhost:8080' },
    fleet: { type: 'string' },
    city: { type: 'string' },
    origin: { type: 'string' },
    'real-origin': { type: 'string' },
    speed: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    key: { type: 'string' },
    protocols: { type: 'string', default: 'mixed' },
    control: { type: 'string' },
    registers: { type: 'string', default: '{}' },
    incidents: { type: 'string', default: 'demo' },
    help: { type: 'boolean', default: false },
  },
})
const fleetPath = values.fleet ?? (values.city === undefined ? undefined : join(values.city, 'fleet.json'))
if (values.help || fleetPath === undefined) {
  console.log(USAGE)
  process.exit(values.help ? 0 : 1)
}
if (!isProtocols(values.protocols)) throw new RangeError(`--protocols: ${values.protocols}`)

const seed = Number(values.seed)
const origin = clockOrigin(
  {
    speed: values.speed,
    ...(values.origin === undefined ? {} : { origin: values.origin }),
    ...(values['real-origin'] === undefined ? {} : { realOrigin: values['real-origin'] }),
  },
  Date.now(),
)
const clock = simClock(origin)
const fleet = fleetFile.parse(JSON.parse(readFileSync(fleetPath, 'utf8')))
const site = fleet.sites[0]
const siteId = site?.id ?? ''
const timeZone = site?.timeZone ?? 'UTC'
const api = cityApi(values.url, values.key)
const localTime = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' })
const log = (atMs: number, text: string): void => console.log(`${localTime.format(atMs)}  ${text}`)

let reportedC: number | null = null
const blocks = await untilAnswered(() => readBlocks(api, clock.now()))
const startMs = clock.now()
const telematics = new Telematics({ seed, startMs, faults: () => world.faults })
const world: World = new World({
  buses: busSpecs(fleet).map(createBus),
  chargers: cityChargers(fleet, {
    url: `${values.url.replace(/^http/, 'ws')}/ocpp`,
    protocols: values.protocols,
    seed,
    startMs,
    registers: { originMs: origin.originMs, wh: JSON.parse(values.registers) as Registers },
    log: (text) => log(clock.now(), text),
  }),
  seed,
  startMs,
  report: (vehicleId, change) => {
    api.report(vehicleId, change).catch((error: unknown) => log(clock.now(), `not reported: ${String(error)}`))
  },
  telematics,
  log,
})
world.setBlocks(blocks)
await untilAnswered(() => followWeather())
world.settle()
if (values.control !== undefined) await serveControl(world, Number(values.control))
void startCityPlaces({ url: values.url, key: values.key, clock, seed, timeZone, log: (text) => log(clock.now(), text) })

const script = values.incidents === 'none' ? NO_INCIDENTS : demoScript({ seed, startMs, timeZone })
let nextLookMs = 0
let nextTimetableMs = startMs + 15 * MINUTE_MS
/** Simulated milliseconds between two readings of a bus. */
const readEveryMs = READ_EVERY_MS * Math.min(6, Math.max(1, (clock.speed / 20) * (world.buses.length > 20 ? 2 : 1)))
let waiting: SimulatedReading[] = []
let nextReadMs = 0
let nextSendRealMs = 0
let sending = false
let readingWays = false
const timer = setInterval(() => {
  world.advance(clock.now())
  if (world.atMs >= nextReadMs) {
    nextReadMs = world.atMs + readEveryMs
    waiting.push(...telematics.read(world.buses, { nowMs: world.atMs, temperatureC: world.temperatureC }))
    void readWays()
  }
  if (!sending && waiting.length > 0 && Date.now() >= nextSendRealMs) void sendTelemetry()
  if (world.atMs >= nextLookMs) {
    nextLookMs = world.atMs + MINUTE_MS
    for (const request of script(world)) world.addFault(request)
  }
  if (world.atMs >= nextTimetableMs) {
    nextTimetableMs = world.atMs + Math.max(15 * MINUTE_MS, 5_000 * clock.speed)
    void readTimetable()
  }
}, TICK_MS)

/** Told to end, or left alone by the process that started us, however that one ended. */
for (const event of ['SIGINT', 'SIGTERM', 'disconnect'] as const) {
  process.on(event, () => {
    clearInterval(timer)
    for (const charger of world.chargers) charger.stop()
    process.exit(0)
  })
}

/** What cannot be sent now is kept, as units do, and sent later. */
async function sendTelemetry(): Promise<void> {
  sending = true
  nextSendRealMs = Date.now() + SEND_EVERY_REAL_MS
  const readings = waiting.slice(-MOST_WAITING)
  waiting = []
  try {
    await api.sendTelemetry(readings)
  } catch (error) {
    waiting = [...readings, ...waiting].slice(-MOST_WAITING)
    nextSendRealMs = Date.now() + 10 * SEND_EVERY_REAL_MS
    log(world.atMs, `telemetry not sent: ${String(error)}`)
  } finally {
    sending = false
  }
}

async function readWays(): Promise<void> {
  if (readingWays) return
  readingWays = true
  try {
    for (const { key, blockId, date } of telematics.unknownWays(world.buses)) {
      telematics.setWay(key, await api.way(blockId, date), world.buses)
    }
  } catch (error) {
    log(world.atMs, `way not read: ${String(error)}`)
  } finally {
    readingWays = false
  }
}

async function readTimetable(): Promise<void> {
  try {
    world.setBlocks(await readBlocks(api, world.atMs))
    await followWeather()
  } catch (error) {
    // The server may be restarting: the buses drive on by the timetable that they have.
    log(world.atMs, `timetable not read: ${String(error)}`)
  }
}

/** The city makes its own weather, and its depot has a thermometer; where the climate is not known, the product's temperature holds. */
async function followWeather(): Promise<void> {
  if (site?.monthlyTemperatureC === undefined) {
    world.temperatureC = (await api.temperatureC(siteId)) ?? world.temperatureC
    return
  }
  const measuredC = outdoorTemperatureC(site.monthlyTemperatureC, site.longitude, clock.now())
  if (measuredC === reportedC) return
  await api.reportTemperature(siteId, measuredC)
  reportedC = measuredC
  world.temperatureC = measuredC
}

function readBlocks(api: CityApi, nowMs: number): ReturnType<CityApi['blocks']> {
  return api.blocks(nowMs - 36 * HOUR_MS, nowMs + 36 * HOUR_MS)
}

async function untilAnswered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      log(clock.now(), `waiting for the server: ${String(error)}`)
      await new Promise((resolve) => {
        setTimeout(resolve, 2_000)
      })
    }
  }
}

function isProtocols(text: string): text is Protocols {
  return text === 'mixed' || text === 'ocpp1.6' || text === 'ocpp2.0.1'
}
