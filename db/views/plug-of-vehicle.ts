import { sql, type RawBuilder } from 'kysely'
import type { PlugNow } from '../../domain/charging-reason.ts'
import type { Db } from '../database.ts'

/** The plug that a vehicle stands at. */
export interface PlugOfVehicle {
  stationId: string
  evseId: number
  pluggedIn: boolean | null
  powerW: number | null
  powerAt: Date | null
  /** The newest of its sessions that goes on. */
  sessionNumber: number | null
  /** All that may keep it from charging; null: nothing is plugged in there. */
  now: PlugNow | null
}

interface PlugRow {
  vehicle_id: string
  station_id: string
  evse_id: number
  plugged_in: boolean | null
  out_of_order_at: Date | null
  out_of_order_reason: string | null
  operative: boolean
  broken: boolean
  error_code: string | null
  connected: boolean
  disconnected_at: Date | null
  number: number | null
  authorization: string | null
  refused: string | null
  power_w: number | null
  power_at: Date | null
}

/** The plug that each of the `wanted` vehicles (a query of ids) stands at; who stands at none is left out. One query. */
export async function plugsOf(db: Db, wanted: RawBuilder<unknown>): Promise<Map<string, PlugOfVehicle>> {
  const { rows } = await sql<PlugRow>`
    select e.vehicle_id, e.station_id, e.evse_id, e.plugged_in, e.out_of_order_at, e.out_of_order_reason, e.operative,
      coalesce(c.broken, false) as broken, c.error_code, s.connected, s.disconnected_at, t.number, t.authorization, p.refused, e.power_w, e.power_at
    from evse e join station s on s.id = e.station_id
    left join lateral (select bool_and(status in ('faulted', 'unavailable')) as broken, max(error_code) as error_code
      from connector where e.plugged_in is not false and station_id = e.station_id and evse_id = e.evse_id) c on true
    left join lateral (select number, "authorization" from charging_session
      where station_id = e.station_id and evse_id = e.evse_id and ended_at is null and not orphan order by number desc limit 1) t on true
    left join lateral (select coalesce(outcome->>'status', outcome->>'errorCode', outcome->>'outcome') as refused from desired_state
      where e.plugged_in is not false and station_id = e.station_id and item = 'txProfile:' || e.evse_id
        and confirmed_version is null and attempts > 0) p on true
    where e.vehicle_id in (${wanted})
    order by t.number`.execute(db)
  return new Map(
    rows.map((row) => [
      row.vehicle_id,
      {
        stationId: row.station_id,
        evseId: row.evse_id,
        pluggedIn: row.plugged_in,
        powerW: row.power_w,
        powerAt: row.power_at,
        sessionNumber: row.number,
        now: row.plugged_in === false ? null : plugNow(row),
      },
    ]),
  )
}

function plugNow(row: PlugRow): PlugNow {
  return {
    outOfOrderReason: row.out_of_order_at === null ? null : (row.out_of_order_reason ?? ''),
    operative: row.operative,
    fault: row.broken ? { errorCode: row.error_code } : null,
    connected: row.connected,
    disconnectedAt: row.disconnected_at,
    session: row.authorization === null ? null : { authorization: row.authorization },
    refusedProfile: row.refused,
    powerW: row.power_w,
    powerAt: row.power_at,
  }
}
