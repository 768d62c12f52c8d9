import { json, type Db } from './database.ts'
import type { Actor } from './acting.ts'
import type { Json } from '../domain/command.ts'

/** One line of the audit log: who changed what, when, and what it was before and after. */
export interface AuditEntry {
  id: number
  at: Date
  actorKind: string
  actorId: string | null
  actorName: string | null
  action: string
  subjectKind: string | null
  subjectId: string | null
  /** What changed, as it was; null when it was not there, or when nothing of the database changed. */
  before: Json
  after: Json
  requestId: string | null
  address: string | null
}

export interface AuditFilter {
  from?: Date | undefined
  to?: Date | undefined
  actorId?: string | undefined
  action?: string | undefined
  subjectKind?: string | undefined
  subjectId?: string | undefined
  requestId?: string | undefined
  /** Only lines older than this one. */
  before?: number | undefined
  limit: number
}

/** Newest first. */
export async function auditEntries(db: Db, filter: AuditFilter): Promise<AuditEntry[]> {
  let query = db.selectFrom('audit_log').selectAll().orderBy('id', 'desc').limit(filter.limit)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  if (filter.actorId !== undefined) query = query.where('actor_id', '=', filter.actorId)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.subjectKind !== undefined) query = query.where('subject_kind', '=', filter.subjectKind)
  if (filter.subjectId !== undefined) query = query.where('subject_id', '=', filter.subjectId)
  if (filter.requestId !== undefined) query = query.where('request_id', '=', filter.requestId)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  const rows = await query.execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    before: row.before,
    after: row.after,
    requestId: row.request_id,
    address: row.address,
  }))
}

/**
 * Writes down something that changed no row under audit: a command to a charger, an upload in bulk. Does nothing when triggers have written lines for this
 * request already, unless `always`.
 */
export async function auditAct(
  db: Db,
  actor: Actor,
  act: { subjectKind: string | null; subjectId: string | null; after: Json; always?: boolean },
): Promise<void> {
  if (act.always !== true && actor.requestId !== null) {
    const written = await db
      .selectFrom('audit_log')
      .select('id')
      .where('request_id', '=', actor.requestId)
      .where('action', '=', actor.action)
      .limit(1)
      .executeTakeFirst()
    if (written !== undefined) return
  }
  await db
    .insertInto('audit_log')
    .values({
      at: actor.at,
      actor_kind: actor.kind,
      actor_id: actor.id,
      actor_name: actor.name,
      action: actor.action,
      subject_kind: act.subjectKind,
      subject_id: act.subjectId,
      before: json(null),
      after: json(act.after),
      request_id: actor.requestId,
      address: actor.address,
    })
    .execute()
}
