import { sql } from 'kysely'
import type { AlertDraft } from '../domain/alert.ts'
import { syncAlerts } from './alerts.ts'
import { json, type Db } from './database.ts'
import { wordsForAll, wordsOf } from '../domain/sentences/kept-sentence.ts'

/** How the source of positions fares that a job reads. */
export interface PositionSourceState {
  askedAt: string
  /** The newest answer that could be read and was not stale. */
  lastGoodAt: string | null
  /** What went wrong at the last look, as a kept sentence; null: nothing. */
  error: string | null
  /** Looks that failed since the last good one. */
  failures: number
}

/** After this many failed looks one after the other a source is down. */
export const DOWN_AFTER_FAILURES = 3

/** null: no source was ever asked. */
export async function positionSource(db: Db): Promise<PositionSourceState | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'positionSource').executeTakeFirst()
  return (row?.value ?? null) as PositionSourceState | null
}

/** Keeps how a look went, and raises or clears the alert that the source is down. */
export async function notePositionSource(db: Db, state: PositionSourceState, at: Date): Promise<void> {
  await sql`insert into setting (name, value) values ('positionSource', ${json(state)}::jsonb)
    on conflict (name) do update set value = excluded.value`.execute(db)
  if (state.failures !== 0 && state.failures !== DOWN_AFTER_FAILURES) return
  await syncAlerts(db, { siteId: null, kinds: ['positionsDown'] }, state.failures === 0 ? [] : [downAlert(state)], at)
}

function downAlert({ error, lastGoodAt }: PositionSourceState): AlertDraft {
  return {
    key: 'positionsDown',
    siteId: null,
    kind: 'positionsDown',
    severity: 'look',
    sentence: 'The feed that tells where buses are does not come.',
    cause: error === null ? 'It does not answer.' : wordsOf(error, 'en'),
    remedy: 'Boards say that there are no live data. Look at the system that sends the feed, and at GTFS_RT_URL.',
    parameters: { error: error === null ? null : wordsForAll(error), lastGoodAt },
  }
}

export interface ToldDelay {
  vehicleId: string
  at: Date
  /** Positive is late. */
  delaySeconds: number
}

/** Keeps what others say of vehicles' delays, where it is newer than what is known. */
export async function storeDelays(db: Db, delays: readonly ToldDelay[]): Promise<void> {
  if (delays.length === 0) return
  await sql`update vehicle v set delay_seconds = r.delay, delay_at = r.at
    from (select distinct on (id) id, delay, at from unnest(${delays.map((one) => one.vehicleId)}::text[], ${delays.map((one) => one.delaySeconds)}::integer[],
      ${delays.map((one) => one.at.toISOString())}::timestamptz[]) as u(id, delay, at) order by id, at desc) r
    where v.id = r.id and (v.delay_at is null or v.delay_at < r.at)`.execute(db)
}

/** Our vehicles by every name that another system may know them by: id, then label. */
export async function vehicleNames(db: Db): Promise<Map<string, string>> {
  const rows = await db.selectFrom('vehicle').select(['id', 'label']).orderBy('id', 'desc').execute()
  return new Map([...rows.map((row) => [row.label, row.id] as const), ...rows.map((row) => [row.id, row.id] as const)])
}
