import {
  dueDeliveries,
  noteDelivery,
  pruneDeliveries,
  queueEvents,
  type DueDelivery,
} from '../../db/webhook-deliveries.ts'
import { disableWebhook } from '../../db/webhooks.ts'
import { signWebhook } from '../webhooks/sign.ts'
import type { FleetJobContext } from './fleet-job.ts'
import { nextAttempt } from './next-attempt.ts'
import { sendOut, type Sent } from './send-out.ts'
import { keptSentence } from '../../domain/sentences/kept-sentence.ts'

/** Of one webhook in one run, so that one with a long queue does not keep the others waiting. */
const EACH = 25
const TIMEOUT_MS = 10_000
const DELIVERED_KEPT_MS = 7 * 86_400_000
const DEAD_KEPT_MS = 30 * 86_400_000
const GONE = 410

/** Tells webhooks what has happened since: queues, sends, and tries again later what was not taken. Each webhook at its own pace, in order while it answers. */
export async function deliverWebhooks(context: FleetJobContext): Promise<void> {
  const { db, now } = context
  await queueEvents(db, now())
  const due = await dueDeliveries(db, now(), EACH)
  const queues = Map.groupBy(due, (delivery) => delivery.webhookId)
  await Promise.all([...queues.values()].map((queue) => deliverQueue(context, queue)))
}

/** Forgets deliveries that are long over. */
export async function pruneWebhookDeliveries({ db, now }: FleetJobContext): Promise<void> {
  const at = now().getTime()
  await pruneDeliveries(db, { delivered: new Date(at - DELIVERED_KEPT_MS), dead: new Date(at - DEAD_KEPT_MS) })
}

async function deliverQueue(context: FleetJobContext, queue: readonly DueDelivery[]): Promise<void> {
  for (const delivery of queue) {
    // The rest would fail alike; it stays due for the next run.
    if (!(await deliver(context, delivery))) return
  }
}

async function deliver({ db, now, log, outbound }: FleetJobContext, delivery: DueDelivery): Promise<boolean> {
  const { webhookId, eventId } = delivery
  const answer = await send(delivery, now(), outbound)
  const at = now()
  const attempts = delivery.attempts + 1
  await noteDelivery(db, {
    webhookId,
    eventId,
    at,
    responseStatus: answer.status,
    error: answer.error === null ? null : keptSentence(answer.error),
    nextAttemptAt: answer.error === null || answer.status === GONE ? null : nextAttempt(attempts, at),
  })
  if (answer.error === null) return true
  log.warn({ webhookId, eventId, attempts, status: answer.status, error: answer.error }, 'a webhook was not taken')
  if (answer.status === GONE)
    await disableWebhook(db, webhookId, 'The address answered 410 Gone: its owner wants nothing more.')
  return false
}

function send(
  { url, secret, eventId, body, webhookId }: DueDelivery,
  at: Date,
  outbound: FleetJobContext['outbound'],
): Promise<Sent> {
  const makeRequest = async (): Promise<Request> => {
    const signature = await signWebhook(secret, { id: `${webhookId}.${eventId}`, body, at })
    const headers = { 'content-type': 'application/json', 'user-agent': 'Zaryad-Webhooks/1', ...signature }
    return new Request(url, { method: 'POST', headers, body })
  }
  return sendOut(url, makeRequest, { outbound, timeoutMs: TIMEOUT_MS })
}
