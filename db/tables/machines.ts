import type { Generated } from 'kysely'

/** Tables of what other machines are told (migration 0009). */
export interface MachineTables {
  webhook: WebhookTable
  webhook_delivery: WebhookDeliveryTable
}

export interface WebhookTable {
  id: string
  url: string
  label: string | null
  /** `whsec_` and base64, as Standard Webhooks has it. Never read by anybody but the one who signs. */
  secret: string
  /** Empty: every type. */
  events: Generated<string[]>
  /** null: every site. */
  site_id: string | null
  active: Generated<boolean>
  disabled_reason: string | null
  created_at: Date
  /** Change number up to which events have been queued. */
  seen_seq: number
  /** The last event that it is not told of: the newest when it was entered or switched on. */
  since_event_id: number
}

export interface WebhookDeliveryTable {
  webhook_id: string
  event_id: number
  event_type: string
  /** JSON, as it is sent and signed. */
  body: string
  status: Generated<'pending' | 'delivered' | 'dead'>
  attempts: Generated<number>
  created_at: Date
  next_attempt_at: Date | null
  attempted_at: Date | null
  delivered_at: Date | null
  response_status: number | null
  error: string | null
}
