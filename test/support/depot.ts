import { json, type Db } from '../../db/database.ts'

export interface DepotOptions {
  stationIds: readonly string[]
  evsesPerStation?: number
}

/** Enters a small depot: site `depot`, the stations, one vehicle type, and vehicles `bus-1` and `bus-2` with tokens BUS-1 and BUS-2. */
export async function enterDepot(db: Db, options: DepotOptions): Promise<void> {
  await db
    .insertInto('site')
    .values({
      id: 'depot',
      name: 'Depot',
      time_zone: 'Europe/Sofia',
      latitude: 42,
      longitude: 23,
      tariff: null,
      monthly_temperature_c: null,
      outdoor_temperature_c: null,
      outdoor_temperature_at: null,
    })
    .execute()
  await db
    .insertInto('limit_node')
    .values({ site_id: 'depot', id: 'grid', parent_id: null, label: null, limit_w: 300_000 })
    .execute()
  for (const id of options.stationIds) {
    await db.insertInto('station').values({ id, site_id: 'depot', node_id: 'grid', registration: 'accepted' }).execute()
    for (let evse = 1; evse <= (options.evsesPerStation ?? 1); evse += 1) {
      await db.insertInto('evse').values({ station_id: id, evse_id: evse, max_power_w: 150_000 }).execute()
      await db.insertInto('connector').values({ station_id: id, evse_id: evse, connector_id: 1 }).execute()
    }
  }
  await db
    .insertInto('vehicle_type')
    .values({
      id: 'e-bus',
      label: 'E-bus',
      battery_capacity_wh: 350_000,
      max_power_w: 150_000,
      min_soc_percent: 10,
      max_soc_percent: 100,
      reserve_soc_percent: 10,
      taper: json([
        [0, 150],
        [100, 20],
      ]),
      consumption: json([[20, 1.2]]),
      passenger_places: null,
    })
    .execute()
  for (const number of [1, 2]) {
    await db
      .insertInto('vehicle')
      .values({
        id: `bus-${number}`,
        label: `Bus ${number}`,
        site_id: 'depot',
        type_id: 'e-bus',
        bay_id: null,
        soc_percent: null,
        soc_at: null,
        soc_source: null,
        delay_seconds: null,
        delay_at: null,
        odometer_m: null,
      })
      .execute()
    await db
      .insertInto('token')
      .values({ value: `BUS-${number}`, vehicle_id: `bus-${number}`, label: null, expires_at: null })
      .execute()
  }
}
