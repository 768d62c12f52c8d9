import { sql } from 'kysely'
import type { EventType } from '../domain/event.ts'
import type { Db } from './database.ts'
import { liveHorizon } from './live-changes.ts'

export interface Webhook {
  webhookId: string
  url: string
  label: string | null
  /** Empty: every type. */
  events: EventType[]
  /** null: every site. */
  siteId: string | null
  active: boolean
  /** Why it was switched off, when nobody did it by hand. */
  disabledReason: string | null
  createdAt: Date
  pending: number
  dead: number
}

/** All webhooks, oldest first, with how many deliveries wait and how many were given up. Never their secrets. */
export async function webhooks(db: Db, webhookId?: string): Promise<Webhook[]> {
  const { rows } = await sql<Webhook>`select id as "webhookId", url, label, events, site_id as "siteId", active,
      disabled_reason as "disabledReason", created_at as "createdAt", coalesce(d.pending, 0)::int as pending, coalesce(d.dead, 0)::int as dead
    from webhook w left join lateral (select count(*) filter (where status = 'pending') as pending, count(*) filter (where status = 'dead') as dead
      from webhook_delivery where webhook_id = w.id) d on true
    where ${webhookId ?? null}::text is null or w.id = ${webhookId ?? null}
    order by created_at, id`.execute(db)
  return rows
}

export interface WebhookDraft {
  id: string
  url: string
  label: string | null
  secret: string
  events: readonly EventType[]
  siteId: string | null
}

/** Enters a webhook; it is told what happens from now on. */
export async function addWebhook(db: Db, draft: WebhookDraft, at: Date): Promise<void> {
  const seen = await liveHorizon(db)
  const newest = await newestEvent(db)
  await db
    .insertInto('webhook')
    .values({
      id: draft.id,
      url: draft.url,
      label: draft.label,
      secret: draft.secret,
      events: [...draft.events],
      site_id: draft.siteId,
      created_at: at,
      seen_seq: seen,
      since_event_id: newest,
    })
    .execute()
}

export interface WebhookChange {
  url?: string
  label?: string | null
  secret?: string
  events?: readonly EventType[]
  active?: boolean
}

/** Changes what is given; what is left out stays. One that is switched on again is told what happens from then on. False: there is none. */
export async function changeWebhook(db: Db, webhookId: string, change: WebhookChange): Promise<boolean> {
  const seen = await liveHorizon(db)
  const newest = await newestEvent(db)
  const { events, active, ...plain } = change
  const result = await db
    .updateTable('webhook')
    .set((eb) => ({
      ...plain,
      ...(events === undefined ? {} : { events: [...events] }),
      ...(active === undefined
        ? {}
        : {
            active,
            disabled_reason: null,
            seen_seq: eb.case().when('active', '=', active).then(eb.ref('seen_seq')).else(seen).end(),
            since_event_id: eb.case().when('active', '=', active).then(eb.ref('since_event_id')).else(newest).end(),
          }),
      id: webhookId,
    }))
    .where('id', '=', webhookId)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** The horizon alone may lie long before now, while a transaction is open anywhere on the server. */
async function newestEvent(db: Db): Promise<number> {
  const row = await db
    .selectFrom('event')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return Number(row?.id ?? 0)
}

/** Switches a webhook off with its reason. What waits stays in the list. */
export async function disableWebhook(db: Db, webhookId: string, reason: string): Promise<void> {
  await db.updateTable('webhook').set({ active: false, disabled_reason: reason }).where('id', '=', webhookId).execute()
}

/** Takes a webhook out with all its deliveries. False: there is none. */
export async function removeWebhook(db: Db, webhookId: string): Promise<boolean> {
  const result = await db.deleteFrom('webhook').where('id', '=', webhookId).executeTakeFirst()
  return result.numDeletedRows > 0n
}
