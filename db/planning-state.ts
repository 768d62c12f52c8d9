import { sql } from 'kysely'
import type { ChargingProfile } from '../domain/charging-profile.ts'
import type { CommandOutcome } from '../domain/command.ts'
import type { LimitNode } from '../domain/fleet.ts'
import type { ConnectorStatus } from '../domain/status.ts'
import type { Db, StationCapabilities } from './database.ts'
import { reviveCommand } from './desired-state.ts'

/** One EVSE as the pushing of profiles and the watching see it. */
export interface ChargingEvse {
  stationId: string
  evseId: number
  stationLabel: string
  /** null: not placed in the limit tree. */
  nodeId: string | null
  currentType: 'AC' | 'DC'
  phases: number
  maxPowerW: number
  minPowerW: number
  failSafePowerW: number | null
  operative: boolean
  pluggedIn: boolean | null
  vehicleId: string | null
  powerW: number | null
  powerAt: Date | null
  connected: boolean
  /** When the line went, for a station that is not connected. */
  disconnectedAt: Date | null
  firstSeenAt: Date | null
  capabilities: StationCapabilities
  session: OpenSession | null
  connectors: { connectorId: number; status: ConnectorStatus; errorCode: string | null; errorInfo: string | null }[]
}

export interface OpenSession {
  number: number
  transactionId: string
  vehicleId: string | null
  idToken: string | null
  authorization: string
  startedAt: Date
}

/** Every EVSE of a site whose station is accepted, with its station, connectors and open session (the newest, where a station left several open). */
export async function chargingEvses(db: Db, siteId: string): Promise<ChargingEvse[]> {
  const rows = await db
    .selectFrom('evse')
    .innerJoin('station', 'station.id', 'evse.station_id')
    .where('station.site_id', '=', siteId)
    .where('station.registration', '=', 'accepted')
    .select((eb) => [
      'evse.station_id',
      'evse.evse_id',
      'station.label',
      eb.fn.coalesce('evse.node_id', 'station.node_id').as('node_id'),
      'current_type',
      'phases',
      'max_power_w',
      'min_power_w',
      'fail_safe_power_w',
      'operative',
      'plugged_in',
      'evse.vehicle_id',
      'evse.power_w',
      'evse.power_at',
      'connected',
      'disconnected_at',
      'first_seen_at',
      'capabilities',
    ])
    .orderBy('evse.station_id')
    .orderBy('evse.evse_id')
    .execute()
  const sessions = await db
    .selectFrom('charging_session as session')
    .innerJoin('station', 'station.id', 'session.station_id')
    .where('station.site_id', '=', siteId)
    .where('session.ended_at', 'is', null)
    .where('session.orphan', '=', false)
    .select([
      'session.station_id',
      'session.evse_id',
      'session.number',
      'session.transaction_id',
      'session.vehicle_id',
      'session.id_token',
      'session.authorization',
      'session.started_at',
    ])
    .orderBy('session.number')
    .execute()
  const connectors = await db
    .selectFrom('connector')
    .innerJoin('station', 'station.id', 'connector.station_id')
    .where('station.site_id', '=', siteId)
    .select(['connector.station_id', 'evse_id', 'connector_id', 'status', 'error_code', 'error_info'])
    .orderBy('connector_id')
    .execute()
  const newest = new Map(sessions.map((session) => [`${session.station_id}/${session.evse_id}`, session]))
  const byEvse = Map.groupBy(connectors, (connector) => `${connector.station_id}/${connector.evse_id}`)
  return rows.map((row) => {
    const key = `${row.station_id}/${row.evse_id}`
    const session = newest.get(key)
    return {
      stationId: row.station_id,
      evseId: row.evse_id,
      stationLabel: row.label ?? row.station_id,
      nodeId: row.node_id,
      currentType: row.current_type,
      phases: row.phases,
      maxPowerW: row.max_power_w,
      minPowerW: row.min_power_w,
      failSafePowerW: row.fail_safe_power_w,
      operative: row.operative,
      pluggedIn: row.plugged_in,
      vehicleId: row.vehicle_id ?? session?.vehicle_id ?? null,
      powerW: row.power_w,
      powerAt: row.power_at,
      connected: row.connected,
      disconnectedAt: row.disconnected_at,
      firstSeenAt: row.first_seen_at,
      capabilities: row.capabilities,
      session:
        session === undefined
          ? null
          : {
              number: session.number,
              transactionId: session.transaction_id,
              vehicleId: session.vehicle_id ?? row.vehicle_id,
              idToken: session.id_token,
              authorization: session.authorization,
              startedAt: session.started_at,
            },
      connectors: (byEvse.get(key) ?? []).map((connector) => ({
        connectorId: connector.connector_id,
        status: connector.status,
        errorCode: connector.error_code,
        errorInfo: connector.error_info,
      })),
    }
  })
}

/** Ids of all sites, ascending. */
export async function siteIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('site').select('id').orderBy('id').execute()
  return rows.map((row) => row.id)
}

/** Stores the fallback power of EVSEs, where it changed. */
export async function storeFailSafePowers(
  db: Db,
  powers: readonly { stationId: string; evseId: number; powerW: number }[],
): Promise<void> {
  for (const { stationId, evseId, powerW } of powers) {
    await db
      .updateTable('evse')
      .set({ fail_safe_power_w: powerW })
      .where('station_id', '=', stationId)
      .where('evse_id', '=', evseId)
      .where('fail_safe_power_w', 'is distinct from', powerW)
      .execute()
  }
}

/** The session profiles that are wished for at a site, sent or not, and what came of the newest of each. */
export async function wishedProfiles(db: Db, siteId: string): Promise<WishedProfile[]> {
  const rows = await db
    .selectFrom('desired_state')
    .innerJoin('station', 'station.id', 'desired_state.station_id')
    .where('station.site_id', '=', siteId)
    .where(sql<boolean>`wanted->>'type' = 'setChargingProfile'`)
    .select(['station_id', 'item', 'version', 'confirmed_version', 'wanted', 'attempts', 'outcome'])
    .orderBy('station_id')
    .orderBy('item')
    .execute()
  return rows.flatMap((row) => {
    const wanted = reviveCommand(row.wanted)
    if (wanted.type !== 'setChargingProfile') return []
    return [
      {
        stationId: row.station_id,
        evseId: wanted.evseId,
        item: row.item,
        profile: wanted.profile,
        confirmed: row.confirmed_version === row.version,
        everConfirmed: row.confirmed_version !== null,
        attempts: row.attempts,
        outcome: row.outcome,
      },
    ]
  })
}

export interface WishedProfile {
  stationId: string
  evseId: number
  item: string
  profile: ChargingProfile
  confirmed: boolean
  /** Some version of it has been confirmed since the station last started. */
  everConfirmed: boolean
  /** Tries of it that failed. */
  attempts: number
  /** Of the last try, of this or of an earlier version. */
  outcome: CommandOutcome | null
}

/** The limit tree of a site. */
export async function limitNodes(db: Db, siteId: string): Promise<LimitNode[]> {
  const rows = await db.selectFrom('limit_node').selectAll().where('site_id', '=', siteId).orderBy('id').execute()
  return rows.map((row) => ({
    nodeId: row.id,
    parentId: row.parent_id,
    label: row.label,
    limitW: row.limit_w,
    baseLoadW: row.base_load_w,
    hourlyBaseLoadW: row.hourly_base_load_w,
  }))
}

/** What an EVSE can be told; null when there is no such EVSE. */
export async function evseRating(db: Db, stationId: string, evseId: number) {
  const row = await db
    .selectFrom('evse')
    .innerJoin('station', 'station.id', 'evse.station_id')
    .where('station_id', '=', stationId)
    .where('evse_id', '=', evseId)
    .select(['current_type', 'phases', 'max_power_w', 'min_power_w', 'capabilities'])
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    currentType: row.current_type,
    phases: row.phases,
    maxPowerW: row.max_power_w,
    minPowerW: row.min_power_w,
    capabilities: row.capabilities,
  }
}
