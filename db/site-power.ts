import { sql } from 'kysely'
import { siteBaseLoad } from './site-base-load.ts'
import { SLOT_MS, slotStart } from '../domain/slots.ts'
import type { Db } from './database.ts'

export interface SitePowerSlot {
  startAt: Date
  /** Mean power of all chargers; null: not measured. */
  chargingW: number | null
  baseLoadW: number
  powerW: number | null
  complete: boolean
}

/**
 * What a site drew in each quarter hour that touches `[from, to)`, ascending and without gaps. A quarter without any reading is unknown, unless no
 * charging session touched it at all: then the chargers drew nothing. Before the site's first reading, and after `now`, nothing is known.
 */
export async function sitePowerHistory(
  db: Db,
  siteId: string,
  { from, to, now }: { from: Date; to: Date; now: Date },
): Promise<SitePowerSlot[]> {
  const first = slotStart(from)
  const baseLoadIn = await siteBaseLoad(db, siteId)
  const { rows } = await sql<{ start_at: Date; energy_wh: number; complete: boolean }>`
    select i.start_at, sum(i.energy_wh)::bigint as energy_wh, bool_and(i.complete) as complete
    from counted_interval i
    where i.site_id = ${siteId} and i.start_at >= ${first} and i.start_at < ${to} group by i.start_at`.execute(db)
  const measured = new Map(rows.map((row) => [row.start_at.getTime(), row]))
  const sessions = await db
    .selectFrom('charging_session')
    .innerJoin('station', 'station.id', 'charging_session.station_id')
    .select(['started_at', 'ended_at'])
    .where('station.site_id', '=', siteId)
    .where('orphan', '=', false)
    .where('started_at', '<', to)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', first)]))
    .execute()
  const spans = sessions.map((row) => [row.started_at.getTime(), row.ended_at?.getTime() ?? Infinity] as const)

  const begin = await db
    .selectFrom('energy_quarter')
    .select('start_at')
    .where('site_id', '=', siteId)
    .orderBy('start_at')
    .limit(1)
    .executeTakeFirst()
  const beganMs = begin?.start_at.getTime() ?? Infinity

  const slots: SitePowerSlot[] = []
  for (let startMs = first.getTime(); startMs < to.getTime(); startMs += SLOT_MS) {
    const row = measured.get(startMs)
    const charging = spans.some(([start, end]) => start < startMs + SLOT_MS && end > startMs)
    const unknown = charging || startMs < beganMs || startMs > now.getTime()
    const chargingW =
      row === undefined ? (unknown ? null : 0) : Math.round((Number(row.energy_wh) * 3_600_000) / SLOT_MS)
    const baseLoadW = baseLoadIn(new Date(startMs))
    slots.push({
      startAt: new Date(startMs),
      chargingW,
      baseLoadW,
      powerW: chargingW === null ? null : chargingW + baseLoadW,
      complete: row === undefined ? !unknown : row.complete,
    })
  }
  return slots
}
