/** A GTFS feed of one line and one trip on Mondays to Fridays of one week, for tests: each file can be replaced, added or (undefined) left out. */
export function smallFeed(changes: Record<string, string | undefined> = {}): Map<string, Uint8Array> {
  const files: Record<string, string | undefined> = {
    'agency.txt': 'agency_id,agency_name,agency_url,agency_timezone\nA,Agency,https://example.org,Europe/Sofia',
    'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon\nS1,One,42.00,23.10\nS2,Two,42.01,23.10\nS3,Three,42.02,23.10',
    'routes.txt': 'route_id,route_short_name,route_type\nR,12,3',
    'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1',
    'stop_times.txt':
      'trip_id,arrival_time,departure_time,stop_id,stop_sequence\nT1,06:00:00,06:00:00,S1,1\nT1,06:05:00,06:05:00,S2,2\nT1,06:10:00,06:10:00,S3,3',
    'calendar.txt':
      'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWD,1,1,1,1,1,0,0,20261123,20261129',
    ...changes,
  }
  const encoder = new TextEncoder()
  return new Map(
    Object.entries(files).flatMap(([name, text]) =>
      text === undefined ? [] : [[name, encoder.encode(text)] as const],
    ),
  )
}
