import { sql } from 'kysely'
import {
  countEvses,
  evseStatus,
  isReachable,
  type EvseCounts,
  type EvseStatus,
} from '../../domain/places/evse-status.ts'
import type { ConnectorStatus } from '../../domain/status.ts'
import type { AdHocTariff } from '../ad-hoc-tariffs.ts'
import type { Db } from '../database.ts'

/** One of our stations, as a place where one can charge. */
export interface StationPlace {
  stationId: string
  ocpiId: string
  siteId: string
  siteName: string
  name: string
  latitude: number
  longitude: number
  public: boolean
  timeZone: string
  address: string | null
  city: string | null
  postalCode: string | null
  country: string
  reachable: boolean
  /** When the station was last heard; null: never. */
  asOf: Date | null
  counts: EvseCounts
  evses: EvsePlace[]
  tariff: AdHocTariff | null
  /** When anything of this last changed, its status included. */
  updatedAt: Date
}

export interface EvsePlace {
  evseId: number
  status: EvseStatus
  currentType: 'AC' | 'DC'
  phases: number
  maxPowerW: number
  connectors: { connectorId: number; type: string | null }[]
  /** When its status last changed. */
  updatedAt: Date
}

interface StationRow {
  id: string
  ocpi_id: string
  site_id: string
  site_name: string
  label: string | null
  latitude: number
  longitude: number
  public: boolean
  time_zone: string
  address: string | null
  city: string | null
  postal_code: string | null
  country: string
  connected: boolean
  last_message_at: Date | null
  updated_at: Date
  tariff_id: string | null
  tariff_name: string | null
  energy_micro_eur_per_kwh: number | null
  session_micro_eur: number | null
  time_micro_eur_per_hour: number | null
  vat_percent: number | null
  tariff_updated_at: Date | null
}

interface ConnectorRow {
  station_id: string
  evse_id: number
  current_type: 'AC' | 'DC'
  phases: number
  max_power_w: number
  connector_id: number | null
  type: string | null
  status: ConnectorStatus | null
  status_at: Date | null
  out_of_order: boolean
}

/** Stations as places, by id; those that are not accepted or belong to no site are left out. Two queries, however many there are. */
export async function stationPlaces(
  db: Db,
  stationIds: readonly string[],
  now: Date,
): Promise<Map<string, StationPlace>> {
  if (stationIds.length === 0) return new Map()
  const ids = sql`${[...stationIds]}::text[]`
  const stations = await sql<StationRow>`select s.id, s.ocpi_id, s.site_id, i.name as site_name, s.label,
      coalesce(s.latitude, i.latitude) as latitude, coalesce(s.longitude, i.longitude) as longitude, coalesce(s.public, i.public) as public,
      i.time_zone, i.address, i.city, i.postal_code, i.country, s.connected, s.last_message_at,
      ${stationUpdatedAt(now)} as updated_at,
      t.id as tariff_id, t.name as tariff_name, t.energy_micro_eur_per_kwh, t.session_micro_eur, t.time_micro_eur_per_hour, t.vat_percent, t.updated_at as tariff_updated_at
    from station s join site i on i.id = s.site_id left join ad_hoc_tariff t on t.id = coalesce(s.ad_hoc_tariff_id, i.ad_hoc_tariff_id)
    where s.id = any(${ids}) and s.registration = 'accepted'`.execute(db)
  const connectors =
    await sql<ConnectorRow>`select e.station_id, e.evse_id, e.current_type, e.phases, e.max_power_w, c.connector_id, c.type, c.status, c.status_at,
      e.out_of_order_at is not null as out_of_order
    from evse e left join connector c on c.station_id = e.station_id and c.evse_id = e.evse_id
    where e.station_id = any(${ids}) order by e.station_id, e.evse_id, c.connector_id`.execute(db)
  const rowsOf = Map.groupBy(connectors.rows, (row) => row.station_id)
  return new Map(stations.rows.map((row) => [row.id, placeOf(row, rowsOf.get(row.id) ?? [], now)]))
}

/** When a station's listing last changed: what is set by hand, its statuses, its line, and the moment when its silence made it unknown. */
export function stationUpdatedAt(now: Date) {
  const silentSince = new Date(now.getTime() - 15 * 60_000)
  return sql<Date>`greatest(s.first_seen_at, s.last_boot_at, s.connected_at, s.disconnected_at, s.published_at, i.published_at,
    (select max(status_at) from connector c where c.station_id = s.id),
    (select t.updated_at from ad_hoc_tariff t where t.id = coalesce(s.ad_hoc_tariff_id, i.ad_hoc_tariff_id)),
    case when s.connected and s.last_message_at < ${silentSince} then s.last_message_at + interval '15 minutes' end, 'epoch'::timestamptz)`
}

function placeOf(row: StationRow, connectors: readonly ConnectorRow[], now: Date): StationPlace {
  const reachable = isReachable({ connected: row.connected, lastMessageAt: row.last_message_at }, now)
  const evses = [...Map.groupBy(connectors, (one) => one.evse_id).values()].flatMap((rows) => {
    const [first] = rows
    if (first === undefined) return []
    const told = rows.flatMap((one) => (one.status === null ? [] : [one.status]))
    const times = rows.flatMap((one) => (one.status_at === null ? [] : [one.status_at.getTime()]))
    return {
      evseId: first.evse_id,
      // What people know of it goes before what it says, and holds when it says nothing.
      status: first.out_of_order ? 'OUTOFORDER' : evseStatus(told, reachable),
      currentType: first.current_type,
      phases: first.phases,
      maxPowerW: first.max_power_w,
      connectors: rows.flatMap((one) =>
        one.connector_id === null ? [] : [{ connectorId: one.connector_id, type: one.type }],
      ),
      // A station that has fallen silent changed all its EVSEs' statuses at once.
      updatedAt: reachable && times.length > 0 ? new Date(Math.max(...times)) : row.updated_at,
    }
  })
  return {
    stationId: row.id,
    ocpiId: row.ocpi_id,
    siteId: row.site_id,
    siteName: row.site_name,
    name: row.label ?? row.id,
    latitude: row.latitude,
    longitude: row.longitude,
    public: row.public,
    timeZone: row.time_zone,
    address: row.address,
    city: row.city,
    postalCode: row.postal_code,
    country: row.country,
    reachable,
    asOf: row.last_message_at,
    counts: countEvses(evses.map((evse) => evse.status)),
    evses,
    tariff: tariffOf(row),
    updatedAt: row.updated_at,
  }
}

function tariffOf(row: StationRow): AdHocTariff | null {
  if (row.tariff_id === null || row.tariff_name === null || row.tariff_updated_at === null) return null
  return {
    tariffId: row.tariff_id,
    name: row.tariff_name,
    energyMicroEurPerKwh: row.energy_micro_eur_per_kwh,
    sessionMicroEur: row.session_micro_eur,
    timeMicroEurPerHour: row.time_micro_eur_per_hour,
    vatPercent: row.vat_percent,
    updatedAt: row.tariff_updated_at,
  }
}
