import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** How the installation is doing, counted in the database: for monitoring. */
export interface OperatingFigures {
  stations: { protocol: string; registration: string; connected: boolean; count: number }[]
  openSessions: number
  /** What the chargers of each site draw, as their meters last said within five minutes. */
  sites: { siteId: string; chargingW: number; limitW: number }[]
  alerts: { kind: string; severity: string; count: number }[]
  /** Wanted states that stations have not confirmed. */
  unconfirmedStates: number
  vehicles: { known: number; soc: number; position: number }
  plans: { siteId: string; createdAt: Date; gap: number | null }[]
  jobs: { job: string; finishedAt: Date | null; failed: boolean }[]
  webhooks: { pending: number; dead: number }
}

const FRESH_MS = 5 * 60_000

/** One look at everything, in a handful of short queries. */
export async function operatingFigures(db: Db, now: Date): Promise<OperatingFigures> {
  const fresh = new Date(now.getTime() - FRESH_MS)
  const { rows: stations } = await sql<OperatingFigures['stations'][number]>`
    select coalesce(protocol, 'unknown') as protocol, registration, connected, count(*)::int as count from station group by 1, 2, 3`.execute(
    db,
  )
  const { rows: sites } = await sql<OperatingFigures['sites'][number]>`
    select s.id as "siteId", coalesce(n.limit_w, 0)::float8 as "limitW",
      coalesce((select sum(e.power_w) from evse e join station t on t.id = e.station_id where t.site_id = s.id and e.power_at >= ${fresh}), 0)::float8 as "chargingW"
    from site s left join limit_node n on n.site_id = s.id and n.parent_id is null`.execute(db)
  const { rows: alerts } = await sql<OperatingFigures['alerts'][number]>`
    select kind, severity, count(*)::int as count from alert where cleared_at is null group by 1, 2`.execute(db)
  const { rows: plans } = await sql<OperatingFigures['plans'][number]>`
    select site_id as "siteId", created_at as "createdAt", gap from plan where current`.execute(db)
  const { rows: jobs } = await sql<OperatingFigures['jobs'][number]>`
    select job, finished_at as "finishedAt", error is not null as failed from job_run`.execute(db)
  const { rows: counts } = await sql<{
    open_sessions: number
    unconfirmed: number
    vehicles: number
    soc: number
    position: number
    pending: number
    dead: number
  }>`select (select count(*)::int from charging_session where ended_at is null and not orphan) as open_sessions,
      (select count(*)::int from desired_state where confirmed_version is distinct from version) as unconfirmed,
      v.vehicles, v.soc, v.position, d.pending, d.dead
    from (select count(*)::int as vehicles, count(*) filter (where soc_at >= ${fresh})::int as soc,
        count(*) filter (where position_at >= ${fresh})::int as position from vehicle) v,
      (select count(*) filter (where status = 'pending')::int as pending, count(*) filter (where status = 'dead')::int as dead
        from webhook_delivery where status <> 'delivered') d`.execute(db)
  const one = counts[0]
  return {
    stations,
    sites,
    alerts,
    plans,
    jobs,
    openSessions: one?.open_sessions ?? 0,
    unconfirmedStates: one?.unconfirmed ?? 0,
    vehicles: { known: one?.vehicles ?? 0, soc: one?.soc ?? 0, position: one?.position ?? 0 },
    webhooks: { pending: one?.pending ?? 0, dead: one?.dead ?? 0 },
  }
}
