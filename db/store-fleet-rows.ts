import { sql } from 'kysely'
import type { FleetFile } from '../domain/fleet-file.ts'
import { json, type Tx } from './database.ts'

/** Sites with their limit nodes and bays; nodes and bays that a site no longer has are deleted. */
export async function storeSites(tx: Tx, file: FleetFile): Promise<void> {
  const sites = file.sites.map((site) => ({
    id: site.id,
    name: site.name,
    time_zone: site.timeZone,
    latitude: site.latitude,
    longitude: site.longitude,
    tariff: site.tariff ?? null,
    monthly: site.monthlyTemperatureC ?? null,
  }))
  await sql`insert into site (id, name, time_zone, latitude, longitude, tariff, monthly_temperature_c)
    select id, name, time_zone, latitude, longitude, nullif(tariff, 'null'), nullif(monthly, 'null')
    from jsonb_to_recordset(${json(sites)}::jsonb) as r(id text, name text, time_zone text, latitude float8, longitude float8, tariff jsonb, monthly jsonb)
    on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone, latitude = excluded.latitude,
      longitude = excluded.longitude, tariff = excluded.tariff, monthly_temperature_c = excluded.monthly_temperature_c`.execute(
    tx,
  )

  const nodes = file.sites.flatMap((site) =>
    site.nodes.map((node) => ({
      site_id: site.id,
      id: node.id,
      parent_id: node.parentId,
      label: node.label ?? null,
      limit_w: watts(node.limitKw),
      base_load_w: watts(node.baseLoadKw),
      hourly_base_load_w: node.hourlyBaseLoadKw?.map((month) => month.map(watts)) ?? null,
    })),
  )
  await sql`insert into limit_node (site_id, id, parent_id, label, limit_w, base_load_w, hourly_base_load_w)
    select site_id, id, parent_id, label, limit_w, base_load_w, hourly_base_load_w
    from jsonb_to_recordset(${json(nodes)}::jsonb) as r(site_id text, id text, parent_id text, label text, limit_w bigint, base_load_w bigint, hourly_base_load_w jsonb)
    on conflict (site_id, id) do update set parent_id = excluded.parent_id, label = excluded.label, limit_w = excluded.limit_w,
      base_load_w = excluded.base_load_w, hourly_base_load_w = excluded.hourly_base_load_w`.execute(tx)

  const bays = file.sites.flatMap((site) =>
    site.bays.map((bay) => ({
      site_id: site.id,
      id: bay.id,
      label: bay.label ?? bay.id,
      row_number: bay.row,
      column_number: bay.column,
      station_id: bay.stationId ?? null,
      evse_id: bay.evseId ?? null,
    })),
  )
  await sql`insert into bay (site_id, id, label, row_number, column_number, station_id, evse_id)
    select site_id, id, label, row_number, column_number, station_id, evse_id
    from jsonb_to_recordset(${json(bays)}::jsonb) as r(site_id text, id text, label text, row_number int, column_number int, station_id text, evse_id int)
    on conflict (site_id, id) do update set label = excluded.label, row_number = excluded.row_number, column_number = excluded.column_number,
      station_id = excluded.station_id, evse_id = excluded.evse_id`.execute(tx)

  // Bays and limit nodes have no history of their own, so what is no longer there goes.
  const siteIds = file.sites.map((site) => site.id)
  await sql`delete from limit_node where site_id = any(${siteIds}::text[]) and (site_id || ' ' || id) <> all(${nodes.map(siteKey)}::text[])`.execute(
    tx,
  )
  await sql`delete from bay where site_id = any(${siteIds}::text[]) and (site_id || ' ' || id) <> all(${bays.map(siteKey)}::text[])`.execute(
    tx,
  )
}

/** Stations with their EVSEs and connectors, all accepted but those that a person rejected. */
export async function storeStations(tx: Tx, file: FleetFile): Promise<void> {
  const stations = file.sites.flatMap((site) =>
    site.stations.map((station) => ({
      id: station.id,
      site_id: site.id,
      node_id: station.nodeId,
      label: station.label ?? station.id,
    })),
  )
  // A station that waited for approval is known now; one that a person rejected stays rejected.
  await sql`insert into station (id, site_id, node_id, label, registration)
    select id, site_id, node_id, label, 'accepted'
    from jsonb_to_recordset(${json(stations)}::jsonb) as r(id text, site_id text, node_id text, label text)
    on conflict (id) do update set site_id = excluded.site_id, node_id = excluded.node_id, label = excluded.label,
      registration = case station.registration when 'rejected' then 'rejected' else 'accepted' end`.execute(tx)

  const evses = file.sites.flatMap((site) =>
    site.stations.flatMap((station) =>
      station.evses.map((evse) => ({
        station_id: station.id,
        evse_id: evse.evseId,
        node_id: evse.nodeId ?? null,
        current_type: evse.currentType,
        phases: evse.phases,
        max_power_w: watts(evse.maxPowerKw),
        min_power_w: watts(evse.minPowerKw),
        efficiency: evse.efficiency,
        connectors: evse.connectors,
      })),
    ),
  )
  await sql`insert into evse (station_id, evse_id, node_id, current_type, phases, max_power_w, min_power_w, efficiency)
    select station_id, evse_id, node_id, current_type, phases, max_power_w, min_power_w, efficiency
    from jsonb_to_recordset(${json(evses)}::jsonb) as r(station_id text, evse_id int, node_id text, current_type text, phases smallint, max_power_w int, min_power_w int, efficiency real)
    on conflict (station_id, evse_id) do update set node_id = excluded.node_id, current_type = excluded.current_type, phases = excluded.phases,
      max_power_w = excluded.max_power_w, min_power_w = excluded.min_power_w, efficiency = excluded.efficiency`.execute(
    tx,
  )
  const connectors = evses.flatMap((evse) =>
    evse.connectors.map((connector) => ({
      station_id: evse.station_id,
      evse_id: evse.evse_id,
      connector_id: connector.connectorId,
      type: connector.type,
    })),
  )
  await sql`insert into connector (station_id, evse_id, connector_id, type)
    select station_id, evse_id, connector_id, type
    from jsonb_to_recordset(${json(connectors)}::jsonb) as r(station_id text, evse_id int, connector_id int, type text)
    on conflict (station_id, evse_id, connector_id) do update set type = excluded.type`.execute(tx)

  // No power can be planned on an EVSE that the file has dropped, whatever its station still reports.
  await sql`update evse set max_power_w = 0, node_id = null
    where station_id = any(${stations.map((station) => station.id)}::text[])
      and (station_id || '/' || evse_id) <> all(${evses.map((evse) => `${evse.station_id}/${evse.evse_id}`)}::text[])`.execute(
    tx,
  )
}

/** Vehicle types and vehicles, these in service. */
export async function storeVehicles(tx: Tx, file: FleetFile): Promise<void> {
  const types = file.vehicleTypes.map((type) => ({
    id: type.id,
    label: type.label ?? type.id,
    battery_capacity_wh: watts(type.batteryCapacityKwh),
    max_power_w: watts(type.maxPowerKw),
    min_soc_percent: type.minSocPercent,
    max_soc_percent: type.maxSocPercent,
    reserve_soc_percent: type.reserveSocPercent,
    taper: type.taper,
    consumption: type.consumptionKwhPerKm,
    passenger_places: type.passengerPlaces ?? null,
  }))
  await sql`insert into vehicle_type (id, label, battery_capacity_wh, max_power_w, min_soc_percent, max_soc_percent, reserve_soc_percent, taper, consumption, passenger_places)
    select id, label, battery_capacity_wh, max_power_w, min_soc_percent, max_soc_percent, reserve_soc_percent, taper, consumption, passenger_places
    from jsonb_to_recordset(${json(types)}::jsonb) as r(id text, label text, battery_capacity_wh bigint, max_power_w int, min_soc_percent real,
      max_soc_percent real, reserve_soc_percent real, taper jsonb, consumption jsonb, passenger_places int)
    on conflict (id) do update set label = excluded.label, battery_capacity_wh = excluded.battery_capacity_wh, max_power_w = excluded.max_power_w,
      min_soc_percent = excluded.min_soc_percent, max_soc_percent = excluded.max_soc_percent, reserve_soc_percent = excluded.reserve_soc_percent,
      taper = excluded.taper, consumption = excluded.consumption, passenger_places = excluded.passenger_places`.execute(
    tx,
  )
  const vehicles = file.vehicles.map((vehicle) => ({
    id: vehicle.id,
    label: vehicle.label ?? vehicle.id,
    site_id: vehicle.siteId,
    type_id: vehicle.typeId,
    bay_id: vehicle.bayId ?? null,
  }))
  await sql`insert into vehicle (id, label, site_id, type_id, bay_id)
    select id, label, site_id, type_id, bay_id
    from jsonb_to_recordset(${json(vehicles)}::jsonb) as r(id text, label text, site_id text, type_id text, bay_id text)
    on conflict (id) do update set label = excluded.label, site_id = excluded.site_id, type_id = excluded.type_id, bay_id = excluded.bay_id,
      in_service = true`.execute(tx)
}

/** Tokens; one that a vehicle no longer has is deleted. */
export async function storeTokens(tx: Tx, file: FleetFile): Promise<void> {
  const tokens = tokenRows(file)
  await sql`insert into token (value, type, label, vehicle_id)
    select value, type, label, vehicle_id
    from jsonb_to_recordset(${json(tokens)}::jsonb) as r(value text, type text, label text, vehicle_id text)
    on conflict (value) do update set type = excluded.type, label = excluded.label, vehicle_id = excluded.vehicle_id`.execute(
    tx,
  )
  // A token that the file takes from a vehicle must not identify it any longer. Cards without a vehicle may come from elsewhere.
  await sql`delete from token where vehicle_id is not null and value <> all(${tokens.map((token) => token.value)}::text[])`.execute(
    tx,
  )
}

/** The tokens of the vehicles and those beside them. */
export function tokenRows(file: FleetFile) {
  return [
    ...file.vehicles.flatMap((vehicle) =>
      vehicle.tokens.map((token) => ({
        value: token.value,
        type: token.type,
        label: vehicle.label ?? vehicle.id,
        vehicle_id: vehicle.id as string | null,
      })),
    ),
    ...file.tokens.map((token) => ({
      value: token.value,
      type: token.type,
      label: token.label ?? null,
      vehicle_id: token.vehicleId ?? null,
    })),
  ]
}

function siteKey(row: { site_id: string; id: string }): string {
  return `${row.site_id} ${row.id}`
}

function watts(kw: number): number {
  return Math.round(kw * 1000)
}
