import { sql } from 'kysely'
import type { Command, CommandOutcome } from '../../domain/command.ts'
import { profileLimitW } from '../../domain/profile-limit.ts'
import type { ConnectorStatus, OcppProtocol, Registration } from '../../domain/status.ts'
import type { Db } from '../database.ts'
import { reviveCommand } from '../desired-state.ts'

export interface StationView {
  stationId: string
  siteId: string | null
  label: string
  registration: Registration
  protocol: OcppProtocol | null
  vendor: string | null
  model: string | null
  serialNumber: string | null
  firmwareVersion: string | null
  connected: boolean
  connectedAt: Date | null
  disconnectedAt: Date | null
  lastMessageAt: Date | null
  lastBootAt: Date | null
  clockSkewMs: number | null
  hasPassword: boolean
  public: boolean | null
  latitude: number | null
  longitude: number | null
  adHocTariffId: string | null
  evses: EvseView[]
}

export interface EvseView {
  evseId: number
  nodeId: string | null
  currentType: 'AC' | 'DC'
  phases: number
  maxPowerW: number
  minPowerW: number
  failSafePowerW: number | null
  operative: boolean
  /** Taken out of order by hand; null: it is not. */
  outOfOrder: { reason: string; since: Date; by: string | null } | null
  pluggedIn: boolean | null
  vehicleId: string | null
  vehicleSource: 'token' | 'manual' | null
  powerW: number | null
  powerAt: Date | null
  sessionNumber: number | null
  connectors: ConnectorView[]
  profile: ProfileView | null
}

interface ConnectorView {
  connectorId: number
  type: string | null
  status: ConnectorStatus
  errorCode: string | null
  errorInfo: string | null
  statusAt: Date | null
}

interface ProfileView {
  wantedAt: Date
  confirmed: boolean
  confirmedAt: Date | null
  outcome: string | null
  limitNowW: number | null
}

export interface StationFilter {
  ids?: readonly string[]
  siteId?: string | undefined
  registration?: Registration | undefined
  after?: string | undefined
  limit?: number
}

/** Stations with all that hangs from them, ordered by id; five queries, however many there are. */
export async function stationViews(db: Db, filter: StationFilter, now: Date): Promise<StationView[]> {
  let query = db.selectFrom('station').selectAll().orderBy('id')
  if (filter.ids !== undefined) query = query.where(sql<boolean>`id = any(${[...filter.ids]}::text[])`)
  if (filter.siteId !== undefined) query = query.where('site_id', '=', filter.siteId)
  if (filter.registration !== undefined) query = query.where('registration', '=', filter.registration)
  if (filter.after !== undefined) query = query.where('id', '>', filter.after)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  const stations = await query.execute()
  const ids = stations.map((station) => station.id)
  if (ids.length === 0) return []
  const here = sql<boolean>`station_id = any(${ids}::text[])`
  const evses = await db.selectFrom('evse').selectAll().where(here).orderBy('station_id').orderBy('evse_id').execute()
  const connectors = await db.selectFrom('connector').selectAll().where(here).orderBy('connector_id').execute()
  const sessions = await db
    .selectFrom('charging_session')
    .select(['station_id', 'evse_id', 'number', 'transaction_id'])
    .where(here)
    .where('ended_at', 'is', null)
    .where('orphan', '=', false)
    .orderBy('number')
    .execute()
  const profiles = await db
    .selectFrom('desired_state')
    .select(['station_id', 'item', 'version', 'confirmed_version', 'confirmed_at', 'wanted_at', 'wanted', 'outcome'])
    .where(here)
    .where('item', 'like', 'txProfile:%')
    .execute()
  const evsesOf = Map.groupBy(evses, (evse) => evse.station_id)
  const connectorsOf = Map.groupBy(connectors, (connector) => `${connector.station_id}/${connector.evse_id}`)
  const sessionAt = new Map(sessions.map((session) => [`${session.station_id}/${session.evse_id}`, session]))
  const profileAt = new Map(profiles.map((profile) => [`${profile.station_id} ${profile.item}`, profile]))

  return stations.map((station) => ({
    stationId: station.id,
    siteId: station.site_id,
    label: station.label ?? station.id,
    registration: station.registration,
    protocol: station.protocol,
    vendor: station.vendor,
    model: station.model,
    serialNumber: station.serial_number,
    firmwareVersion: station.firmware_version,
    connected: station.connected,
    connectedAt: station.connected_at,
    disconnectedAt: station.disconnected_at,
    lastMessageAt: station.last_message_at,
    lastBootAt: station.last_boot_at,
    clockSkewMs: station.clock_skew_ms,
    hasPassword: station.password_hash !== null,
    public: station.public,
    latitude: station.latitude,
    longitude: station.longitude,
    adHocTariffId: station.ad_hoc_tariff_id,
    evses: (evsesOf.get(station.id) ?? []).map((evse) => {
      const key = `${station.id}/${evse.evse_id}`
      const session = sessionAt.get(key)
      return {
        evseId: evse.evse_id,
        nodeId: evse.node_id ?? station.node_id,
        currentType: evse.current_type,
        phases: evse.phases,
        maxPowerW: evse.max_power_w,
        minPowerW: evse.min_power_w,
        failSafePowerW: evse.fail_safe_power_w,
        operative: evse.operative,
        outOfOrder:
          evse.out_of_order_at === null
            ? null
            : { reason: evse.out_of_order_reason ?? '', since: evse.out_of_order_at, by: evse.out_of_order_by },
        pluggedIn: evse.plugged_in,
        vehicleId: evse.vehicle_id,
        vehicleSource: evse.vehicle_source,
        powerW: evse.power_w,
        powerAt: evse.power_at,
        sessionNumber: session?.number ?? null,
        connectors: (connectorsOf.get(key) ?? []).map((connector) => ({
          connectorId: connector.connector_id,
          type: connector.type,
          status: connector.status,
          errorCode: connector.error_code,
          errorInfo: connector.error_info,
          statusAt: connector.status_at,
        })),
        profile: profileOf(
          profileAt.get(`${station.id} txProfile:${evse.evse_id}`),
          { currentType: evse.current_type, phases: evse.phases, transactionId: session?.transaction_id },
          now,
        ),
      }
    }),
  }))
}

interface WantedProfile {
  version: number
  confirmed_version: number | null
  confirmed_at: Date | null
  wanted_at: Date
  wanted: Command
  outcome: CommandOutcome | null
}

function profileOf(
  row: WantedProfile | undefined,
  evse: { currentType: 'AC' | 'DC'; phases: number; transactionId: string | undefined },
  now: Date,
): ProfileView | null {
  if (row === undefined) return null
  const wanted = reviveCommand(row.wanted)
  // A profile of a session that is over binds nobody any more, even before it is forgotten.
  if (wanted.type !== 'setChargingProfile' || wanted.profile.transactionId !== evse.transactionId) return null
  return {
    wantedAt: row.wanted_at,
    confirmed: row.confirmed_version === row.version,
    confirmedAt: row.confirmed_at,
    outcome:
      row.outcome === null ? null : row.outcome.outcome === 'answered' ? row.outcome.status : row.outcome.outcome,
    limitNowW: profileLimitW(wanted.profile, evse, now),
  }
}

export async function stationExists(db: Db, stationId: string): Promise<boolean> {
  const row = await db.selectFrom('station').select('id').where('id', '=', stationId).executeTakeFirst()
  return row !== undefined
}
