import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { assignBlock } from '../../db/blocks.ts'
import { appendEvent } from '../../db/events.ts'
import { storePlan } from '../../db/plans.ts'
import { createPlanReader } from '../../db/views/plan-reader.ts'
import { createVehicleReader } from '../../db/views/vehicle-reader.ts'
import { vehicleViews } from '../../db/views/vehicles.ts'
import { createWorkReader } from '../../db/views/work-reader.ts'
import { seededRandom } from '../../simulators/random.ts'
import { depotApi, EVENING, nightPlan, openSession, plugIn, type TestApi } from './api-depot.ts'

/** What may happen to a fleet, each with random circumstances. */
const happenings: Record<string, (api: TestApi, pick: <T>(of: readonly T[]) => T) => Promise<unknown>> = {
  reading: ({ db }, pick) =>
    db
      .updateTable('vehicle')
      .set({ soc_percent: pick([20, 45, 80]), soc_at: EVENING, soc_source: 'ocpp' })
      .where('id', '=', pick(BUSES))
      .execute(),
  delay: ({ db }, pick) =>
    db
      .updateTable('vehicle')
      .set({ delay_seconds: pick([null, 60, 900]), delay_at: EVENING })
      .where('id', '=', pick(BUSES))
      .execute(),
  outOfService: ({ db }, pick) =>
    db
      .updateTable('vehicle')
      .set({ in_service: pick([true, false]) })
      .where('id', '=', pick(BUSES))
      .execute(),
  atPlug: ({ db }, pick) =>
    db
      .updateTable('evse')
      .set({
        vehicle_id: pick([null, ...BUSES]),
        plugged_in: pick([null, true, false]),
        power_w: pick([null, 0, 40_000]),
        power_at: EVENING,
      })
      .where('station_id', '=', pick(['CP1', 'CP2']))
      .where('evse_id', '=', pick([1, 2]))
      .execute(),
  outOfOrder: ({ db }, pick) =>
    db
      .updateTable('evse')
      .set(pick([{ operative: true }, { operative: false }, { out_of_order_at: EVENING, out_of_order_reason: 'torn' }]))
      .where('station_id', '=', pick(['CP1', 'CP2']))
      .execute(),
  connector: ({ db }, pick) =>
    db
      .updateTable('connector')
      .set({ status: pick(['available', 'faulted', 'occupied']), error_code: pick([null, 'GroundFailure']) })
      .where('station_id', '=', pick(['CP1', 'CP2']))
      .execute(),
  line: ({ db }, pick) =>
    db
      .updateTable('station')
      .set(pick([{ connected: true }, { connected: false, disconnected_at: EVENING }]))
      .where('id', '=', pick(['CP1', 'CP2']))
      .execute(),
  session: (api, pick) => openSession(api, { stationId: pick(['CP1', 'CP2']), vehicleId: pick([null, ...BUSES]) }),
  sessionEnds: ({ db }, pick) =>
    db
      .updateTable('charging_session')
      .set({ ended_at: EVENING, energy_wh: 12_000 })
      .where('vehicle_id', '=', pick(BUSES))
      .execute(),
  profileRefused: ({ db }, pick) =>
    sql`insert into desired_state (station_id, item, wanted, version, wanted_at, attempts, outcome)
    values (${pick(['CP1', 'CP2'])}, 'txProfile:1', '{}', 1, ${EVENING}, 1, ${JSON.stringify({ status: pick(['Rejected', 'NotSupported']) })})
    on conflict (station_id, item) do update set outcome = excluded.outcome`.execute(db),
  type: ({ db }, pick) =>
    db
      .updateTable('vehicle_type')
      .set({ label: pick(['Solo', 'Twelve metres']), battery_capacity_wh: pick([200_000, 240_000]) })
      .execute(),
  weather: ({ db }, pick) =>
    db
      .updateTable('site')
      .set({ outdoor_temperature_c: pick([-5, 20]), outdoor_temperature_at: EVENING })
      .execute(),
  work: ({ db }, pick) =>
    assignBlock(db, {
      date: '2026-11-24',
      blockId: pick(['B1', 'B2', 'B3']),
      vehicleId: pick([null, ...BUSES]),
      source: 'manual',
      at: EVENING,
    }),
  plan: ({ db }) => storePlan(db, { ...nightPlan(), siteId: 'depot', createdAt: EVENING, causes: [{ kind: 'round' }] }),
  newBus: async ({ db }, pick) => {
    const { type_id, site_id } = await db.selectFrom('vehicle').select(['type_id', 'site_id']).executeTakeFirstOrThrow()
    await sql`insert into vehicle (id, label, site_id, type_id) values (${`bus-0${pick([1, 2, 3])}`}, 'New', ${site_id}, ${type_id})
      on conflict (id) do nothing`.execute(db)
  },
  oldBus: async ({ db }, pick) => {
    await db
      .deleteFrom('vehicle')
      .where('id', '=', `bus-0${pick([1, 2, 3])}`)
      .execute()
    await appendEvent(db, { type: 'fleetImported', at: EVENING, siteId: 'depot' })
  },
}
/** Two buses at sound plugs: whatever happens to these matters. */
async function standAndCharge(api: TestApi): Promise<void> {
  const { db } = api
  await db.updateTable('charging_session').set({ ended_at: EVENING }).where('ended_at', 'is', null).execute()
  await db.updateTable('station').set({ connected: true }).execute()
  await db.updateTable('connector').set({ status: 'occupied', error_code: null }).execute()
  await db.deleteFrom('desired_state').execute()
  await db.updateTable('vehicle').set({ soc_percent: 50, soc_at: EVENING, soc_source: 'ocpp' }).execute()
  await db
    .updateTable('evse')
    .set({ vehicle_id: null, plugged_in: false, operative: true, out_of_order_at: null, power_w: null })
    .execute()
  for (const [vehicleId, stationId] of [
    ['bus-1', 'CP1'],
    ['bus-2', 'CP2'],
  ] as const) {
    await plugIn(api, vehicleId, stationId)
    await openSession(api, { stationId, vehicleId })
  }
}

const BUSES = ['bus-1', 'bus-2', 'bus-3']

const fresh = async ({ db }: TestApi, now: Date): Promise<string[]> =>
  (await vehicleViews(db, { plans: createPlanReader(db), work: createWorkReader(db) }, {}, now)).map((view) =>
    JSON.stringify(view),
  )

function readerOf({ db }: TestApi) {
  return createVehicleReader(db, { plans: createPlanReader(db), work: createWorkReader(db) })
}

test('whatever happens to a fleet, what is kept of it is what the database says', async () => {
  const api = await depotApi()
  const reader = readerOf(api)
  const random = seededRandom('vehicle-reader')
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  let now = EVENING
  const seen = new Set<string>()
  // Cold days must matter.
  await sql`update vehicle_type set consumption = '[[-5, 1.8], [20, 1.1]]'`.execute(api.db)
  const check = async (what: string): Promise<void> => {
    const kept = (await reader.current(now)).map((one) => one.text)
    expect({ what, kept }).toEqual({ what, kept: await fresh(api, now) })
    for (const one of kept) seen.add(one)
  }
  await check('at first')
  for (const [what, happen] of Object.entries(happenings))
    for (let time = 0; time < 3; time += 1) {
      await standAndCharge(api)
      await check(`before ${what}`)
      await happen(api, pick)
      await check(what)
    }
  for (let round = 0; round < 60; round += 1) {
    const names = Array.from({ length: pick([1, 1, 2, 4]) }, () => pick(Object.keys(happenings)))
    for (const name of names) await happenings[name]?.(api, pick)
    if (random() < 0.15) now = new Date(now.getTime() + pick([30_000, 60_000, 3_600_000, -60_000]))
    await check(`round ${round}: ${names.join(', ')}`)
  }
  // Much has happened, or this shows nothing.
  expect(seen.size).toBeGreaterThan(50)
})

test('who asks while another is answered gets what was written in between', async () => {
  const api = await depotApi()
  const reader = readerOf(api)
  await reader.current(EVENING)
  const labels = async (asked: ReturnType<typeof reader.current>) => (await asked).map(({ view }) => view.label)
  for (let n = 0; n < 30; n += 1) {
    const early = reader.current(EVENING)
    await api.db
      .updateTable('vehicle')
      .set({ label: `name ${n}` })
      .where('id', '=', 'bus-2')
      .execute()
    const late = [labels(reader.current(EVENING)), labels(reader.current(EVENING))]
    for (const one of late) expect(await one).toContain(`name ${n}`)
    await early
  }
})

test('a list that was begun goes on after a vehicle that is gone, and a database that failed is asked again', async () => {
  const api = await depotApi()
  const first = (await (await api.get('/api/v1/vehicles?limit=2')).json()) as { items: object[]; next: string }
  expect(first.items).toMatchObject([{ vehicleId: 'bus-1' }, { vehicleId: 'bus-2' }])
  await sql`alter table vehicle_type rename to hidden_type`.execute(api.db)
  await api.db.updateTable('vehicle').set({ label: 'Third' }).where('id', '=', 'bus-3').execute()
  expect((await api.get('/api/v1/vehicles')).status).toBe(500)
  await sql`alter table hidden_type rename to vehicle_type`.execute(api.db)
  await sql`delete from block_vehicle_rule where vehicle_id = 'bus-2'`.execute(api.db)
  await sql`delete from vehicle where id = 'bus-2'`.execute(api.db)
  await appendEvent(api.db, { type: 'fleetImported', at: EVENING, siteId: 'depot' })
  const second = await (await api.get(`/api/v1/vehicles?limit=2&cursor=${first.next}`)).json()
  expect(second).toMatchObject({ items: [{ vehicleId: 'bus-3', label: 'Third' }], next: null })
})
