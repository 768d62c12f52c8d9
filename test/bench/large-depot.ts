import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { storeFleet } from '../../db/fleet.ts'
import { storeTimetable } from '../../db/timetable.ts'
import { fleetFile } from '../../domain/fleet-file.ts'

const ROW = 25
const LINES = 20
const DEPOT_AGE_MS = 24 * 60 * 60_000

/**
 * A depot at night with so many buses, each at its own charger, and the timetable of the next two days: three quarters are home and plugged in, an eighth
 * stand unplugged, the others are still on the line. `at` should be 22:00 in Sofia.
 */
export async function enterLargeDepot(db: Db, vehicles: number, at: Date): Promise<void> {
  const numbers = Array.from({ length: vehicles }, (_, i) => i + 1)
  const file = fleetFile.parse({
    sites: [
      {
        id: 'depot',
        name: 'Large depot',
        timeZone: 'Europe/Sofia',
        latitude: 42.5,
        longitude: 27.46,
        monthlyTemperatureC: Array.from({ length: 12 }, () => 8),
        nodes: [{ id: 'grid', parentId: null, limitKw: vehicles * 30, baseLoadKw: 120 }],
        stations: numbers.map((n) => ({
          id: `CP-${n}`,
          label: `CP-${n}`,
          nodeId: 'grid',
          evses: [{ evseId: 1, maxPowerKw: 90, currentType: 'DC' }],
        })),
        bays: numbers.map((n) => ({
          id: `bay-${n}`,
          label: String(n),
          row: Math.floor((n - 1) / ROW),
          column: (n - 1) % ROW,
          stationId: `CP-${n}`,
          evseId: 1,
        })),
        tariff: {
          zones: [
            { from: '22:00', to: '06:00', eurPerKwh: 0.09 },
            { from: '00:00', to: '24:00', eurPerKwh: 0.16 },
          ],
          peakEurPerKw: 5,
        },
      },
    ],
    vehicleTypes: [1, 2, 3].map((n) => ({
      id: `type-${n}`,
      label: ['Solo 12 m', 'Articulated 18 m', 'Midi 9 m'][n - 1],
      batteryCapacityKwh: 250 + 80 * n,
      maxPowerKw: 150,
      taper: [
        [0, 150],
        [80, 150],
        [100, 30],
      ],
      consumptionKwhPerKm: [[20, 1]],
    })),
    vehicles: numbers.map((n) => ({
      id: `bus-${n}`,
      label: `Bus ${n}`,
      siteId: 'depot',
      typeId: `type-${1 + (n % 3)}`,
      bayId: `bay-${n}`,
      tokens: [{ value: `BUS-${n}` }],
    })),
    tokens: [],
  })
  await storeFleet(db, file, new Date(at.getTime() - DEPOT_AGE_MS))
  await enterTimetable(db, vehicles, at)
  await sql`update station set connected = true, registration = 'accepted', protocol = 'ocpp2.0.1', first_seen_at = ${at}, last_message_at = ${at}`.execute(
    db,
  )
  await sql`update vehicle set soc_percent = 30 + substr(id, 5)::int % 60, soc_at = ${at}, soc_source = 'ocpp'`.execute(
    db,
  )
  await sql`insert into connector (station_id, evse_id, connector_id, type, status, status_at)
    select station_id, evse_id, 1, 'cCCS2', case when substr(station_id, 4)::int % 8 < 6 then 'charging' else 'available' end, ${at}::timestamptz from evse
    on conflict (station_id, evse_id, connector_id) do update set status = excluded.status, status_at = excluded.status_at`.execute(
    db,
  )
  await sql`update evse set power_w = 30000, power_at = ${at}, plugged_in = true, vehicle_id = 'bus-' || substr(station_id, 4)
    where substr(station_id, 4)::int % 8 < 6`.execute(db)
}

/** What chargers would bring in a moment: readings of a share of the vehicles at their plugs. */
export async function bringReadings(db: Db, share: number, at: Date): Promise<void> {
  await sql`with told as (select station_id, 'bus-' || substr(station_id, 4) as vehicle_id from evse where plugged_in and random() < ${share}),
    powered as (update evse set power_w = 20000 + (random() * 60000)::int, power_at = ${at} from told where evse.station_id = told.station_id returning 1)
    update vehicle set soc_percent = least(100, soc_percent + random()), soc_at = ${at} from told where vehicle.id = told.vehicle_id`.execute(
    db,
  )
}

async function enterTimetable(db: Db, vehicles: number, at: Date): Promise<void> {
  const day = (shift: number): string => new Date(at.getTime() + shift * DEPOT_AGE_MS).toISOString().slice(0, 10)
  const trips = [0, 1].flatMap((shift) =>
    Array.from({ length: vehicles }, (_, i) => {
      const n = i + 1
      const startS = (4 * 60 + 30 + ((n * 7) % 180)) * 60
      // Of today's, those that are late home are still out at ten in the evening.
      const endS = (n % 8 === 7 ? 23 * 60 + 30 : 18 * 60 + ((n * 11) % 150)) * 60
      return { n, date: day(shift), startS, endS, blockId: `${1 + (n % LINES)}-${n}` }
    }),
  )
  await storeTimetable(
    db,
    {
      feedId: 'city',
      timeZone: 'Europe/Sofia',
      startDate: day(0),
      endDate: day(30),
      serviceDays: [0, 1, 30].map((shift) => ({ serviceId: day(shift), date: day(shift) })),
      routes: Array.from({ length: LINES }, (_, i) => ({
        routeId: `r${i + 1}`,
        shortName: String(i + 1),
        longName: null,
        type: 3,
        color: null,
        textColor: null,
      })),
      stops: [
        { stopId: 's', code: null, name: 'Depot', latitude: 42.5, longitude: 27.46, locationType: 0, parentId: null },
      ],
      shapes: [],
      trips: trips.map(({ n, date, startS, endS, blockId }) => ({
        tripId: `trip-${n}-${date}`,
        routeId: `r${1 + (n % LINES)}`,
        serviceId: date,
        blockId,
        headsign: null,
        directionId: null,
        shapeId: null,
        kind: 'revenue',
        distanceM: 120_000 + ((n * 977) % 90) * 1000,
        distanceSource: 'tods',
        startS,
        endS,
        startStopId: 's',
        endStopId: 's',
      })),
      stopTimes: { tripId: [], sequence: [], stopId: [], arrivalS: [], departureS: [], distanceM: [], timepoint: [] },
      vehicleRules: trips.map(({ n, date, blockId }) => ({ serviceId: date, blockId, vehicleId: `bus-${n}`, date })),
    },
    {
      fileName: 'city.zip',
      sha256: '0',
      at,
      report: { fileName: 'city.zip', refused: null, counts: {}, findings: [] },
      source: new Uint8Array(),
    },
  )
}
