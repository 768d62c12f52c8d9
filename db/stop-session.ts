import { sql } from 'kysely'
import type { JsonObject } from '../domain/command.ts'
import type { OcppProtocol } from '../domain/status.ts'
import { json, type Db, type Tx } from './database.ts'
import { energyAtStop } from '../domain/energy/session-energy.ts'
import { tellOfSession } from './session-events.ts'
import { toState, type SessionState } from './sessions.ts'

export interface SessionStop {
  stationId: string
  protocol: OcppProtocol
  /** The session, with its registers as the last sample left them, when it is known. */
  session: SessionState | undefined
  /** What the station calls the transaction. */
  transactionId: string
  meterStopWh: number | null
  at: Date
  receivedAt: Date
  reason: string | null
  idToken: string | null
  chargingState: string | null
  flags: JsonObject
}

/**
 * Closes a session. One that is closed already stays as it was first closed, and a stop without a start becomes a session of its own
 * (`orphan`), so that no energy is lost. Returns the session's number.
 */
export function stopSession(db: Db, stop: SessionStop): Promise<SessionState> {
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('charging_session')
      .selectAll()
      .where('number', '=', stop.session?.number ?? -1)
      .forUpdate()
      .executeTakeFirst()
    if (before === undefined) return insertOrphan(tx, stop)
    if (before.ended_at !== null && before.flags['presumedEnd'] !== true) return toState(before)
    const tooEarly = stop.at < before.started_at
    const endedAt = tooEarly ? before.started_at : stop.at
    const row = await tx
      .updateTable('charging_session')
      .set({
        ended_at: endedAt,
        ended_received_at: stop.receivedAt,
        meter_stop_wh: stop.meterStopWh,
        meter_last_wh: stop.meterStopWh ?? stop.session?.meterLastWh ?? before.meter_last_wh,
        energy_wh: energyAtStop(
          {
            startWh: before.meter_start_wh ?? stop.session?.meterStartWh ?? null,
            lastWh: stop.session?.meterLastWh ?? before.meter_last_wh,
            energyWh: stop.session?.energyWh ?? before.energy_wh,
          },
          stop.meterStopWh,
        ),
        power_w: 0,
        stop_reason: stop.reason,
        charging_state: stop.chargingState ?? before.charging_state,
        flags: sql<string>`(flags - 'presumedEnd') || ${json({ ...stop.flags, ...(tooEarly ? { stopBeforeStart: true } : {}) })}::jsonb`,
      })
      .where('number', '=', before.number)
      .returningAll()
      .executeTakeFirstOrThrow()
    await tx
      .updateTable('evse')
      .set({ power_w: 0, power_at: endedAt })
      .where('station_id', '=', row.station_id)
      .where('evse_id', '=', row.evse_id)
      .where((eb) => eb.or([eb('power_at', 'is', null), eb('power_at', '<=', endedAt)]))
      .execute()
    await tellOfSession(tx, 'sessionEnded', row, stop.at, { energyWh: row.energy_wh, reason: stop.reason })
    return toState(row)
  })
}

async function insertOrphan(tx: Tx, stop: SessionStop): Promise<SessionState> {
  const { rows } = await sql<{
    evse_id: number
  }>`select min(evse_id) as evse_id from evse where station_id = ${stop.stationId} having count(*) = 1`.execute(tx)
  const startKey = `orphan|${stop.transactionId}|${stop.at.getTime()}|${stop.meterStopWh ?? ''}`
  const row = await tx
    .insertInto('charging_session')
    .values({
      station_id: stop.stationId,
      evse_id: rows[0]?.evse_id ?? 0,
      connector_id: null,
      transaction_id: stop.transactionId,
      start_key: stop.protocol === 'ocpp1.6' ? startKey : `transaction|${stop.transactionId}`,
      protocol: stop.protocol,
      id_token: stop.idToken,
      vehicle_id: null,
      authorization: 'accepted',
      started_at: stop.at,
      started_received_at: stop.receivedAt,
      ended_at: stop.at,
      ended_received_at: stop.receivedAt,
      meter_start_wh: null,
      meter_last_wh: stop.meterStopWh,
      meter_stop_wh: stop.meterStopWh,
      energy_wh: null,
      soc_start_percent: null,
      soc_percent: null,
      power_w: 0,
      last_sample_at: null,
      charging_state: stop.chargingState,
      stop_reason: stop.reason,
      last_seq_no: null,
      orphan: true,
      flags: json(stop.flags),
    })
    .onConflict((conflict) => conflict.columns(['station_id', 'start_key']).doUpdateSet({ orphan: true }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return toState(row)
}
