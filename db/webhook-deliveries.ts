import { sql } from 'kysely'
import type { Db } from './database.ts'
import { liveHorizon } from './live-changes.ts'

/** One event for one webhook, and what became of it. */
export interface WebhookDelivery {
  eventId: number
  eventType: string
  status: 'pending' | 'delivered' | 'dead'
  attempts: number
  createdAt: Date
  /** null: not tried any more. */
  nextAttemptAt: Date | null
  attemptedAt: Date | null
  deliveredAt: Date | null
  /** HTTP status of the last answer; null: none came. */
  responseStatus: number | null
  error: string | null
}

/** A delivery that is due, with what is needed to send it. */
export interface DueDelivery {
  webhookId: string
  url: string
  secret: string
  eventId: number
  body: string
  attempts: number
}

/**
 * Queues what has happened since the last look for every active webhook that wants it. By change number and horizon, like the
 * live stream, so that an event whose transaction committed late is not lost, and by primary key, so that none is queued twice.
 */
export async function queueEvents(db: Db, at: Date): Promise<number> {
  const horizon = await liveHorizon(db)
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ n: number }>`with queued as (
        insert into webhook_delivery (webhook_id, event_id, event_type, body, created_at, next_attempt_at)
        select w.id, e.id, e.type, jsonb_build_object('eventId', e.id, 'type', e.type, 'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
          'siteId', e.site_id, 'stationId', e.station_id, 'vehicleId', e.vehicle_id, 'details', e.details)::text, ${at}, ${at}
        from webhook w join event e on e.change_seq >= w.seen_seq
        where w.active and (w.events = '{}' or e.type = any(w.events)) and (w.site_id is null or e.site_id is null or e.site_id = w.site_id)
          and e.id > w.since_event_id
        on conflict do nothing returning 1)
      select count(*)::int as n from queued`.execute(tx)
    await tx.updateTable('webhook').set({ seen_seq: horizon }).where('active', '=', true).execute()
    return rows[0]?.n ?? 0
  })
}

/** Queues one event of its own for a webhook: the test that a person asks for. Its number is negative, so that it is no event of ours. */
export async function queueTest(db: Db, webhookId: string, at: Date): Promise<number> {
  const { rows } = await sql<{
    event_id: number
  }>`insert into webhook_delivery (webhook_id, event_id, event_type, body, created_at, next_attempt_at)
    select ${webhookId}, n.id, 'test', jsonb_build_object('eventId', n.id, 'type', 'test', 'at', ${at.toISOString()}::text, 'siteId', null, 'stationId', null,
      'vehicleId', null, 'details', jsonb_build_object())::text, ${at}, ${at}
    from (select least(0, coalesce(min(event_id), 0)) - 1 as id from webhook_delivery where webhook_id = ${webhookId}) n
    returning event_id`.execute(db)
  return Number(rows[0]?.event_id ?? 0)
}

/** Deliveries that are due, at most `each` of one webhook, oldest first within it. */
export async function dueDeliveries(db: Db, at: Date, each: number): Promise<DueDelivery[]> {
  const { rows } =
    await sql<DueDelivery>`select w.id as "webhookId", w.url, w.secret, d.event_id as "eventId", d.body, d.attempts
    from webhook w cross join lateral (
      select event_id, body, attempts from webhook_delivery
      where webhook_id = w.id and status = 'pending' and next_attempt_at <= ${at} order by next_attempt_at, event_id limit ${each}) d
    where w.active order by w.id, d.event_id`.execute(db)
  return rows.map((row) => ({ ...row, eventId: Number(row.eventId) }))
}

export interface DeliveryOutcome {
  webhookId: string
  eventId: number
  at: Date
  responseStatus: number | null
  /** null: delivered. */
  error: string | null
  /** When to try again; null with an error: given up. */
  nextAttemptAt: Date | null
}

/** Writes down what came of an attempt. */
export async function noteDelivery(db: Db, outcome: DeliveryOutcome): Promise<void> {
  const { webhookId, eventId, at, responseStatus, error, nextAttemptAt } = outcome
  const delivered = error === null
  await db
    .updateTable('webhook_delivery')
    .set((eb) => ({
      status: delivered ? 'delivered' : nextAttemptAt === null ? 'dead' : 'pending',
      attempts: eb('attempts', '+', 1),
      attempted_at: at,
      delivered_at: delivered ? at : null,
      next_attempt_at: delivered ? null : nextAttemptAt,
      response_status: responseStatus,
      error,
    }))
    .where('webhook_id', '=', webhookId)
    .where('event_id', '=', eventId)
    .execute()
}

/** A webhook's deliveries, the newest event first; with `status` only those. */
export async function webhookDeliveries(
  db: Db,
  filter: {
    webhookId: string
    status?: WebhookDelivery['status'] | undefined
    before?: number | undefined
    limit: number
  },
): Promise<WebhookDelivery[]> {
  let query = db
    .selectFrom('webhook_delivery')
    .select([
      'event_id as eventId',
      'event_type as eventType',
      'status',
      'attempts',
      'created_at as createdAt',
      'next_attempt_at as nextAttemptAt',
      'attempted_at as attemptedAt',
      'delivered_at as deliveredAt',
      'response_status as responseStatus',
      'error',
    ])
    .where('webhook_id', '=', filter.webhookId)
    .orderBy('event_id', 'desc')
    .limit(filter.limit)
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  if (filter.before !== undefined) query = query.where('event_id', '<', filter.before)
  return (await query.execute()).map((row) => ({ ...row, eventId: Number(row.eventId) }))
}

/** Puts deliveries that were given up back in the queue: one, or with `eventId` undefined all. Returns how many. */
export async function retryDeliveries(
  db: Db,
  webhookId: string,
  eventId: number | undefined,
  at: Date,
): Promise<number> {
  const result = await db
    .updateTable('webhook_delivery')
    .set({ status: 'pending', attempts: 0, next_attempt_at: at })
    .where('webhook_id', '=', webhookId)
    .where('status', '=', 'dead')
    .$if(eventId !== undefined, (query) => query.where('event_id', '=', eventId ?? 0))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Forgets deliveries that nobody will ask about any more. */
export async function pruneDeliveries(db: Db, before: { delivered: Date; dead: Date }): Promise<number> {
  const result = await db
    .deleteFrom('webhook_delivery')
    .where((eb) =>
      eb.or([
        eb.and([eb('status', '=', 'delivered'), eb('delivered_at', '<', before.delivered)]),
        eb.and([eb('status', '=', 'dead'), eb('attempted_at', '<', before.dead)]),
      ]),
    )
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}
