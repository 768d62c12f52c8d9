import type { AlertDraft, AlertKind } from '../domain/alert.ts'
import { canonicalJson } from '../domain/canonical-json.ts'
import { json, type AlertRow, type Db, type Tx } from './database.ts'
import { appendEvents, type DomainEvent } from './events.ts'

/** The part of all alerts that one look has judged completely: what it did not find there is over. */
export interface AlertScope {
  siteId: string | null
  kinds: readonly AlertKind[]
}

/** How many alerts a look raised, changed and cleared. */
export interface AlertChanges {
  raised: number
  changed: number
  cleared: number
}

/**
 * Brings the open alerts of a scope in line with what a look has found: raises the new, rewrites those whose words or figures changed, clears the
 * gone. An alert keeps its id from raising to clearing; one that comes back is a new one.
 */
export function syncAlerts(db: Db, scope: AlertScope, drafts: readonly AlertDraft[], at: Date): Promise<AlertChanges> {
  return db.transaction().execute(async (tx) => {
    const open = await tx
      .selectFrom('alert')
      .selectAll()
      .where('cleared_at', 'is', null)
      .where('site_id', 'is not distinct from', scope.siteId)
      .where('kind', 'in', scope.kinds)
      .execute()
    const found = new Map(drafts.map((draft) => [draft.key, draft]))
    const changes = { raised: 0, changed: 0, cleared: 0 }

    const gone = open.filter((alert) => !found.has(alert.key)).map((alert) => alert.id)
    if (gone.length > 0) {
      await tx.updateTable('alert').set({ cleared_at: at, updated_at: at }).where('id', 'in', gone).execute()
      const over = open.filter((alert) => gone.includes(alert.id))
      await appendEvents(
        tx,
        over.map((alert) => alertEvent('alertCleared', alert.id, alert, at)),
      )
      changes.cleared = gone.length
    }
    const known = new Map(open.map((alert) => [alert.key, alert]))
    for (const draft of found.values()) {
      const values = valuesOf(draft)
      const alert = known.get(draft.key)
      if (alert === undefined) {
        if (await insertAlert(tx, draft, at)) changes.raised += 1
        continue
      }
      const same =
        alert.sentence === draft.sentence &&
        alert.cause === draft.cause &&
        alert.remedy === draft.remedy &&
        alert.severity === draft.severity &&
        canonicalJson(alert.parameters) === canonicalJson(draft.parameters)
      if (same) continue
      await tx
        .updateTable('alert')
        .set({ ...values, updated_at: at })
        .where('id', '=', alert.id)
        .execute()
      changes.changed += 1
    }
    return changes
  })
}

/** Raises one alert that no look judges, in the caller's transaction, or brings the open one of the same key up to date. */
export async function raiseAlert(tx: Tx, draft: AlertDraft, at: Date): Promise<void> {
  if (await insertAlert(tx, draft, at)) return
  await tx
    .updateTable('alert')
    .set({ ...valuesOf(draft), updated_at: at })
    .where('key', '=', draft.key)
    .where('cleared_at', 'is', null)
    .execute()
}

/** False when one of the same key is open. */
async function insertAlert(tx: Tx, draft: AlertDraft, at: Date): Promise<boolean> {
  const values = valuesOf(draft)
  const inserted = await tx
    .insertInto('alert')
    .values({ ...values, key: draft.key, site_id: draft.siteId, kind: draft.kind, raised_at: at, updated_at: at })
    .onConflict((conflict) => conflict.column('key').where('cleared_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (inserted === undefined) return false
  await appendEvents(tx, [alertEvent('alertRaised', inserted.id, { ...values, ...draft, site_id: draft.siteId }, at)])
  return true
}

/** Clears the open alert of a key, in the caller's transaction; nothing happens when there is none. */
export async function clearAlert(tx: Tx, key: string, at: Date): Promise<void> {
  const over = await tx
    .updateTable('alert')
    .set({ cleared_at: at, updated_at: at })
    .where('key', '=', key)
    .where('cleared_at', 'is', null)
    .returningAll()
    .execute()
  await appendEvents(
    tx,
    over.map((alert) => alertEvent('alertCleared', alert.id, alert, at)),
  )
}

/** What a system that is told of alerts needs to act on one without asking back. */
function alertEvent(
  type: 'alertRaised' | 'alertCleared',
  alertId: number,
  alert: Pick<
    AlertRow,
    'site_id' | 'station_id' | 'vehicle_id' | 'kind' | 'severity' | 'sentence' | 'cause' | 'remedy'
  >,
  at: Date,
): DomainEvent {
  const { kind, severity, sentence, cause, remedy } = alert
  return {
    type,
    at,
    siteId: alert.site_id,
    stationId: alert.station_id,
    vehicleId: alert.vehicle_id,
    details: { alertId, kind, severity, sentence, cause, remedy },
  }
}

function valuesOf(draft: AlertDraft) {
  return {
    severity: draft.severity,
    station_id: draft.stationId ?? null,
    vehicle_id: draft.vehicleId ?? null,
    sentence: draft.sentence,
    cause: draft.cause,
    remedy: draft.remedy,
    parameters: json(draft.parameters),
  }
}
