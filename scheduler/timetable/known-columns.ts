/** The columns of each file that GTFS (reference of 2025) and TODS 2.1 define, used here or not; any other is reported as unknown. */
const COLUMNS: Record<string, string> = {
  'agency.txt':
    'agency_id agency_name agency_url agency_timezone agency_lang agency_phone agency_fare_url agency_email cemv_support',
  'stops.txt':
    'stop_id stop_code stop_name tts_stop_name stop_desc stop_lat stop_lon zone_id stop_url location_type parent_station stop_timezone wheelchair_boarding level_id platform_code stop_access',
  'routes.txt':
    'route_id agency_id route_short_name route_long_name route_desc route_type route_url route_color route_text_color route_sort_order continuous_pickup continuous_drop_off network_id cemv_support',
  'trips.txt':
    'route_id service_id trip_id trip_headsign trip_short_name direction_id block_id shape_id wheelchair_accessible bikes_allowed cars_allowed',
  'stop_times.txt':
    'trip_id arrival_time departure_time stop_id location_group_id location_id stop_sequence stop_headsign start_pickup_drop_off_window end_pickup_drop_off_window pickup_type drop_off_type continuous_pickup continuous_drop_off shape_dist_traveled timepoint pickup_booking_rule_id drop_off_booking_rule_id',
  'calendar.txt': 'service_id monday tuesday wednesday thursday friday saturday sunday start_date end_date',
  'calendar_dates.txt': 'service_id date exception_type',
  'shapes.txt': 'shape_id shape_pt_lat shape_pt_lon shape_pt_sequence shape_dist_traveled',
  'frequencies.txt': 'trip_id start_time end_time headway_secs exact_times',
  'transfers.txt':
    'from_stop_id to_stop_id from_route_id to_route_id from_trip_id to_trip_id transfer_type min_transfer_time',
  'feed_info.txt':
    'feed_publisher_name feed_publisher_url feed_lang default_lang feed_start_date feed_end_date feed_version feed_contact_email feed_contact_url',
  'vehicles.txt': 'vehicle_id vehicle_label license_plate',
  'vehicle_assignments.txt': 'date service_id block_id vehicle_id',
}

/** Files of either standard that hold nothing for a depot. */
const UNUSED = new Set(
  (
    'fare_attributes fare_rules timeframes rider_categories fare_media fare_products fare_leg_rules fare_leg_join_rules fare_transfer_rules areas ' +
    'stop_areas networks route_networks pathways levels location_groups location_group_stops booking_rules translations attributions ' +
    'run_events employee_run_dates chargers'
  )
    .split(' ')
    .map((name) => `${name}.txt`),
)

const KNOWN = new Map(Object.entries(COLUMNS).map(([file, columns]) => [file, new Set(columns.split(' '))]))

const SUPPLEMENT_SUFFIX = '_supplement.txt'
const SUPPLEMENTS = new Set(['stops', 'routes', 'trips', 'stop_times', 'calendar', 'calendar_dates'])
const SUPPLEMENT_FIELDS = new Set(['TODS_delete', 'TODS_trip_type', 'TODS_location_type'])

export function isKnownColumn(file: string, column: string): boolean {
  if (!file.endsWith(SUPPLEMENT_SUFFIX)) return KNOWN.get(file)?.has(column) ?? false
  const base = file.replace(SUPPLEMENT_SUFFIX, '.txt')
  return SUPPLEMENT_FIELDS.has(column) || (KNOWN.get(base)?.has(column) ?? false)
}

/** Whether either standard knows the file; others are reported and not read. */
export function isKnownFile(file: string): boolean {
  const supplement = file.endsWith(SUPPLEMENT_SUFFIX) && SUPPLEMENTS.has(file.slice(0, -SUPPLEMENT_SUFFIX.length))
  return KNOWN.has(file) || UNUSED.has(file) || supplement
}
