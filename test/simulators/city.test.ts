import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FleetFile } from '../../domain/fleet-file.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import { createBus, soc } from '../../simulators/bus.ts'
import type { BusBlock } from '../../simulators/bus.ts'
import { serveControl } from '../../simulators/city-control.ts'
import { busSpecs, cityChargers } from '../../simulators/city-fleet.ts'
import { World } from '../../simulators/city-world.ts'
import { demoScript } from '../../simulators/incidents.ts'
import { startCentral } from './central.ts'
import type { TestCentral } from './central.ts'

const MIDNIGHT = Date.parse('2026-11-23T00:00:00Z')
const MINUTE = 60_000
const HOUR = 60 * MINUTE

let central: TestCentral

beforeEach(async () => {
  central = await startCentral({ now: () => MIDNIGHT })
})
afterEach(async () => {
  await central.close()
})

function smallFleet(): FleetFile {
  const evse = (evseId: number) => ({ evseId, maxPowerKw: 60, efficiency: 0.94 })
  const bay = (id: string, stationId: string, evseId: number) => ({ id, stationId, evseId })
  const vehicle = (n: number, bayId: string) => ({
    id: `bus-${n}`,
    siteId: 'depot',
    typeId: 'midi',
    bayId,
    tokens: [{ value: `CARD-${n}` }, { value: `0A000000000${n}`, type: 'MacAddress' }],
  })
  return fleetFile.parse({
    sites: [
      {
        id: 'depot',
        name: 'Depot',
        timeZone: 'Europe/Sofia',
        latitude: 42,
        longitude: 23,
        nodes: [{ id: 'site', parentId: null, limitKw: 200 }],
        stations: [
          { id: 'CP-1', nodeId: 'site', evses: [evse(1), evse(2)] },
          { id: 'CP-2', nodeId: 'site', evses: [evse(1), evse(2)] },
        ],
        bays: [bay('b1', 'CP-1', 1), bay('b2', 'CP-1', 2), bay('b3', 'CP-2', 1)],
      },
    ],
    vehicleTypes: [
      {
        id: 'midi',
        batteryCapacityKwh: 140,
        maxPowerKw: 60,
        taper: [
          [0, 60],
          [80, 60],
          [100, 9],
        ],
        consumptionKwhPerKm: [
          [-5, 0.9],
          [15, 0.6],
        ],
      },
    ],
    vehicles: [vehicle(1, 'b1'), vehicle(2, 'b2'), vehicle(3, 'b3')],
  })
}

/** Each bus drives 120 km from six to fourteen and 60 km from seventeen to twenty-one o'clock, every day. */
function timetable(): Map<string, BusBlock[]> {
  const blocks = (n: number): BusBlock[] =>
    [-1, 0, 1, 2].flatMap((day) => {
      const date = new Date(MIDNIGHT + day * 24 * HOUR).toISOString().slice(0, 10)
      const at = (hours: number): number => MIDNIGHT + (day * 24 + hours) * HOUR + n * 10 * MINUTE
      return [
        { blockId: `${n}-early`, date, startMs: at(6), endMs: at(14), distanceM: 120_000 },
        { blockId: `${n}-late`, date, startMs: at(17), endMs: at(21), distanceM: 60_000 },
      ]
    })
  return new Map([1, 2, 3].map((n) => [`bus-${n}`, blocks(n)]))
}

interface Report {
  vehicleId: string
  delaySeconds?: number
  socPercent?: number
}

function city(options: { startMs: number; seed?: number }) {
  const { startMs, seed = 1 } = options
  const reports: Report[] = []
  const log: string[] = []
  const fleet = smallFleet()
  const world = new World({
    buses: busSpecs(fleet).map(createBus),
    chargers: cityChargers(fleet, {
      url: central.url,
      protocols: 'mixed',
      seed,
      startMs,
      backOff: { firstMs: 1, maxMs: 10 },
      log: () => undefined,
    }),
    seed,
    startMs,
    report: (vehicleId, change) => void reports.push({ vehicleId, ...change }),
    log: (atMs, text) => void log.push(`${new Date(atMs).toISOString().slice(11, 16)} ${text}`),
  })
  world.setBlocks(timetable())
  world.settle()
  const run = async (untilMs: number, each?: () => void): Promise<void> => {
    while (world.atMs < untilMs) {
      world.advance(Math.min(untilMs, world.atMs + MINUTE))
      await Promise.all(world.chargers.map((one) => one.settled()))
      each?.()
    }
  }
  const letIn = async (): Promise<void> => {
    for (let tries = 0; !world.chargers.every((one) => one.registered) && tries < 2_000; tries += 1) {
      world.advance(world.atMs)
      await new Promise((resolve) => {
        setTimeout(resolve, 1)
      })
    }
    await Promise.all(world.chargers.map((one) => one.settled()))
  }
  const stop = (): void => {
    for (const charger of world.chargers) charger.stop()
  }
  return { world, reports, log, run, letIn, stop }
}

test('a day goes by: buses drive their blocks, come home, are plugged in with their own tokens, and leave again', async () => {
  const { world, log, run, letIn, stop } = city({ startMs: MIDNIGHT + 12 * HOUR })
  await letIn()
  await run(MIDNIGHT + 36 * HOUR)

  expect(log.filter((line) => line.includes('pulls out'))).toHaveLength(6)
  expect(log.filter((line) => line.includes('pulls in'))).toHaveLength(6)
  expect(central.violations).toEqual([])
  const tokens16 = central.of('StartTransaction').map((one) => one.idTag)
  expect(new Set(tokens16)).toEqual(new Set(['CARD-1', 'CARD-2']))
  expect(JSON.stringify(central.of('TransactionEvent'))).toContain('0A0000000003')
  expect(JSON.stringify(central.of('TransactionEvent'))).toContain('MacAddress')
  // Every bus came home after both blocks, and was charged each time.
  expect(central.of('StopTransaction').length).toBeGreaterThanOrEqual(4)
  for (const bus of world.buses) {
    expect(bus.driving).not.toBeNull()
    expect(soc(bus)).toBeGreaterThan(20)
    expect(soc(bus)).toBeLessThan(100)
  }
  stop()
})

test('the same seed gives the same day, another seed another', async () => {
  const trace = async (seed: number): Promise<string> => {
    const { world, log, reports, run, letIn, stop } = city({ startMs: MIDNIGHT + 20 * HOUR, seed })
    await letIn()
    const states: string[] = []
    await run(MIDNIGHT + 24 * HOUR, () => states.push(world.buses.map((bus) => soc(bus).toFixed(3)).join(' ')))
    stop()
    return JSON.stringify([log, reports, states])
  }
  const first = await trace(1)
  expect(await trace(1)).toBe(first)
  expect(await trace(2)).not.toBe(first)
})

test('started at noon, the buses are on the line with part of the charge gone; started at night, they are at their plugs', () => {
  const noon = city({ startMs: MIDNIGHT + 12 * HOUR })
  for (const bus of noon.world.buses) {
    expect(bus.driving?.block.blockId).toMatch(/early$/)
    expect(soc(bus)).toBeGreaterThan(25)
    expect(soc(bus)).toBeLessThan(75)
  }
  noon.stop()
  const night = city({ startMs: MIDNIGHT + 23 * HOUR })
  for (const bus of night.world.buses) {
    expect(bus.driving).toBeNull()
    expect(bus.plugged).toBe(true)
  }
  expect(night.reports.map((one) => one.vehicleId)).toEqual(['bus-1', 'bus-2', 'bus-3'])
  expect(night.reports.every((one) => one.socPercent !== undefined)).toBe(true)
  night.stop()
})

test('a late bus comes in later, and its lateness is passed on when it changes by more than two minutes', async () => {
  const { world, reports, run, letIn, stop } = city({ startMs: MIDNIGHT + 18 * HOUR })
  await letIn()
  await run(MIDNIGHT + 19 * HOUR)
  world.addFault({ kind: 'lateBus', vehicleId: 'bus-1', minutes: 25 })
  await run(MIDNIGHT + 20 * HOUR)
  const told = reports.filter((one) => one.vehicleId === 'bus-1').map((one) => one.delaySeconds ?? 0)
  expect(told.at(-1)).toBeGreaterThanOrEqual(1_500)
  await run(MIDNIGHT + 21 * HOUR + 34 * MINUTE)
  expect(world.bus('bus-1')?.driving).not.toBeNull()
  await run(MIDNIGHT + 21 * HOUR + 60 * MINUTE)
  expect(world.bus('bus-1')?.driving).toBeNull()
  expect(reports.findLast((one) => one.vehicleId === 'bus-1')).toMatchObject({ delaySeconds: 0 })
  stop()
})

test('a bus that nobody plugs in stays without the cable for as long as the fault lasts, counted from its pull-in', async () => {
  const { world, run, letIn, stop } = city({ startMs: MIDNIGHT + 20 * HOUR })
  await letIn()
  world.addFault({ kind: 'notPluggedIn', vehicleId: 'bus-2', minutes: 60 })
  let pulledInMs = 0
  let pluggedMs = 0
  await run(MIDNIGHT + 24 * HOUR, () => {
    const bus = world.bus('bus-2')
    if (pulledInMs === 0 && bus?.driving === null) pulledInMs = world.atMs
    if (pluggedMs === 0 && bus?.plugged === true) pluggedMs = world.atMs
  })
  expect(pluggedMs - pulledInMs).toBe(60 * MINUTE)
  expect(world.faults).toEqual([])
  stop()
})

test('a dead charger says so, gives nothing, and charges again when it is mended', async () => {
  const { world, run, letIn, stop } = city({ startMs: MIDNIGHT + 22 * HOUR })
  await letIn()
  await run(MIDNIGHT + 22 * HOUR + 10 * MINUTE)
  world.addFault({ kind: 'deadCharger', stationId: 'CP-1', minutes: 30 })
  await run(MIDNIGHT + 22 * HOUR + 15 * MINUTE)
  expect(central.of('StatusNotification').filter((one) => one.status === 'Faulted')).toHaveLength(2)
  const before = world.buses.map(soc)
  await run(MIDNIGHT + 22 * HOUR + 35 * MINUTE)
  expect(world.buses.slice(0, 2).map(soc)).toEqual(before.slice(0, 2))
  await run(MIDNIGHT + 22 * HOUR + 60 * MINUTE)
  expect(soc(world.buses[0] ?? never())).toBeGreaterThan(before[0] ?? 100)
  expect(central.violations).toEqual([])
  stop()
})

test('the demo’s script leaves one homecoming bus unplugged within the first two hours, and cuts a line at night', async () => {
  const startMs = MIDNIGHT + 20 * HOUR
  const { world, run, letIn, stop } = city({ startMs })
  await letIn()
  const script = demoScript({ seed: 1, startMs, timeZone: 'Europe/Sofia' })
  const seen: { kind: string; minute: number }[] = []
  await run(MIDNIGHT + 26 * HOUR, () => {
    for (const request of script(world)) {
      seen.push({ kind: request.kind, minute: (world.atMs - startMs) / MINUTE })
      world.addFault(request)
    }
  })
  expect(seen.map((one) => one.kind)).toContain('cutLine')
  expect(seen[0]?.kind).toBe('notPluggedIn')
  expect(seen[0]?.minute).toBeLessThanOrEqual(60)
  stop()
})

test('state and faults are served on 127.0.0.1', async () => {
  const { world, stop } = city({ startMs: MIDNIGHT + 23 * HOUR })
  const server = await serveControl(world, 0)
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = (body: unknown) => fetch(`${url}/faults`, { method: 'POST', body: JSON.stringify(body) })

  expect((await post({ kind: 'cutLine', stationId: 'CP-2', minutes: 10 })).status).toBe(201)
  expect((await post({ kind: 'cutLine', stationId: 'CP-9', minutes: 10 })).status).toBe(404)
  expect((await post({ kind: 'earthquake', minutes: 10 })).status).toBe(400)
  expect((await post({ kind: 'telemetrySilent', vehicleId: 'bus-1', minutes: 10 })).status).toBe(201)
  expect((await post({ kind: 'lowBattery', vehicleId: 'bus-2', socPercent: 9 })).status).toBe(201)
  expect(soc(world.bus('bus-2') ?? never())).toBeCloseTo(9)
  const state = (await (await fetch(`${url}/state`)).json()) as {
    faults: object[]
    buses: object[]
    stations: object[]
  }
  expect(state.faults).toMatchObject([
    { kind: 'cutLine', stationId: 'CP-2' },
    { kind: 'telemetrySilent', vehicleId: 'bus-1' },
    { kind: 'lowBattery', vehicleId: 'bus-2' },
  ])
  expect(state.buses).toHaveLength(3)
  expect(state.stations).toHaveLength(2)
  await fetch(`${url}/faults`, { method: 'DELETE' })
  expect(world.faults).toEqual([])
  server.close()
  server.closeAllConnections()
  stop()
})

function never(): never {
  throw new Error('no bus')
}

test('in Burgas every bus has a charger of its own, half of them older ones', () => {
  const path = new URL('../../examples/burgas/fleet.json', import.meta.url)
  const fleet = fleetFile.parse(JSON.parse(readFileSync(path, 'utf8')))
  const plugs = busSpecs(fleet).map((bus) => bus.plug?.stationId)
  expect(new Set(plugs).size).toBe(56)
  const chargers = cityChargers(fleet, {
    url: central.url,
    protocols: 'mixed',
    seed: 1,
    startMs: MIDNIGHT,
    log: () => undefined,
  })
  const protocols = Map.groupBy(chargers, (charger) => charger.dialect.protocol)
  expect([...protocols].map(([protocol, own]) => [protocol, own.length])).toEqual([
    ['ocpp1.6', 28],
    ['ocpp2.0.1', 28],
  ])
  for (const charger of chargers) charger.stop()
})
