import { sql } from 'kysely'
import type { JsonObject } from '../domain/command.ts'
import type { Authorization, OcppProtocol } from '../domain/status.ts'
import { json, type Db, type Tx } from './database.ts'
import { ensureEvse, isFreeSince, plugIn } from './plugs.ts'
import { presumeEnded } from './presume-ended.ts'
import { tellOfSession } from './session-events.ts'
import { toState, type SessionState } from './sessions.ts'
import { findToken } from './tokens.ts'

export interface SessionStart {
  stationId: string
  protocol: OcppProtocol
  /** 0: not told. */
  evseId: number
  connectorId: number | null
  /** The natural key of this start, the same however often it is sent. */
  startKey: string
  /** null: the transaction's id is the session's number, as 1.6 wants it. */
  transactionId: string | null
  idToken: string | null
  acceptUnknownToken: boolean
  at: Date
  receivedAt: Date
  meterStartWh: number | null
  chargingState: string | null
  /** Whether a cable is in; a session may begin with a card. */
  pluggedIn: boolean
  seqNo: number | null
  /** What is odd about it: a clock that was not believed, a start that was never told. */
  flags: JsonObject
}

export interface StartedSession {
  session: SessionState
  authorization: Authorization
}

/**
 * Opens a charging session, or returns the one that the same start opened before. Whatever the token is worth, the session is kept: the
 * energy flows all the same. Another session still open at the EVSE is closed, since its stop was lost or comes later.
 */
export function startSession(db: Db, start: SessionStart): Promise<StartedSession> {
  return db.transaction().execute(async (tx) => {
    const { stationId, evseId, at } = start
    const token = await tokenOf(tx, start)
    const inserted = await tx
      .insertInto('charging_session')
      .values({
        station_id: stationId,
        evse_id: evseId,
        connector_id: start.connectorId,
        transaction_id: start.transactionId ?? '',
        start_key: start.startKey,
        protocol: start.protocol,
        id_token: start.idToken,
        vehicle_id: token.vehicleId,
        authorization: token.authorization,
        started_at: at,
        started_received_at: start.receivedAt,
        ended_at: null,
        ended_received_at: null,
        meter_start_wh: start.meterStartWh,
        meter_last_wh: start.meterStartWh,
        meter_stop_wh: null,
        energy_wh: start.meterStartWh === null ? null : 0,
        soc_start_percent: null,
        soc_percent: null,
        power_w: null,
        last_sample_at: null,
        charging_state: start.chargingState,
        stop_reason: null,
        last_seq_no: start.seqNo,
        flags: json(start.flags),
      })
      .onConflict((conflict) => conflict.columns(['station_id', 'start_key']).doNothing())
      .returning('number')
      .executeTakeFirst()
    if (inserted === undefined) return sessionOfStart(tx, start)
    const { number } = inserted
    if (evseId > 0) {
      const { receivedAt } = start
      await presumeEnded(tx, { stationId, evseId, at, receivedAt, reason: 'Superseded' }, number)
    }
    const vehicleId = await standAt(tx, start, token.vehicleId)
    const row = await tx
      .updateTable('charging_session')
      .set({ transaction_id: start.transactionId ?? String(number), vehicle_id: vehicleId })
      .where('number', '=', number)
      .returningAll()
      .executeTakeFirstOrThrow()
    await tellOfSession(tx, 'sessionStarted', row, at, { idToken: start.idToken, authorization: token.authorization })
    return { session: toState(row), authorization: token.authorization }
  })
}

/** Adds what a later message of a transaction told: where it is, whose token it is, how it goes on. What is known already stays. */
export function updateSession(
  db: Db,
  number: number,
  told: {
    evseId: number | null
    connectorId: number | null
    idToken: string | null
    acceptUnknownToken: boolean
    chargingState: string | null
    pluggedIn: boolean
    seqNo: number
    /** Given when this is the start, told after something later. */
    start: { at: Date; meterStartWh: number | null } | null
    at: Date
  },
): Promise<SessionState> {
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('charging_session')
      .selectAll()
      .where('number', '=', number)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const stationId = before.station_id
    const evseId = told.evseId ?? before.evse_id
    const identifies = before.id_token === null && told.idToken !== null
    const token = identifies ? await tokenOf(tx, told) : undefined
    const plug = { stationId, evseId, at: told.at, pluggedIn: told.pluggedIn && before.ended_at === null }
    const vehicleId = await standAt(tx, plug, token?.vehicleId ?? before.vehicle_id)
    const row = await tx
      .updateTable('charging_session')
      .set({
        evse_id: evseId,
        connector_id: told.connectorId ?? before.connector_id,
        charging_state: told.chargingState ?? before.charging_state,
        vehicle_id: before.ended_at === null ? vehicleId : (token?.vehicleId ?? before.vehicle_id),
        last_seq_no: Math.max(told.seqNo, before.last_seq_no ?? told.seqNo),
        ...(token === undefined ? {} : { id_token: told.idToken, authorization: token.authorization }),
        ...(told.start === null
          ? {}
          : {
              started_at: told.start.at,
              meter_start_wh: told.start.meterStartWh ?? before.meter_start_wh,
              orphan: false,
              energy_wh: sql<number | null>`coalesce(energy_wh, meter_stop_wh - ${told.start.meterStartWh}::bigint)`,
              flags: sql<string>`flags - 'startUnknown'`,
            }),
      })
      .where('number', '=', number)
      .returningAll()
      .executeTakeFirstOrThrow()
    return toState(row)
  })
}

async function tokenOf(
  tx: Tx,
  who: { idToken: string | null; acceptUnknownToken: boolean; at: Date },
): Promise<{ authorization: Authorization; vehicleId: string | null }> {
  // A start button has no token; the station was told to let everybody charge.
  if (who.idToken === null) return { authorization: 'accepted', vehicleId: null }
  return findToken(tx, { idToken: who.idToken, at: who.at, acceptUnknown: who.acceptUnknownToken })
}

async function sessionOfStart(tx: Tx, start: SessionStart): Promise<StartedSession> {
  const row = await tx
    .selectFrom('charging_session')
    .selectAll()
    .where('station_id', '=', start.stationId)
    .where('start_key', '=', start.startKey)
    .executeTakeFirstOrThrow()
  return { session: toState(row), authorization: row.authorization }
}

async function standAt(
  tx: Tx,
  plug: { stationId: string; evseId: number; at: Date; pluggedIn: boolean },
  vehicleId: string | null,
): Promise<string | null> {
  if (plug.evseId === 0) return vehicleId
  await ensureEvse(tx, plug.stationId, plug.evseId)
  return plug.pluggedIn && !(await isFreeSince(tx, plug)) ? plugIn(tx, { ...plug, vehicleId }) : vehicleId
}
