import { sql, type Selectable } from 'kysely'
import type { JsonObject } from '../domain/command.ts'
import { duePeriods, type ReportEvery } from '../domain/report-period.ts'
import type { ReportSecret, ReportTarget } from '../domain/report-target.ts'
import { json, type Db } from './database.ts'
import type { ReportScheduleTable } from './tables/reports.ts'

export interface ReportSchedule {
  scheduleId: number
  name: string
  report: string
  parameters: JsonObject
  format: string
  lang: string
  every: ReportEvery
  atLocal: string
  timeZone: string
  target: ReportTarget
  enabled: boolean
  createdAt: Date
  updatedAt: Date
}

export type NewReportSchedule = Omit<ReportSchedule, 'scheduleId' | 'createdAt' | 'updatedAt'> & {
  secret: ReportSecret
}

const SHOWN = [
  'id',
  'name',
  'report',
  'parameters',
  'format',
  'lang',
  'every',
  'at_local',
  'time_zone',
  'target',
  'enabled',
  'created_at',
  'updated_at',
] as const

/** Schedules without their secrets, oldest first; all, or one. */
export async function reportSchedules(db: Db, scheduleId?: number): Promise<ReportSchedule[]> {
  const rows = await db
    .selectFrom('report_schedule')
    .select(SHOWN)
    .$if(scheduleId !== undefined, (query) => query.where('id', '=', scheduleId ?? 0))
    .orderBy('id')
    .execute()
  return rows.map(scheduleOf)
}

function scheduleOf(row: Pick<Selectable<ReportScheduleTable>, (typeof SHOWN)[number]>): ReportSchedule {
  return {
    scheduleId: row.id,
    name: row.name,
    report: row.report,
    parameters: row.parameters,
    format: row.format,
    lang: row.lang,
    every: row.every,
    atLocal: row.at_local,
    timeZone: row.time_zone,
    target: row.target as unknown as ReportTarget,
    enabled: row.enabled,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** Returns the schedule's number. */
export async function addReportSchedule(db: Db, schedule: NewReportSchedule, at: Date): Promise<number> {
  const { id } = await db
    .insertInto('report_schedule')
    .values({ ...columnsOf(schedule), created_at: at, updated_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Changes what is given; a new target comes with its secret. False: there is no such schedule. */
export async function changeReportSchedule(
  db: Db,
  scheduleId: number,
  schedule: Omit<NewReportSchedule, 'secret'> & { secret?: ReportSecret | undefined },
  at: Date,
): Promise<boolean> {
  const { secret, ...shown } = schedule
  const { secret: _none, ...columns } = columnsOf({ ...shown, secret: {} })
  const changed = await db
    .updateTable('report_schedule')
    .set({ ...columns, ...(secret === undefined ? {} : { secret: json(secret) }), updated_at: at })
    .where('id', '=', scheduleId)
    .executeTakeFirst()
  return Number(changed.numUpdatedRows) > 0
}

function columnsOf(schedule: NewReportSchedule) {
  return {
    name: schedule.name,
    report: schedule.report,
    parameters: json(schedule.parameters),
    format: schedule.format,
    lang: schedule.lang,
    every: schedule.every,
    at_local: schedule.atLocal,
    time_zone: schedule.timeZone,
    target: json(schedule.target),
    secret: json(schedule.secret),
    enabled: schedule.enabled,
  }
}

/** Takes it away with its history. False: there is no such schedule. */
export async function removeReportSchedule(db: Db, scheduleId: number): Promise<boolean> {
  const gone = await db.deleteFrom('report_schedule').where('id', '=', scheduleId).executeTakeFirst()
  return Number(gone.numDeletedRows) > 0
}

/** Periods that a schedule makes up for after an outage. */
const MOST_MISSED = 7

/** Queues the periods of all enabled schedules that became due since these were made; each period once. */
export async function queueReportDeliveries(db: Db, now: Date): Promise<void> {
  const schedules = (await reportSchedules(db)).filter((one) => one.enabled)
  const due = schedules.flatMap((one) =>
    duePeriods(one.every, one.atLocal, one.timeZone, now, MOST_MISSED)
      .filter((period) => period.dueAt >= one.createdAt)
      .map((period) => ({ scheduleId: one.scheduleId, ...period })),
  )
  if (due.length === 0) return
  await sql`insert into report_delivery (schedule_id, period_start, period_end, state, created_at, next_attempt_at)
    select s, b, e, 'pending', ${now}::timestamptz, ${now}::timestamptz
    from unnest(${due.map((one) => one.scheduleId)}::int[], ${due.map((one) => one.start)}::date[], ${due.map((one) => one.end)}::date[]) as r(s, b, e)
    order by b on conflict do nothing`.execute(db)
}

/**
 * Queues the period of a schedule that ended last to be sent now, again where it has been sent or given up. Returns its first day; null: there is no such schedule, or it is
 * paused.
 */
export async function queueReportNow(db: Db, scheduleId: number, now: Date): Promise<string | null> {
  const [schedule] = await reportSchedules(db, scheduleId)
  const [period] = schedule?.enabled === true ? duePeriods(schedule.every, '00:00', schedule.timeZone, now, 1) : []
  if (period === undefined) return null
  await sql`insert into report_delivery as d (schedule_id, period_start, period_end, state, created_at, next_attempt_at)
    values (${scheduleId}, ${period.start}::date, ${period.end}::date, 'pending', ${now}::timestamptz, ${now}::timestamptz)
    on conflict (schedule_id, period_start) do update set state = 'pending', attempts = 0, next_attempt_at = excluded.next_attempt_at, delivered_at = null, error = null
      where d.state <> 'sending'`.execute(db)
  return period.start
}

/** A delivery that was taken to be sent now, with everything that it takes. */
export interface TakenDelivery {
  schedule: ReportSchedule
  secret: ReportSecret
  periodStart: string
  periodEnd: string
  attempts: number
}

/** One that was taken and not finished within this time was lost with its process. */
const LOST_AFTER = '15 minutes'

/** Takes up to `most` due deliveries, so that no other process sends them too. */
export async function takeReportDeliveries(db: Db, now: Date, most: number): Promise<TakenDelivery[]> {
  const { rows } = await sql<
    Selectable<ReportScheduleTable> & { period_start: string; period_end: string; attempts: number }
  >`with due as (
      select d.schedule_id, d.period_start from report_delivery d join report_schedule s on s.id = d.schedule_id and s.enabled
      where (d.state = 'pending' and d.next_attempt_at <= ${now}::timestamptz)
        or (d.state = 'sending' and d.started_at < ${now}::timestamptz - interval '${sql.raw(LOST_AFTER)}')
      order by d.period_start, d.schedule_id limit ${sql.lit(most)} for update of d skip locked),
    taken as (
      update report_delivery d set state = 'sending', attempts = d.attempts + 1, started_at = ${now}::timestamptz
      from due where d.schedule_id = due.schedule_id and d.period_start = due.period_start
      returning d.schedule_id, d.period_start, d.period_end, d.attempts)
    select s.*, t.period_start, t.period_end, t.attempts from taken t join report_schedule s on s.id = t.schedule_id
    order by t.period_start, s.id`.execute(db)
  return rows.map((row) => ({
    schedule: scheduleOf(row),
    secret: row.secret as ReportSecret,
    periodStart: row.period_start,
    periodEnd: row.period_end,
    attempts: row.attempts,
  }))
}

/** What became of a delivery: gone through, to be tried again at `nextAttemptAt`, or given up. */
export async function noteReportDelivery(
  db: Db,
  result: {
    scheduleId: number
    periodStart: string
    at: Date
    location: string | null
    bytes: number | null
    error: string | null
    nextAttemptAt: Date | null
  },
): Promise<void> {
  const { error, nextAttemptAt, at } = result
  await db
    .updateTable('report_delivery')
    .set({
      state: error === null ? 'delivered' : nextAttemptAt === null ? 'failed' : 'pending',
      delivered_at: error === null ? at : null,
      next_attempt_at: error === null ? null : nextAttemptAt,
      location: result.location,
      bytes: result.bytes,
      error,
    })
    .where('schedule_id', '=', result.scheduleId)
    .where('period_start', '=', result.periodStart)
    .execute()
}

export interface ReportDelivery {
  periodStart: string
  periodEnd: string
  state: 'pending' | 'sending' | 'delivered' | 'failed'
  attempts: number
  createdAt: Date
  nextAttemptAt: Date | null
  deliveredAt: Date | null
  location: string | null
  bytes: number | null
  error: string | null
}

/** A schedule's deliveries, the latest period first; `before` is the period after which to go on. */
export function reportDeliveries(
  db: Db,
  filter: { scheduleId: number; before?: string | undefined; limit: number },
): Promise<ReportDelivery[]> {
  let query = db
    .selectFrom('report_delivery')
    .select([
      'period_start as periodStart',
      'period_end as periodEnd',
      'state',
      'attempts',
      'created_at as createdAt',
      'next_attempt_at as nextAttemptAt',
      'delivered_at as deliveredAt',
      'location',
      'bytes',
      'error',
    ])
    .where('schedule_id', '=', filter.scheduleId)
    .orderBy('period_start', 'desc')
    .limit(filter.limit)
  if (filter.before !== undefined) query = query.where('period_start', '<', filter.before)
  return query.execute()
}
