import type { z } from '@hono/zod-openapi'
import { expect } from 'vitest'
import type { Db } from '../../db/database.ts'
import { storeFleet } from '../../db/fleet.ts'
import { storePlan } from '../../db/plans.ts'
import type { Command, CommandOutcome } from '../../domain/command.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import type { StoredPlan } from '../../domain/stored-plan.ts'
import { createApp } from '../../fleet-api/app.ts'
import type { Api, AppOptions } from '../../fleet-api/context.ts'
import { emptyDatabase } from '../support/database.ts'

export const KEY = 'a-key-for-tests'
/** 22:00 in Sofia. */
export const EVENING = new Date('2026-11-23T20:00:00Z')

export interface TestApi {
  db: Db
  app: Api
  clock: { now: Date }
  /** What stations were asked, and what they answer. */
  station: { asked: { stationId: string; command: Command }[]; answer: CommandOutcome }
  /** What the log was told. */
  lines: { level: string; fields: object; message: string }[]
  get(path: string): Promise<Response>
  send(method: string, path: string, body?: unknown): Promise<Response>
}

/** An answer's body, which must be what the document says it is: nothing missing, nothing more. */
export async function body<Schema extends z.ZodType>(
  answer: Response | Promise<Response>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await answer
  expect(response.status).toBe(200)
  const told = await response.json()
  const documented = schema.parse(told)
  expect(told).toEqual(documented)
  return documented
}

/** The API over an empty database, with a clock that stands still, called with the key unless `options.access` says otherwise. */
export async function emptyApi(options: Partial<AppOptions> = {}): Promise<TestApi> {
  const db = await emptyDatabase()
  const clock = { now: EVENING }
  const station: TestApi['station'] = {
    asked: [],
    answer: { outcome: 'answered', accepted: true, status: 'Accepted', response: { status: 'Accepted' } },
  }
  const lines: TestApi['lines'] = []
  const writer = (level: string) => (fields: object, message: string) => void lines.push({ level, fields, message })
  const app = createApp({
    db,
    gateway: {
      send(stationId, command) {
        station.asked.push({ stationId, command })
        return Promise.resolve(station.answer)
      },
    },
    now: () => clock.now,
    log: { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') },
    access: { adminKey: KEY, open: false },
    clock: { speed: 1, demo: false },
    outbound: { allowPrivate: true },
    version: '0.0.0-test',
    livePollMs: 20,
    feedKeptMs: 0,
    ...options,
  })
  const headers = { Authorization: `Bearer ${KEY}` }
  return {
    db,
    app,
    clock,
    station,
    lines,
    get: async (path) => app.request(path, { headers }),
    send: async (method, path, body) =>
      app.request(path, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}

/** The API over a depot with two stations, three buses, their blocks of two days, and a current plan. */
export async function depotApi(options: Partial<AppOptions> = {}): Promise<TestApi> {
  const api = await emptyApi(options)
  await storeFleet(api.db, fleet, new Date('2026-11-20T10:00:00Z'))
  await storeTimetableOfTwoDays(api.db)
  await storePlan(api.db, {
    ...nightPlan(),
    siteId: 'depot',
    createdAt: EVENING,
    causes: [{ kind: 'plugged', vehicleId: 'bus-1', stationId: 'CP-1', evseId: 1 }],
  })
  // What the imports asked for is not what a test looks at.
  await api.db.deleteFrom('replan_request').execute()
  return api
}

const fleet = fleetFile.parse({
  sites: [
    {
      id: 'depot',
      name: 'Depot',
      timeZone: 'Europe/Sofia',
      latitude: 42.02,
      longitude: 23.09,
      nodes: [
        { id: 'grid', parentId: null, limitKw: 300, baseLoadKw: 20 },
        { id: 'feeder-1', parentId: 'grid', limitKw: 150 },
      ],
      stations: [
        {
          id: 'CP1',
          label: 'Charger 1',
          nodeId: 'feeder-1',
          evses: [
            { evseId: 1, maxPowerKw: 75 },
            { evseId: 2, maxPowerKw: 75 },
          ],
        },
        { id: 'CP2', nodeId: 'feeder-1', evses: [{ evseId: 1, maxPowerKw: 150 }] },
      ],
      bays: [
        { id: 'A1', row: 0, column: 0, stationId: 'CP1', evseId: 1 },
        { id: 'A2', row: 0, column: 1, stationId: 'CP1', evseId: 2 },
      ],
    },
  ],
  vehicleTypes: [
    {
      id: 'solo',
      batteryCapacityKwh: 200,
      maxPowerKw: 150,
      taper: [
        [0, 150],
        [100, 20],
      ],
      consumptionKwhPerKm: [[10, 1.2]],
    },
  ],
  vehicles: [
    { id: 'bus-1', siteId: 'depot', typeId: 'solo', bayId: 'A1', tokens: [{ value: 'TAG-1' }] },
    { id: 'bus-2', siteId: 'depot', typeId: 'solo' },
    { id: 'bus-3', siteId: 'depot', typeId: 'solo' },
  ],
})

/** Blocks B1 (bus-1) 05:40 to 19:40 and B2 (bus-2) 06:00 to 23:00 local time, every day of 23 and 24 November; B3 belongs to nobody. */
async function storeTimetableOfTwoDays(db: Db): Promise<void> {
  await db
    .insertInto('feed')
    .values({
      id: 'f',
      file_name: 'f.zip',
      sha256: '0',
      imported_at: EVENING,
      time_zone: 'Europe/Sofia',
      start_date: null,
      end_date: null,
    })
    .execute()
  await db
    .insertInto('service_day')
    .values(['2026-11-23', '2026-11-24'].map((date) => ({ feed_id: 'f', service_id: 'daily', date })))
    .execute()
  await db
    .insertInto('route')
    .values({ feed_id: 'f', id: 'r', short_name: '7', long_name: null, type: 3, color: null, text_color: null })
    .execute()
  const trip = (id: string, block: string, from: number, to: number, kind = 'revenue') => ({
    feed_id: 'f',
    id,
    route_id: 'r',
    service_id: 'daily',
    block_id: block,
    headsign: 'Centre',
    direction_id: 0,
    shape_id: null,
    kind,
    distance_m: 60_000,
    distance_source: 'shape',
    start_s: from * 60,
    end_s: to * 60,
    start_stop_id: null,
    end_stop_id: null,
  })
  await db
    .insertInto('trip')
    .values([
      trip('t1', 'B1', 340, 700),
      trip('t2', 'B1', 710, 1180),
      trip('t3', 'B2', 360, 1380),
      trip('t4', 'B3', 400, 500),
    ])
    .execute()
  await db
    .insertInto('block_vehicle_rule')
    .values(
      ['1', '2'].map((n) => ({
        feed_id: 'f',
        service_id: 'daily',
        block_id: `B${n}`,
        date: null,
        vehicle_id: `bus-${n}`,
      })),
    )
    .execute()
}

/** 20:00Z to 04:00Z. bus-1 stands at CP1/1 until 03:40Z with 50 of 85 % and charges 40 kW from slot 4 to slot 13. */
export function nightPlan(): StoredPlan {
  const slots = 32
  const kw = Array.from({ length: slots }, (_, slot) => (slot >= 4 && slot < 14 ? 40 : 0))
  const importKw = kw.map((power) => power + 20)
  return {
    instance: {
      start: EVENING.toISOString(),
      slotMinutes: 15,
      slots,
      timeZone: 'Europe/Sofia',
      price: Array.from({ length: slots }, (_, slot) => (slot < 4 ? 0.15 : 0.08)),
      peak: { eurPerKw: 5, soFarKw: 100 },
      nodes: [
        { id: 'grid', parent: null, limitKw: 300, baseLoadKw: 20 },
        { id: 'feeder-1', parent: 'grid', limitKw: 150 },
      ],
      points: [{ id: 'CP1/1', node: 'feeder-1', maxKw: 75, efficiency: 0.95 }],
      vehicles: [
        {
          id: 'bus-1',
          capacityKwh: 200,
          energyKwh: 100,
          maxKw: 150,
          visits: [{ arrive: EVENING.toISOString(), depart: '2026-11-24T03:40:00Z', point: 'CP1/1', needSoc: 0.85 }],
        },
        { id: 'bus-2', capacityKwh: 200, energyKwh: 60, maxKw: 150, visits: [] },
      ],
    },
    result: {
      status: 'optimal',
      visits: [
        {
          vehicle: 'bus-1',
          visit: 0,
          point: 'CP1/1',
          kw,
          socAtArrive: 0.5,
          socAtDepart: 0.975,
          shortKwh: 0,
          shortCause: null,
          shortRemedy: null,
        },
      ],
      importKw,
      peakKw: 60,
      energyCostEur: 8,
      peakCostEur: 0,
      totalCostEur: 8,
      lowerBoundEur: 7.99,
      gap: 0.001,
      carbonKg: null,
      uncontrolled: { peakKw: 95, totalCostEur: 16, carbonKg: null, importKw: importKw.map(() => 50) },
      violations: [],
      explain: ['bus-1 waits for the cheap hours.'],
      solveMs: 12,
    },
    context: {
      visits: [
        {
          vehicleId: 'bus-1',
          visit: 0,
          stationId: 'CP1',
          evseId: 1,
          leavesFor: { blockId: 'B1', date: '2026-11-24' },
          assumptions: [],
        },
      ],
      unplanned: [],
      prices: { kind: 'zones', series: null, missingFrom: null, fallback: null },
      reservedW: Array.from({ length: slots }, () => 10_000),
    },
  }
}

/** Has a vehicle stand plugged in at EVSE 1 of a station. */
export async function plugIn({ db }: Pick<TestApi, 'db'>, vehicleId: string, stationId: string): Promise<void> {
  await db
    .updateTable('evse')
    .set({ vehicle_id: vehicleId, plugged_in: true })
    .where('station_id', '=', stationId)
    .where('evse_id', '=', 1)
    .execute()
}

/** Puts a charging session of EVSE 1 of a station (CP1, unless told) into the database and returns its number. */
export async function openSession(
  { db }: TestApi,
  session: { stationId?: string; vehicleId: string | null; startedAt?: Date; endedAt?: Date },
): Promise<number> {
  const count = await db
    .selectFrom('charging_session')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const { number } = await db
    .insertInto('charging_session')
    .values({
      station_id: session.stationId ?? 'CP1',
      evse_id: 1,
      connector_id: 1,
      transaction_id: `tx-${count.n}`,
      start_key: `key-${count.n}`,
      protocol: 'ocpp2.0.1',
      id_token: 'TAG-1',
      vehicle_id: session.vehicleId,
      authorization: 'accepted',
      started_at: session.startedAt ?? EVENING,
      started_received_at: session.startedAt ?? EVENING,
      ended_at: session.endedAt ?? null,
      ended_received_at: session.endedAt ?? null,
      meter_start_wh: 1000,
      meter_last_wh: null,
      meter_stop_wh: null,
      energy_wh: null,
      soc_start_percent: null,
      soc_percent: null,
      power_w: null,
      last_sample_at: null,
      charging_state: null,
      stop_reason: null,
      last_seq_no: null,
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}
