import { sql } from 'kysely'
import type { FleetFile } from '../domain/fleet-file.ts'
import type { Fleet } from '../domain/fleet.ts'
import type { Db, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { readFleetRows } from './fleet-rows.ts'
import { rowChanges, type FleetUndo } from './fleet-undo.ts'
import { fleetVersion, putFleetVersion } from './fleet-version.ts'
import { requestReplan } from './replan-requests.ts'
import { vehicleType } from './vehicle-types.ts'
import { storeSites, storeStations, storeTokens, storeVehicles, tokenRows } from './store-fleet-rows.ts'

export interface StoredFleet {
  sites: number
  stations: number
  evses: number
  vehicles: number
  tokens: number
  /** Ids that the file no longer names. */
  retiredVehicles: string[]
  retiredStations: string[]
}

/**
 * Takes over a whole fleet file in one transaction. What is known of each thing at run time (state of charge, connection, plug, who stands
 * where) stays. A vehicle or station that the file no longer names is taken out of service, not deleted, for its history's sake; so is the
 * work of its tokens. A site that it no longer names stays as it is. Every site is planned anew. `keep` is handed, in the same transaction,
 * what `takeBackFleet` needs.
 */
export function storeFleet(
  db: Db,
  file: FleetFile,
  at: Date,
  keep?: (tx: Tx, undo: FleetUndo) => Promise<void>,
): Promise<StoredFleet> {
  return db.transaction().execute(async (tx) => {
    const before = keep === undefined ? undefined : await readFleetRows(tx)
    const versionBefore = await fleetVersion(tx)
    const version = crypto.randomUUID()
    await storeSites(tx, file)
    await storeStations(tx, file)
    await storeVehicles(tx, file)
    await storeTokens(tx, file)
    const retiredStations = await retireStations(tx, file)
    const retiredVehicles = await retireVehicles(tx, file)
    await putFleetVersion(tx, version)
    if (before !== undefined)
      await keep?.(tx, { version, versionBefore, changes: rowChanges(before, await readFleetRows(tx)) })
    for (const { id } of file.sites) {
      await appendEvent(tx, { type: 'fleetImported', at, siteId: id, details: { retiredStations, retiredVehicles } })
      await requestReplan(tx, id, { kind: 'fleetImported' }, at)
    }
    const stations = file.sites.flatMap((site) => site.stations)
    return {
      sites: file.sites.length,
      stations: stations.length,
      evses: stations.reduce((sum, station) => sum + station.evses.length, 0),
      vehicles: file.vehicles.length,
      tokens: tokenRows(file).length,
      retiredVehicles,
      retiredStations,
    }
  })
}

async function retireStations(tx: Tx, file: FleetFile): Promise<string[]> {
  const ids = file.sites.flatMap((site) => site.stations.map((station) => station.id))
  const { rows } = await sql<{ id: string }>`update station set site_id = null, node_id = null
    where site_id is not null and id <> all(${ids}::text[]) returning id`.execute(tx)
  return rows.map((row) => row.id).sort()
}

async function retireVehicles(tx: Tx, file: FleetFile): Promise<string[]> {
  const ids = file.vehicles.map((vehicle) => vehicle.id)
  const { rows } = await sql<{ id: string }>`update vehicle set in_service = false, bay_id = null
    where in_service and id <> all(${ids}::text[]) returning id`.execute(tx)
  return rows.map((row) => row.id).sort()
}

/** One depot as planning sees it, with what is known of each thing now; null when there is no such site. */
export async function readFleet(db: Db, siteId: string): Promise<Fleet | null> {
  const site = await db.selectFrom('site').selectAll().where('id', '=', siteId).executeTakeFirst()
  if (site === undefined) return null
  const nodes = await db
    .selectFrom('limit_node')
    .selectAll()
    .where('site_id', '=', siteId)
    .orderBy('parent_id', (order) => order.asc().nullsFirst())
    .orderBy('id')
    .execute()
  const evses = await db
    .selectFrom('evse')
    .innerJoin('station', 'station.id', 'evse.station_id')
    .leftJoin('connector', (join) =>
      join.onRef('connector.station_id', '=', 'evse.station_id').onRef('connector.evse_id', '=', 'evse.evse_id'),
    )
    .where('station.site_id', '=', siteId)
    .where('evse.max_power_w', '>', 0)
    .select((eb) => [
      'evse.station_id',
      'evse.evse_id',
      eb.fn.coalesce('evse.node_id', 'station.node_id').as('node_id'),
      'current_type',
      'phases',
      'max_power_w',
      'min_power_w',
      'efficiency',
      'operative',
      'out_of_order_at',
      'plugged_in',
      'vehicle_id',
      // An EVSE with two cables works while one of them does.
      sql<boolean>`coalesce(bool_and(connector.status in ('faulted', 'unavailable')), false)`.as('broken'),
    ])
    .groupBy(['evse.station_id', 'evse.evse_id', 'station.node_id'])
    .orderBy('evse.station_id')
    .orderBy('evse.evse_id')
    .execute()
  const bays = await db
    .selectFrom('bay')
    .selectAll()
    .where('site_id', '=', siteId)
    .orderBy('row_number')
    .orderBy('column_number')
    .orderBy('id')
    .execute()
  const vehicles = await db
    .selectFrom('vehicle')
    .leftJoin('vehicle_battery', 'vehicle_battery.vehicle_id', 'vehicle.id')
    .selectAll('vehicle')
    .select('usable_wh')
    .where('site_id', '=', siteId)
    .where('in_service', '=', true)
    .orderBy('id')
    .execute()
  const vehicleTypes = await db.selectFrom('vehicle_type').selectAll().orderBy('id').execute()
  const used = new Set(vehicles.map((vehicle) => vehicle.type_id))
  return {
    site: {
      siteId: site.id,
      name: site.name,
      timeZone: site.time_zone,
      latitude: site.latitude,
      longitude: site.longitude,
      tariff: site.tariff,
      monthlyTemperatureC: site.monthly_temperature_c,
      outdoorTemperatureC: site.outdoor_temperature_c,
      outdoorTemperatureAt: site.outdoor_temperature_at,
    },
    nodes: nodes.map((node) => ({
      nodeId: node.id,
      parentId: node.parent_id,
      label: node.label,
      limitW: node.limit_w,
      baseLoadW: node.base_load_w,
      hourlyBaseLoadW: node.hourly_base_load_w,
    })),
    evses: evses.flatMap((evse) =>
      evse.node_id === null
        ? []
        : [
            {
              stationId: evse.station_id,
              evseId: evse.evse_id,
              nodeId: evse.node_id,
              currentType: evse.current_type,
              phases: evse.phases,
              maxPowerW: evse.max_power_w,
              minPowerW: evse.min_power_w,
              efficiency: evse.efficiency,
              usable: evse.operative && !evse.broken && evse.out_of_order_at === null,
              pluggedIn: evse.plugged_in,
              vehicleId: evse.vehicle_id,
            },
          ],
    ),
    bays: bays.map((bay) => ({
      bayId: bay.id,
      label: bay.label,
      row: bay.row_number,
      column: bay.column_number,
      stationId: bay.station_id,
      evseId: bay.evse_id,
    })),
    vehicleTypes: vehicleTypes.filter((type) => used.has(type.id)).map(vehicleType),
    vehicles: vehicles.map((vehicle) => ({
      vehicleId: vehicle.id,
      label: vehicle.label,
      typeId: vehicle.type_id,
      ...(vehicle.usable_wh === null ? {} : { usableWh: vehicle.usable_wh }),
      bayId: vehicle.bay_id,
      socPercent: vehicle.soc_percent,
      socAt: vehicle.soc_at,
      delaySeconds: vehicle.delay_seconds,
      delayAt: vehicle.delay_at,
    })),
  }
}
