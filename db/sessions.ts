import { sql, type Selectable } from 'kysely'
import type { ChargingSessionTable, Db } from './database.ts'

/** What the next meter value of a session is read against. */
export interface SessionState {
  number: number
  evseId: number
  connectorId: number | null
  transactionId: string
  idToken: string | null
  chargingState: string | null
  startedAt: Date
  endedAt: Date | null
  meterStartWh: number | null
  meterLastWh: number | null
  energyWh: number | null
  lastSampleAt: Date | null
  /** 2.0.1: of the newest message of the transaction. */
  lastSeqNo: number | null
}

/** The session that a station calls by this name. */
export async function findSession(db: Db, stationId: string, transactionId: string): Promise<SessionState | undefined> {
  const row = await db
    .selectFrom('charging_session')
    .selectAll()
    .where('station_id', '=', stationId)
    .where('transaction_id', '=', transactionId)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : toState(row)
}

/** The session that was going on at an EVSE (or, with evseId 0, anywhere at a station that has one EVSE only) at an instant. */
export async function findSessionAt(
  db: Db,
  where: { stationId: string; evseId: number; at: Date },
): Promise<SessionState | undefined> {
  const row = await db
    .selectFrom('charging_session')
    .selectAll()
    .where('station_id', '=', where.stationId)
    .$if(where.evseId > 0, (query) => query.where('evse_id', '=', where.evseId))
    .$if(where.evseId === 0, (query) =>
      query.where(sql<boolean>`(select count(*) from evse where evse.station_id = ${where.stationId}) = 1`),
    )
    .where('started_at', '<=', where.at)
    .where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>=', where.at)]))
    .orderBy('started_at', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : toState(row)
}

/** The open session that a stop without a usable transaction id most likely means: by token, then by register, then the newest. */
export async function findSessionToStop(
  db: Db,
  stop: { stationId: string; idToken: string | null; meterStopWh: number | null; at: Date },
): Promise<SessionState | undefined> {
  const row = await db
    .selectFrom('charging_session')
    .selectAll()
    .where('station_id', '=', stop.stationId)
    .where('ended_at', 'is', null)
    .where('started_at', '<=', stop.at)
    .orderBy(sql`lower(id_token) = ${stop.idToken?.toLowerCase() ?? ''}`, (order) => order.desc().nullsLast())
    .orderBy(sql`meter_start_wh <= ${stop.meterStopWh ?? 0}`, (order) => order.desc().nullsLast())
    .orderBy('started_at', 'desc')
    .executeTakeFirst()
  return row === undefined ? undefined : toState(row)
}

/** A session's row as what the next meter value is read against. */
export function toState(row: Selectable<ChargingSessionTable>): SessionState {
  return {
    number: row.number,
    evseId: row.evse_id,
    connectorId: row.connector_id,
    transactionId: row.transaction_id,
    idToken: row.id_token,
    chargingState: row.charging_state,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    meterStartWh: row.meter_start_wh,
    meterLastWh: row.meter_last_wh,
    energyWh: row.energy_wh,
    lastSampleAt: row.last_sample_at,
    lastSeqNo: row.last_seq_no,
  }
}
