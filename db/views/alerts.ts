import { sql } from 'kysely'
import type { AlertKind, AlertSeverity } from '../../domain/alert.ts'
import type { Json, JsonObject } from '../../domain/command.ts'
import type { AlertRow, Db } from '../database.ts'

export interface AlertView {
  alertId: number
  siteId: string | null
  kind: AlertKind
  severity: AlertSeverity
  stationId: string | null
  vehicleId: string | null
  sentence: string
  cause: string
  remedy: string
  parameters: JsonObject
  actions: AlertAction[]
  raisedAt: Date
  clearedAt: Date | null
  snoozedUntil: Date | null
}

export type AlertAction =
  | { type: 'assignBlock'; date: string; blockId: string; vehicleId: string }
  | { type: 'approveStation'; stationId: string }
  | { type: 'resetStation'; stationId: string }
  | { type: 'replan'; siteId: string }

export interface AlertFilter {
  ids?: readonly number[]
  siteId?: string | undefined
  open?: boolean | undefined
  before?: { raisedAt: Date; alertId: number } | undefined
  limit?: number
}

/** Alerts, latest first. */
export async function alertViews(db: Db, filter: AlertFilter): Promise<AlertView[]> {
  let query = db.selectFrom('alert').selectAll().orderBy('raised_at', 'desc').orderBy('id', 'desc')
  if (filter.ids !== undefined) query = query.where(sql<boolean>`id = any(${[...filter.ids]}::int[])`)
  if (filter.siteId !== undefined) query = query.where('site_id', '=', filter.siteId)
  if (filter.open !== undefined) query = query.where('cleared_at', filter.open ? 'is' : 'is not', null)
  if (filter.before !== undefined) {
    const { raisedAt, alertId } = filter.before
    query = query.where(sql<boolean>`(raised_at, id) < (${raisedAt}::timestamptz, ${alertId}::int)`)
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(alertOf)
}

function alertOf(row: AlertRow): AlertView {
  const { actions, ...parameters } = row.parameters
  return {
    alertId: row.id,
    siteId: row.site_id,
    kind: row.kind,
    severity: row.severity,
    stationId: row.station_id,
    vehicleId: row.vehicle_id,
    sentence: row.sentence,
    cause: row.cause,
    remedy: row.remedy,
    parameters,
    actions: Array.isArray(actions) ? actions.filter(isAction) : [],
    raisedAt: row.raised_at,
    clearedAt: row.cleared_at,
    snoozedUntil: row.snoozed_until,
  }
}

function isAction(value: Json): value is Json & AlertAction {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    ['assignBlock', 'approveStation', 'resetStation', 'replan'].includes(String(value['type']))
  )
}
