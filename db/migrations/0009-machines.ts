import { sql, type Kysely } from 'kysely'

/** What other machines are told: webhooks, and what became of each of their events. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `create table webhook (
     id text primary key, url text not null, label text, secret text not null, events text[] not null default '{}', site_id text references site,
     active boolean not null default true, disabled_reason text, created_at timestamptz not null, seen_seq bigint not null, since_event_id bigint not null)`,
  `create table webhook_delivery (
     webhook_id text not null references webhook on delete cascade, event_id bigint not null, event_type text not null, body text not null,
     status text not null default 'pending' check (status in ('pending', 'delivered', 'dead')), attempts integer not null default 0,
     created_at timestamptz not null, next_attempt_at timestamptz, attempted_at timestamptz, delivered_at timestamptz,
     response_status integer, error text, primary key (webhook_id, event_id))`,
  `create index webhook_delivery_due on webhook_delivery (next_attempt_at) where status = 'pending'`,
  `select audit_changes('webhook', 'webhook', array['id'], array['secret'], array['seen_seq', 'since_event_id'])`,
  `create index webhook_delivery_list on webhook_delivery (webhook_id, event_id desc)`,
]
