import { storeFleet } from '../../db/fleet.ts'
import { storeTimetable } from '../../db/timetable.ts'
import type { Db } from '../../db/database.ts'
import { fleetFile } from '../../domain/fleet-file.ts'

/** Metres north that one degree of latitude is. */
const DEGREE_M = 111_195
/** Stops of the line stand a kilometre apart, due north of each other. */
export function placeAt(kilometres: number): { latitude: number; longitude: number } {
  return { latitude: 42 + (kilometres * 1000) / DEGREE_M, longitude: 23 }
}

export interface LineTrip {
  id: string
  /** Local time, `08:00`. */
  from: string
  /** To the far end of the line, or back. */
  way: 'out' | 'back'
}

/**
 * A depot and one line of six stops, S0 to S5, a kilometre and three minutes apart. Block B is driven by bus-1 on 2026-11-23, a Monday; bus-2 has no work. The line's streets are
 * straight, so a place on it is told by kilometres from S0.
 */
export async function enterLine(
  db: Db,
  at: Date,
  trips: readonly LineTrip[],
  options: { kmFactor?: number } = {},
): Promise<void> {
  const file = fleetFile.parse({
    sites: [
      {
        id: 'depot',
        name: 'Depot',
        timeZone: 'Europe/Sofia',
        latitude: 42,
        longitude: 23,
        monthlyTemperatureC: Array.from({ length: 12 }, () => 20),
        nodes: [{ id: 'grid', parentId: null, limitKw: 200 }],
        stations: ['CP-1', 'CP-2'].map((id) => ({
          id,
          nodeId: 'grid',
          evses: [{ evseId: 1, maxPowerKw: 100, currentType: 'DC' }],
        })),
        bays: ['CP-1', 'CP-2'].map((id, i) => ({ id: `bay-${i + 1}`, stationId: id, evseId: 1 })),
        tariff: { zones: [{ from: '00:00', to: '24:00', eurPerKwh: 0.1 }] },
      },
    ],
    vehicleTypes: [
      {
        id: 'e-bus',
        batteryCapacityKwh: 100,
        maxPowerKw: 100,
        taper: [
          [0, 100],
          [100, 30],
        ],
        consumptionKwhPerKm: [[20, 1]],
      },
    ],
    vehicles: [1, 2].map((n) => ({
      id: `bus-${n}`,
      label: `Bus ${n}`,
      siteId: 'depot',
      typeId: 'e-bus',
      bayId: `bay-${n}`,
    })),
  })
  await storeFleet(db, file, at)
  const stopTimes = trips.flatMap((trip) =>
    Array.from({ length: 6 }, (_, i) => ({
      tripId: trip.id,
      sequence: i + 1,
      stopId: `S${trip.way === 'out' ? i : 5 - i}`,
      atS: seconds(trip.from) + i * 180,
    })),
  )
  await storeTimetable(
    db,
    {
      feedId: 'city',
      timeZone: 'Europe/Sofia',
      startDate: '2026-11-01',
      endDate: '2027-01-31',
      serviceDays: [{ serviceId: 'monday', date: '2026-11-23' }],
      routes: [{ routeId: 'r12', shortName: '12', longName: null, type: 3, color: null, textColor: null }],
      stops: Array.from({ length: 6 }, (_, i) => ({
        stopId: `S${i}`,
        code: null,
        name: `Stop ${i}`,
        ...placeAt(i),
        locationType: 0,
        parentId: null,
      })),
      shapes: [],
      trips: trips.map((trip) => ({
        tripId: trip.id,
        routeId: 'r12',
        serviceId: 'monday',
        blockId: 'B',
        headsign: trip.way === 'out' ? 'Stop 5' : 'Stop 0',
        directionId: trip.way === 'out' ? 0 : 1,
        shapeId: null,
        kind: 'revenue',
        distanceM: 5000 * (options.kmFactor ?? 1),
        distanceSource: 'stops',
        startS: seconds(trip.from),
        endS: seconds(trip.from) + 900,
        startStopId: trip.way === 'out' ? 'S0' : 'S5',
        endStopId: trip.way === 'out' ? 'S5' : 'S0',
      })),
      stopTimes: {
        tripId: stopTimes.map((one) => one.tripId),
        sequence: stopTimes.map((one) => one.sequence),
        stopId: stopTimes.map((one) => one.stopId),
        arrivalS: stopTimes.map((one) => one.atS),
        departureS: stopTimes.map((one) => one.atS),
        distanceM: stopTimes.map((one) => (one.sequence - 1) * 1000),
        timepoint: stopTimes.map(() => true),
      },
      vehicleRules: [{ serviceId: 'monday', blockId: 'B', vehicleId: 'bus-1', date: null }],
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

function seconds(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 3600 + minutes * 60
}
