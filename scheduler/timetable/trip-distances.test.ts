import { expect, test } from 'vitest'
import { readFeed } from './read-feed.ts'
import { smallFeed } from './small-feed.ts'

// S1 to S3 is 2,224 m as the crow flies.
const STRAIGHT_M = 2224

function distance(changes: Record<string, string>) {
  const { timetable, report } = readFeed(smallFeed(changes), { fileName: 'small.zip', today: '2026-11-01' })
  const trip = timetable?.trips[0]
  return {
    metres: trip?.distanceM,
    source: trip?.distanceSource,
    codes: report.findings.map((finding) => finding.code),
  }
}

function stopTimes(...distances: (number | string)[]): Record<string, string> {
  const rows = distances.map((value, i) => `T1,06:0${i * 4}:00,06:0${i * 4}:00,S${i + 1},${i + 1},${value}`)
  return {
    'stop_times.txt': ['trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled', ...rows].join(
      '\n',
    ),
  }
}

test('shape_dist_traveled in metres is taken as it is, from the trip’s first stop', () => {
  expect(distance(stopTimes(1000, 2200, 3400))).toEqual({ metres: 2400, source: 'shape_dist', codes: [] })
})

test('shape_dist_traveled in feet, kilometres and miles is found out by the geometry and reported', () => {
  expect(distance(stopTimes(0, 3937, 7874))).toEqual({ metres: 2400, source: 'shape_dist', codes: ['distanceUnit'] })
  expect(distance(stopTimes(0, 1.2, 2.4))).toEqual({ metres: 2400, source: 'shape_dist', codes: ['distanceUnit'] })
  expect(distance(stopTimes(0, 0.745, 1.491))).toMatchObject({ metres: 2400, codes: ['distanceUnit'] })
})

test('a unit that fits nothing is not used, and straight lines times 1.3 are', () => {
  expect(distance(stopTimes(0, 10, 40))).toEqual({
    metres: Math.round(STRAIGHT_M * 1.3),
    source: 'stops',
    codes: ['distanceUnitUnknown'],
  })
})

test('shape_dist_traveled that goes back is not used', () => {
  expect(distance(stopTimes(0, 1500, 1200))).toMatchObject({ source: 'stops', codes: ['distanceGoesBack'] })
})

test('without shape_dist_traveled the shape counts, between the places where it passes the first and the last stop', () => {
  const shape = [
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence',
    'H,41.99,23.10,1',
    'H,42.00,23.10,2',
    'H,42.00,23.11,3',
    'H,42.02,23.11,4',
    'H,42.02,23.10,5',
    'H,42.03,23.10,6',
  ]
  const trips = { 'trips.txt': 'trip_id,route_id,service_id,block_id,shape_id\nT1,R,WD,B1,H' }
  const found = distance({ ...trips, 'shapes.txt': shape.join('\n') })
  expect(found.source).toBe('shape')
  expect(found.metres).toBeGreaterThan(3850)
  expect(found.metres).toBeLessThan(3900)
})

test('a shape that passes by none of the stops is not believed', () => {
  const shape = 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nH,43.00,23.10,1\nH,43.00,23.11,2'
  const trips = 'trip_id,route_id,service_id,block_id,shape_id\nT1,R,WD,B1,H'
  expect(distance({ 'trips.txt': trips, 'shapes.txt': shape })).toMatchObject({
    source: 'stops',
    codes: ['shapeImplausible'],
  })
})

test('stops without coordinates leave the time to judge the way by', () => {
  const found = distance({
    'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\nS1,One,0,0\nS2,Two,42.01,23.10\nS3,Three,42.02,23.10',
  })
  expect(found).toEqual({ metres: 2667, source: 'time', codes: ['distanceFromTime', 'noCoordinates'] })
})
