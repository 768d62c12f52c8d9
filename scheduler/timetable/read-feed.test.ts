import { expect, test } from 'vitest'
import type { FeedReport, Timetable } from '../../domain/timetable.ts'
import { reportLines } from './feed-report.ts'
import { readFeed } from './read-feed.ts'
import { smallFeed } from './small-feed.ts'

const HEADER = 'trip_id,arrival_time,departure_time,stop_id,stop_sequence'

function read(changes: Record<string, string | undefined> = {}, today = '2026-11-01') {
  return readFeed(smallFeed(changes), { fileName: 'small.zip', today })
}

function usable(changes: Record<string, string | undefined> = {}): { timetable: Timetable; report: FeedReport } {
  const { timetable, report } = read(changes)
  if (timetable === null) throw new Error(report.refused?.in('en') ?? 'refused')
  return { timetable, report }
}

function codes(report: FeedReport): string[] {
  return report.findings.map((finding) => `${finding.file} ${finding.code} ×${finding.count}`)
}

test('a clean feed is read whole and nothing is reported', () => {
  const { timetable, report } = usable()
  expect(report.findings).toEqual([])
  expect(timetable).toMatchObject({
    feedId: 'agency',
    timeZone: 'Europe/Sofia',
    startDate: '2026-11-23',
    endDate: '2026-11-27',
  })
  expect(timetable.trips).toMatchObject([
    { tripId: 'T1', blockId: 'B1', startS: 21_600, endS: 22_200, kind: 'revenue' },
  ])
})

test('a byte order mark, blanks around headers and values, and quotes are understood, and the blanks reported by line', () => {
  const { timetable, report } = usable({
    'stops.txt':
      '\u{FEFF}stop_id, stop_name ,stop_lat, stop_lon\r\nS1,"One, left", 42.00,23.10\r\n S2,Two,42.01,23.10\r\nS3,Three,42.02,23.10\r\n',
  })
  expect(timetable.stops.map((stop) => [stop.stopId, stop.name, stop.latitude])).toEqual([
    ['S1', 'One, left', 42],
    ['S2', 'Two', 42.01],
    ['S3', 'Three', 42.02],
  ])
  expect(codes(report)).toEqual([
    'stops.txt blanksInHeader ×2',
    'stops.txt blanksInValue ×1',
    'stops.txt blanksInValue ×1',
  ])
  expect(report.findings.flatMap((finding) => finding.examples.map((example) => example.line))).toEqual([1, 1, 2, 3])
})

test('unknown columns and files are reported and ignored', () => {
  const { report } = usable({
    'routes.txt': 'route_id,route_short_name,route_type,colour_of_seats\nR,12,3,blue',
    'notes.txt': 'hello',
  })
  expect(codes(report)).toEqual(['notes.txt unknownFile ×1', 'routes.txt unknownColumn ×1'])
})

test('H:MM:SS is a time, and times past 24:00 belong to the service day', () => {
  const { timetable, report } = usable({
    'stop_times.txt': `${HEADER}\nT1,6:00:00,6:00:00,S1,1\nT1,25:10:00,25:10:00,S3,2`,
  })
  expect(timetable.trips[0]).toMatchObject({ startS: 21_600, endS: 90_600 })
  expect(report.counts['stopTimesPastMidnight']).toBe(1)
})

test('empty times between timepoints are worked out by distance', () => {
  const { timetable } = usable({
    'stop_times.txt': `${HEADER},shape_dist_traveled\nT1,06:00:00,06:00:00,S1,1,0\nT1,,,S2,2,600\nT1,06:10:00,06:10:00,S3,3,2400`,
  })
  expect(timetable.stopTimes.arrivalS).toEqual([21_600, 21_600 + 150, 22_200])
  expect(timetable.stopTimes.timepoint).toEqual([true, false, true])
})

test('a trip whose times go back or that has no time at its end is left out, the rest stays', () => {
  const { timetable, report } = usable({
    'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1\nT2,R,WD,B1\nT3,R,WD,B1\nT4,R,WD,B1',
    'stop_times.txt': [
      HEADER,
      'T1,06:00:00,06:00:00,S1,1',
      'T1,06:10:00,06:10:00,S3,3',
      'T2,07:00:00,07:00:00,S1,1',
      'T2,06:50:00,06:50:00,S3,2',
      'T3,08:00:00,08:00:00,S1,1',
      'T3,,,S3,2',
      'T4,09:00:00,09:00:00,S1,1',
    ].join('\n'),
  })
  expect(timetable.trips.map((trip) => trip.tripId)).toEqual(['T1'])
  expect(codes(report)).toEqual([
    'stop_times.txt noEndTime ×1',
    'stop_times.txt timesGoBack ×1',
    'stop_times.txt tripTooShort ×1',
  ])
})

test('duplicate ids and dangling references are reported with their lines and left out', () => {
  const { timetable, report } = usable({
    'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\nS1,One,42.00,23.10\nS1,Again,42.00,23.10\nS3,Three,42.02,23.10',
    'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1\nT1,R,WD,B1\nT2,NO,WD,B1\nT3,R,NO,B1',
    'stop_times.txt': [
      HEADER,
      'T1,06:00:00,06:00:00,S1,1',
      'T1,06:05:00,06:05:00,S2,2',
      'T1,06:10:00,06:10:00,S3,3',
      'T1,06:10:00,06:10:00,S3,3',
      'T9,06:10:00,06:10:00,S3,3',
      'T2,07:00:00,07:00:00,S1,1',
      'T2,07:10:00,07:10:00,S3,2',
    ].join('\n'),
  })
  expect(timetable.trips.map((trip) => [trip.tripId, trip.routeId])).toEqual([
    ['T1', 'R'],
    ['T2', null],
  ])
  expect(codes(report)).toEqual([
    'stop_times.txt danglingStop ×1',
    'stop_times.txt danglingTrip ×1',
    'stop_times.txt duplicateId ×1',
    'stops.txt duplicateId ×1',
    'trips.txt danglingService ×1',
    'trips.txt duplicateId ×1',
    'trips.txt danglingRoute ×1',
  ])
  expect(report.findings.find((finding) => finding.code === 'danglingTrip')?.examples).toEqual([
    { line: 6, detail: 'T9' },
  ])
})

test('the same mistake made ten thousand times is one group with a few examples', () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => `X${i},06:00:00,06:00:00,S1,1`)
  const { report } = usable({
    'stop_times.txt': [HEADER, 'T1,06:00:00,06:00:00,S1,1', 'T1,06:10:00,06:10:00,S3,2', ...rows].join('\n'),
  })
  expect(report.findings).toHaveLength(1)
  expect(report.findings[0]).toMatchObject({ count: 10_000, file: 'stop_times.txt' })
  expect(reportLines(report).length).toBeLessThan(10)
})

test('calendar.txt may be missing, and exceptions add and take away days', () => {
  const without = usable({
    'calendar.txt': undefined,
    'calendar_dates.txt': 'service_id,date,exception_type\nWD,20261130,1\nWD,20261201,1',
  })
  expect(without.timetable.serviceDays.map((day) => day.date)).toEqual(['2026-11-30', '2026-12-01'])
  const both = usable({
    'calendar_dates.txt': 'service_id,date,exception_type\nWD,20261128,1\nWD,20261125,2\nWD,20261126,3',
  })
  expect(both.timetable.serviceDays.map((day) => day.date)).toEqual([
    '2026-11-23',
    '2026-11-24',
    '2026-11-26',
    '2026-11-27',
    '2026-11-28',
  ])
  expect(codes(both.report)).toEqual(['calendar_dates.txt badException ×1'])
})

test('frequencies become departures of their own, without a block', () => {
  const { timetable, report } = usable({
    'frequencies.txt': 'trip_id,start_time,end_time,headway_secs,exact_times\nT1,07:00:00,08:00:00,1200,1',
  })
  expect(timetable.trips.map((trip) => [trip.tripId, trip.startS, trip.endS, trip.blockId])).toEqual([
    ['T1@07:00:00', 25_200, 25_800, null],
    ['T1@07:20:00', 26_400, 27_000, null],
    ['T1@07:40:00', 27_600, 28_200, null],
  ])
  expect(timetable.stopTimes.tripId).toHaveLength(9)
  expect(timetable.stopTimes.arrivalS[4]).toBe(26_700)
  expect(codes(report)).toEqual(['frequencies.txt frequencyBlock ×1', 'trips.txt noBlocks ×1'])
})

test('a zone that is only an abbreviation becomes the place of the stops, with a line in the report', () => {
  const { timetable, report } = usable({
    'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\nA,Agency,https://example.org, EET',
  })
  expect(timetable.timeZone).toBe('Europe/Sofia')
  expect(codes(report)).toContain('agency.txt zoneReplaced ×1')
})

test('a feed that cannot be used is refused with the reason', () => {
  const zone = (name: string) => ({
    'agency.txt': `agency_id,agency_name,agency_url,agency_timezone\nA,Agency,https://example.org,${name}`,
  })
  const refusals: [Record<string, string | undefined>, RegExp][] = [
    [{ 'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon' }, /no stops/],
    [{ 'trips.txt': 'trip_id,route_id,service_id' }, /no trip/],
    [{ 'stop_times.txt': HEADER }, /no trip has usable stop times/],
    [{ 'stop_times.txt': undefined }, /stop_times\.txt missing/],
    [zone(''), /no time zone/],
    [zone('UTC+2'), /"UTC\+2"/],
    [zone('EST'), /"EST"/],
    [{ 'calendar.txt': undefined }, /neither calendar/],
    [
      {
        'calendar_dates.txt': undefined,
        'calendar.txt': 'service_id,monday,start_date,end_date\nWD,0,20261123,20261129',
      },
      /any day/,
    ],
    [{ 'routes.txt': 'route_id,route_short_name\nR,"12' }, /routes\.txt cannot be read/],
  ]
  for (const [changes, reason] of refusals) {
    const { timetable, report } = read(changes)
    expect(timetable).toBeNull()
    expect(report.refused?.in('en')).toMatch(reason)
  }
})

test('a timetable that ends within a fortnight or has ended is warned of', () => {
  expect(codes(read({}, '2026-11-13').report)).toEqual([])
  expect(codes(read({}, '2026-11-14').report)).toEqual(['feed_info.txt expiring ×1'])
  expect(codes(read({}, '2026-12-01').report)).toEqual(['feed_info.txt expired ×1'])
})

test('a feed without blocks can be shown but not planned from, and says so', () => {
  const { timetable, report } = usable({ 'trips.txt': 'trip_id,route_id,service_id\nT1,R,WD' })
  expect(timetable.trips[0]?.blockId).toBeNull()
  expect(report.findings[0]).toMatchObject({ code: 'noBlocks', severity: 'warning' })
})

test('trips of one block that overlap are reported only when their services meet', () => {
  const trips = 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1\nT2,R,WE,B1\nT3,R,WD,B1'
  const times = ['06:00:00', '06:05:00', '06:08:00'].flatMap((start, i) => [
    `T${i + 1},${start},${start},S1,1`,
    `T${i + 1},06:30:00,06:30:00,S3,2`,
  ])
  const calendar =
    'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWD,1,1,1,1,1,0,0,20261123,20261129\nWE,0,0,0,0,0,1,1,20261123,20261129'
  const { report } = usable({
    'trips.txt': trips,
    'stop_times.txt': [HEADER, ...times].join('\n'),
    'calendar.txt': calendar,
  })
  expect(report.findings).toMatchObject([{ code: 'blockOverlap', count: 1 }])
  expect(reportLines(report)[1]).toContain('T3')
})

test('trips linked by transfers of type 4 or 5 are one vehicle’s work, whatever their block_id', () => {
  const { timetable, report } = usable({
    'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1\nT2,R,WD,B2\nT3,R,WD,',
    'stop_times.txt': [
      HEADER,
      'T1,06:00:00,06:00:00,S1,1',
      'T1,06:10:00,06:10:00,S3,2',
      'T2,06:20:00,06:20:00,S3,1',
      'T2,06:30:00,06:30:00,S1,2',
      'T3,06:40:00,06:40:00,S1,1',
      'T3,06:50:00,06:50:00,S3,2',
    ].join('\n'),
    'transfers.txt': 'from_trip_id,to_trip_id,transfer_type\nT2,T3,5\nT1,T2,4\nT1,T9,4',
  })
  expect(timetable.trips.map((trip) => trip.blockId)).toEqual(['B1', 'B1', 'B1'])
  expect(codes(report)).toEqual(['transfers.txt danglingTrip ×1', 'transfers.txt linkOverridesBlock ×1'])
})

test('TODS adds deadheads, changes and deletes rows, and names vehicles', () => {
  const { timetable, report } = usable({
    'stops_supplement.txt':
      'stop_id,stop_name,stop_lat,stop_lon,TODS_location_type\nG,Garage,42.00,23.09,garage\nS2,Middle,,,',
    'trips_supplement.txt':
      'trip_id,route_id,service_id,block_id,TODS_trip_type,TODS_delete\nOUT,,WD,B1,Pull-Out,\nT1,,,B7,,\nGONE,,,,,1',
    'stop_times_supplement.txt': [
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,TODS_delete',
      'OUT,05:50:00,05:50:00,G,1,0,',
      'OUT,05:58:00,05:58:00,S1,2,1400,',
      'T1,,,,2,,1',
      'T1,06:12:00,06:12:00,,3,,',
    ].join('\n'),
    'vehicles.txt': 'vehicle_id,vehicle_label\nbus-1,Bus 1',
    'vehicle_assignments.txt':
      'date,service_id,block_id,vehicle_id\n,WD,B1,bus-1\n20261124,WD,B7,bus-1\n,WD,B1,bus-1\n,WD,B9,bus-1\n,WD,B7,bus-9',
  })
  expect(timetable.trips).toMatchObject([
    { tripId: 'T1', blockId: 'B7', endS: 22_320, kind: 'revenue' },
    {
      tripId: 'OUT',
      blockId: 'B1',
      startS: 21_000,
      kind: 'pull-out',
      distanceM: 1400,
      distanceSource: 'tods',
      routeId: null,
    },
  ])
  expect(timetable.stops.find((stop) => stop.stopId === 'S2')).toMatchObject({ name: 'Middle', latitude: 42.01 })
  expect(timetable.stopTimes.stopId).toEqual(['S1', 'S3', 'G', 'S1'])
  expect(timetable.vehicleRules).toEqual([
    { serviceId: 'WD', blockId: 'B1', date: null, vehicleId: 'bus-1' },
    { serviceId: 'WD', blockId: 'B7', date: '2026-11-24', vehicleId: 'bus-1' },
  ])
  expect(codes(report)).toEqual([
    'vehicle_assignments.txt danglingBlock ×1',
    'vehicle_assignments.txt danglingVehicle ×1',
    'vehicle_assignments.txt duplicateId ×1',
    'trips_supplement.txt deletesNothing ×1',
  ])
})
