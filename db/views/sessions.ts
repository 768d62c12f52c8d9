import { sql } from 'kysely'
import type { Authorization, OcppProtocol } from '../../domain/status.ts'
import type { Db, SessionRow } from '../database.ts'

export interface SessionView {
  sessionNumber: number
  siteId: string | null
  stationId: string
  evseId: number
  connectorId: number | null
  transactionId: string
  protocol: OcppProtocol
  idToken: string | null
  vehicleId: string | null
  authorization: Authorization
  startedAt: Date
  endedAt: Date | null
  meterStartWh: number | null
  meterStopWh: number | null
  energyWh: number | null
  socStartPercent: number | null
  socPercent: number | null
  powerW: number | null
  lastSampleAt: Date | null
  stopReason: string | null
  orphan: boolean
}

export interface SessionFilter {
  numbers?: readonly number[]
  siteId?: string | undefined
  vehicleId?: string | undefined
  stationId?: string | undefined
  open?: boolean | undefined
  /** Bounds of the start: from inclusive, to exclusive. */
  from?: Date | undefined
  to?: Date | undefined
  before?: { startedAt: Date; sessionNumber: number } | undefined
  limit?: number
}

/** Charging sessions, latest start first. */
export async function sessionViews(db: Db, filter: SessionFilter): Promise<SessionView[]> {
  let query = db
    .selectFrom('charging_session as session')
    .innerJoin('station', 'station.id', 'session.station_id')
    .selectAll('session')
    .select('station.site_id')
    .orderBy('session.started_at', 'desc')
    .orderBy('session.number', 'desc')
  if (filter.numbers !== undefined)
    query = query.where(sql<boolean>`session.number = any(${[...filter.numbers]}::int[])`)
  if (filter.siteId !== undefined) query = query.where('station.site_id', '=', filter.siteId)
  if (filter.vehicleId !== undefined) query = query.where('session.vehicle_id', '=', filter.vehicleId)
  if (filter.stationId !== undefined) query = query.where('session.station_id', '=', filter.stationId)
  if (filter.open !== undefined) query = query.where('session.ended_at', filter.open ? 'is' : 'is not', null)
  if (filter.from !== undefined) query = query.where('session.started_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('session.started_at', '<', filter.to)
  if (filter.before !== undefined) {
    const { startedAt, sessionNumber } = filter.before
    query = query.where(
      sql<boolean>`(session.started_at, session.number) < (${startedAt}::timestamptz, ${sessionNumber}::int)`,
    )
  }
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(sessionOf)
}

function sessionOf(row: SessionRow & { site_id: string | null }): SessionView {
  return {
    sessionNumber: row.number,
    siteId: row.site_id,
    stationId: row.station_id,
    evseId: row.evse_id,
    connectorId: row.connector_id,
    transactionId: row.transaction_id,
    protocol: row.protocol,
    idToken: row.id_token,
    vehicleId: row.vehicle_id,
    authorization: row.authorization,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    meterStartWh: row.meter_start_wh,
    meterStopWh: row.meter_stop_wh,
    energyWh: row.energy_wh,
    socStartPercent: row.soc_start_percent,
    socPercent: row.soc_percent,
    powerW: row.power_w,
    lastSampleAt: row.last_sample_at,
    stopReason: row.stop_reason,
    orphan: row.orphan,
  }
}

export interface SampleView {
  at: Date
  context: string
  registerWh: number | null
  powerW: number | null
  offeredW: number | null
  socPercent: number | null
  currentA: number | null
  voltageV: number | null
}

/** The meter readings of a session, oldest first. */
export function sessionSamples(
  db: Db,
  filter: { sessionNumber: number; after?: { at: Date; context: string } | undefined; limit: number },
): Promise<SampleView[]> {
  let query = db
    .selectFrom('meter_sample')
    .select([
      'at',
      'context',
      'register_wh as registerWh',
      'power_w as powerW',
      'offered_w as offeredW',
      'soc_percent as socPercent',
      'current_a as currentA',
      'voltage_v as voltageV',
    ])
    .where('session_number', '=', filter.sessionNumber)
    .orderBy('at')
    .orderBy('context')
    .limit(filter.limit)
  if (filter.after !== undefined)
    query = query.where(sql<boolean>`(at, context) > (${filter.after.at}::timestamptz, ${filter.after.context}::text)`)
  return query.execute()
}
