import { z } from '@hono/zod-openapi'
import { EVENT_TYPES } from '../../domain/event.ts'
import { leftOut } from '../../domain/left-out.ts'
import { instant, siteId } from './common.ts'

const eventType = z.enum(EVENT_TYPES)

export const webhookId = z.string().min(1).max(64).openapi({ example: 'wh_6f1c0f6e' })

export const webhook = z
  .object({
    webhookId: z.string(),
    url: z.string(),
    label: z.string().nullable(),
    events: z.array(eventType).describe('Which types it is told; empty: every type.'),
    siteId: z.string().nullable().describe('Only what happens at this site; null: at every site.'),
    active: z.boolean(),
    disabledReason: z.string().nullable().describe('Why it was switched off, when nobody did it by hand.'),
    createdAt: instant,
    pending: z.int().describe('Deliveries that wait.'),
    dead: z.int().describe('Deliveries that were given up.'),
  })
  .openapi('Webhook', {
    example: {
      webhookId: 'wh_6f1c0f6e',
      url: 'https://dispatch.example.org/zaryad',
      label: 'Dispatch',
      events: ['alertRaised', 'sessionEnded'],
      siteId: null,
      active: true,
      disabledReason: null,
      createdAt: '2026-11-23T19:42:00.000Z',
      pending: 0,
      dead: 0,
    },
  })

/** The answer that shows a secret, once. */
export const webhookWithSecret = webhook
  .extend({ secret: z.string().describe('Signs every message. It is not shown again.') })
  .openapi('WebhookWithSecret', {
    example: {
      webhookId: 'wh_6f1c0f6e',
      url: 'https://dispatch.example.org/zaryad',
      label: 'Dispatch',
      events: ['alertRaised', 'sessionEnded'],
      siteId: null,
      active: true,
      disabledReason: null,
      createdAt: '2026-11-23T19:42:00.000Z',
      pending: 0,
      dead: 0,
      secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    },
  })

const url = z.string().min(1).max(2000)
const label = z.string().max(120)
const events = z.array(eventType).max(EVENT_TYPES.length)

export const webhookDraft = z
  .strictObject({ url, label: leftOut(label.nullable()), events: leftOut(events), siteId: leftOut(siteId.nullable()) })
  .openapi('WebhookDraft', {
    example: { url: 'https://dispatch.example.org/zaryad', label: 'Dispatch', events: ['alertRaised', 'sessionEnded'] },
  })

export const webhookChange = z
  .strictObject({
    url: leftOut(url),
    label: leftOut(label.nullable()),
    events: leftOut(events),
    active: leftOut(z.boolean()),
    newSecret: leftOut(z.literal(true)).describe(
      'Makes a new secret, which the answer shows; the old one ends at once.',
    ),
  })
  .openapi('WebhookChange', { example: { active: false } })

export const webhookDelivery = z
  .object({
    eventId: z.int().describe('Negative: a test message.'),
    eventType: z.string(),
    status: z
      .enum(['pending', 'delivered', 'dead'])
      .describe('`dead`: given up after 11 attempts over three days, or answered 410.'),
    attempts: z.int(),
    createdAt: instant,
    nextAttemptAt: instant.nullable(),
    attemptedAt: instant.nullable(),
    deliveredAt: instant.nullable(),
    responseStatus: z.int().nullable(),
    error: z
      .string()
      .nullable()
      .describe('Why the last try failed, in the language that is asked for; null: it did not.'),
  })
  .openapi('WebhookDelivery', {
    example: {
      eventId: 4711,
      eventType: 'alertRaised',
      status: 'dead',
      attempts: 11,
      createdAt: '2026-11-20T19:42:00.000Z',
      nextAttemptAt: null,
      attemptedAt: '2026-11-23T21:05:00.000Z',
      deliveredAt: null,
      responseStatus: 500,
      error: 'The address answered 500.',
    },
  })
