import { sql } from 'kysely'
import { foreseenDepartures, foreseenQuarters } from '../domain/plan-history.ts'
import type { PlanView } from '../domain/plan-view.ts'
import { arrayParameter } from './array-parameter.ts'
import type { Db, Tx } from './database.ts'

/** A departure that is closer than this may be missing from a plan because the vehicle is already on its way. */
const ALREADY_LEAVING_MS = 10 * 60_000

/**
 * Keeps what a plan foresees, in the transaction that stores it. Whatever the order in which plans come, the plan of the night is the first that was made after
 * noon (until there is one, the newest from before), and the last plan the newest that still had the
 * departure and was made before it was due, or held when the quarter hour began.
 */
export async function keepForeseen(tx: Tx, plan: PlanView, timeZone: string): Promise<void> {
  await keepDepartures(tx, plan, timeZone)
  await keepQuarters(tx, plan, timeZone)
}

/** Whether the new plan takes the place of `kept` as the plan of the night. */
const takesNight = (kept: string): ReturnType<typeof sql<boolean>> =>
  sql<boolean>`case when excluded.night_plan_at >= excluded.night_from
    then ${sql.raw(kept)}.night_plan_at < excluded.night_from or excluded.night_plan_at < ${sql.raw(kept)}.night_plan_at
    else ${sql.raw(kept)}.night_plan_at < excluded.night_from and excluded.night_plan_at > ${sql.raw(kept)}.night_plan_at end`

async function keepDepartures(tx: Tx, plan: PlanView, timeZone: string): Promise<void> {
  const { planId, siteId, createdAt } = plan
  const rows = foreseenDepartures(plan, timeZone)
  const night = takesNight('p')
  // Once it is due, a plan only says that the vehicle is still there and will leave in some minutes.
  const last = sql<boolean>`excluded.last_plan_at >= p.last_plan_at and excluded.last_plan_at < p.depart_at`
  const iso = (at: Date | null): string | null => at?.toISOString() ?? null
  await sql`insert into planned_departure as p (site_id, date, block_id, vehicle_id, depart_at, need_soc_percent, night_from, night_plan_id, night_plan_at,
      night_vehicle_id, night_energy_wh, night_soc_percent, night_ready_at, last_plan_id, last_plan_at, last_soc_percent, last_ready_at, last_short_wh)
    select ${siteId}::text, r.date, r.block_id, r.vehicle_id, r.depart_at, r.need, r.night_from, ${planId}::int, ${createdAt}::timestamptz, r.vehicle_id,
      r.energy_wh, r.soc, r.ready_at, ${planId}::int, ${createdAt}::timestamptz, r.soc, r.ready_at, r.short_wh
    from unnest(${arrayParameter(rows.map((row) => row.date))}::date[], ${arrayParameter(rows.map((row) => row.blockId))}::text[],
      ${arrayParameter(rows.map((row) => row.vehicleId))}::text[], ${arrayParameter(rows.map((row) => iso(row.departAt)))}::timestamptz[],
      ${arrayParameter(rows.map((row) => row.needSocPercent))}::real[], ${arrayParameter(rows.map((row) => iso(row.nightFrom)))}::timestamptz[],
      ${arrayParameter(rows.map((row) => row.energyWh))}::int[], ${arrayParameter(rows.map((row) => row.socPercent))}::real[],
      ${arrayParameter(rows.map((row) => iso(row.readyAt)))}::timestamptz[], ${arrayParameter(rows.map((row) => row.shortWh))}::int[])
      as r(date, block_id, vehicle_id, depart_at, need, night_from, energy_wh, soc, ready_at, short_wh)
    where r.depart_at > ${createdAt}::timestamptz
    on conflict (site_id, date, block_id) do update set
      vehicle_id = case when ${last} then excluded.vehicle_id else p.vehicle_id end,
      depart_at = case when ${last} then excluded.depart_at else p.depart_at end,
      need_soc_percent = case when ${last} then excluded.need_soc_percent else p.need_soc_percent end,
      night_plan_id = case when ${night} then excluded.night_plan_id else p.night_plan_id end,
      night_plan_at = case when ${night} then excluded.night_plan_at else p.night_plan_at end,
      night_vehicle_id = case when ${night} then excluded.night_vehicle_id else p.night_vehicle_id end,
      night_energy_wh = case when ${night} then excluded.night_energy_wh else p.night_energy_wh end,
      night_soc_percent = case when ${night} then excluded.night_soc_percent else p.night_soc_percent end,
      night_ready_at = case when ${night} then excluded.night_ready_at else p.night_ready_at end,
      last_plan_id = case when ${last} then excluded.last_plan_id else p.last_plan_id end,
      last_plan_at = case when ${last} then excluded.last_plan_at else p.last_plan_at end,
      last_soc_percent = case when ${last} then excluded.last_soc_percent else p.last_soc_percent end,
      last_ready_at = case when ${last} then excluded.last_ready_at else p.last_ready_at end,
      last_short_wh = case when ${last} then excluded.last_short_wh else p.last_short_wh end,
      dropped_at = case when ${last} then null else p.dropped_at end`.execute(tx)
  const endAt = new Date(plan.startAt.getTime() + plan.slots * plan.slotMinutes * 60_000)
  await sql`update planned_departure set dropped_at = ${createdAt}::timestamptz
    where site_id = ${siteId}::text and depart_at > ${new Date(createdAt.getTime() + ALREADY_LEAVING_MS)}::timestamptz and depart_at < ${endAt}::timestamptz
      and last_plan_at <= ${createdAt}::timestamptz and last_plan_id <> ${planId}::int and dropped_at is null`.execute(
    tx,
  )
}

async function keepQuarters(tx: Tx, plan: PlanView, timeZone: string): Promise<void> {
  const { siteId, createdAt } = plan
  const rows = foreseenQuarters(plan, timeZone)
  const night = takesNight('p')
  // A plan that was made within the quarter did not hold when it began.
  const last = sql<boolean>`excluded.last_plan_at > p.last_plan_at and (excluded.last_plan_at <= excluded.start_at or p.last_plan_at > p.start_at)`
  await sql`insert into planned_quarter as p (site_id, start_at, night_from, night_plan_at, night_import_w, night_base_load_w, night_price_micro_eur_per_kwh,
      last_plan_at, last_import_w, last_base_load_w, last_limit_w, last_price_micro_eur_per_kwh)
    select ${siteId}::text, r.start_at, r.night_from, ${createdAt}::timestamptz, r.import_w, r.base_w, r.price, ${createdAt}::timestamptz, r.import_w, r.base_w,
      r.limit_w, r.price
    from unnest(${arrayParameter(rows.map((row) => row.startAt.toISOString()))}::timestamptz[],
      ${arrayParameter(rows.map((row) => row.nightFrom.toISOString()))}::timestamptz[], ${arrayParameter(rows.map((row) => row.importW))}::int[],
      ${arrayParameter(rows.map((row) => row.baseLoadW))}::int[], ${arrayParameter(rows.map((row) => row.limitW))}::int[],
      ${arrayParameter(rows.map((row) => row.priceMicroEurPerKwh))}::int[]) as r(start_at, night_from, import_w, base_w, limit_w, price)
    on conflict (site_id, start_at) do update set
      night_plan_at = case when ${night} then excluded.night_plan_at else p.night_plan_at end,
      night_import_w = case when ${night} then excluded.night_import_w else p.night_import_w end,
      night_base_load_w = case when ${night} then excluded.night_base_load_w else p.night_base_load_w end,
      night_price_micro_eur_per_kwh = case when ${night} then excluded.night_price_micro_eur_per_kwh else p.night_price_micro_eur_per_kwh end,
      last_plan_at = case when ${last} then excluded.last_plan_at else p.last_plan_at end,
      last_import_w = case when ${last} then excluded.last_import_w else p.last_import_w end,
      last_base_load_w = case when ${last} then excluded.last_base_load_w else p.last_base_load_w end,
      last_limit_w = case when ${last} then excluded.last_limit_w else p.last_limit_w end,
      last_price_micro_eur_per_kwh = case when ${last} then excluded.last_price_micro_eur_per_kwh else p.last_price_micro_eur_per_kwh end
    where ${night} or ${last}`.execute(tx)
}

/** Forgets what plans foresaw before `before`. */
export async function forgetForeseen(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('planned_departure').where('depart_at', '<', before).execute()
  await db.deleteFrom('planned_quarter').where('start_at', '<', before).execute()
}
