import type { Generated, GeneratedAlways, Kysely, Selectable, Transaction } from 'kysely'
import type { AlertKind, AlertSeverity } from '../domain/alert.ts'
import type { ChargingProfile } from '../domain/charging-profile.ts'
import type { Command, CommandOutcome, Json, JsonObject } from '../domain/command.ts'
import type { FleetTariff } from '../domain/fleet-file.ts'
import type { ReplanCause } from '../domain/replan-cause.ts'
import type { Authorization, ConnectorStatus, OcppProtocol, Registration } from '../domain/status.ts'
import type { Changed, Jsonb, JsonbDefault, LocalDate } from './columns.ts'
import type { AccessTables } from './tables/access.ts'
import type { ArrivalTables } from './tables/arrivals.ts'
import type { BatteryTables, VehicleTelemetryColumns } from './tables/battery.ts'
import type { DriverTables } from './tables/drivers.ts'
import type { EnergyTables } from './tables/energy.ts'
import type { ImportTables } from './tables/imports.ts'
import type { MachineTables } from './tables/machines.ts'
import type { OnboardingTables } from './tables/onboarding.ts'
import type { PlaceTables } from './tables/places.ts'
import type { PlanHistoryTables } from './tables/plan-history.ts'
import type { PriceTables } from './tables/prices.ts'
import type { ReportTables } from './tables/reports.ts'
import type { SisterCityTables } from './tables/sister-cities.ts'
import type { WishTables } from './tables/wishes.ts'

/** The database, on PostgreSQL, PGlite or PostgreSQL through Hyperdrive. Always a function's first argument. Inside a transaction use the transaction, never the outer handle: PGlite has one connection. */
export type Db = Kysely<Database>
export type Tx = Transaction<Database>

/** The JSON text for a `jsonb` column. */
export function json(value: unknown): string {
  return JSON.stringify(value)
}

export interface Database
  extends
    AccessTables,
    ArrivalTables,
    BatteryTables,
    DriverTables,
    EnergyTables,
    ImportTables,
    MachineTables,
    OnboardingTables,
    PlaceTables,
    PlanHistoryTables,
    PriceTables,
    ReportTables,
    SisterCityTables,
    WishTables {
  site: SiteTable
  limit_node: LimitNodeTable
  station: StationTable
  evse: EvseTable
  connector: ConnectorTable
  bay: BayTable
  vehicle_type: VehicleTypeTable
  vehicle: VehicleTable
  token: TokenTable
  charging_session: ChargingSessionTable
  meter_sample: MeterSampleTable
  vehicle_soc: VehicleSocTable
  message_log: MessageLogTable
  device_variable: DeviceVariableTable
  desired_state: DesiredStateTable
  held_profile: HeldProfileTable
  feed: FeedTable
  feed_source: FeedSourceTable
  service_day: ServiceDayTable
  route: RouteTable
  stop: StopTable
  shape: ShapeTable
  trip: TripTable
  stop_time: StopTimeTable
  block_vehicle_rule: BlockVehicleRuleTable
  block_assignment: BlockAssignmentTable
  price_slot: PriceSlotTable
  carbon_slot: CarbonSlotTable
  monthly_peak: MonthlyPeakTable
  plan: PlanTable
  replan_request: ReplanRequestTable
  alert: AlertTable
  event: EventTable
  job_run: JobRunTable
  setting: SettingTable
}

export interface SiteTable extends Changed {
  id: string
  name: string
  time_zone: string
  latitude: number
  longitude: number
  tariff: Jsonb<FleetTariff | null> | null
  monthly_temperature_c: Jsonb<number[] | null> | null
  outdoor_temperature_c: number | null
  outdoor_temperature_at: Date | null
  /** Open to everybody, its chargers listed for all. */
  public: Generated<boolean>
  address: string | null
  city: string | null
  postal_code: string | null
  /** ISO 3166-1 alpha-3. */
  country: Generated<string>
  ad_hoc_tariff_id: string | null
  /** When something about how it is listed was last changed. */
  published_at: Date | null
}

export interface LimitNodeTable extends Changed {
  site_id: string
  id: string
  parent_id: string | null
  label: string | null
  limit_w: number
  base_load_w: Generated<number>
  /** Means by month, January first, and local hour; null: `base_load_w` all day. */
  hourly_base_load_w: Generated<number[][] | null>
}

/** What a station can do, learned from its configuration and its answers. Absent: unknown. */
export interface StationCapabilities {
  rateUnits?: ('W' | 'A')[]
  maxPeriods?: number
  maxProfiles?: number
  maxStackLevel?: number
}

export interface StationTable extends Changed {
  id: string
  site_id: string | null
  node_id: string | null
  label: string | null
  registration: Generated<Registration>
  password_hash: string | null
  protocol: OcppProtocol | null
  vendor: string | null
  model: string | null
  serial_number: string | null
  firmware_version: string | null
  firmware_status: string | null
  connected: Generated<boolean>
  connection_id: string | null
  connected_at: Date | null
  disconnected_at: Date | null
  last_message_at: Date | null
  last_boot_at: Date | null
  boot_reason: string | null
  clock_skew_ms: number | null
  capabilities: JsonbDefault<StationCapabilities>
  /** How often each known vendor quirk was met. */
  quirks: JsonbDefault<Record<string, number>>
  first_seen_at: Date | null
  /** null, here and below: as the site. */
  public: boolean | null
  latitude: number | null
  longitude: number | null
  ad_hoc_tariff_id: string | null
  published_at: Date | null
  /** Its id where 32 characters must do. */
  ocpi_id: GeneratedAlways<string>
}

export interface EvseTable extends Changed {
  station_id: string
  evse_id: number
  node_id: string | null
  current_type: Generated<'AC' | 'DC'>
  phases: Generated<number>
  max_power_w: Generated<number>
  min_power_w: Generated<number>
  efficiency: Generated<number>
  fail_safe_power_w: number | null
  operative: Generated<boolean>
  /** Who stands here, when it is known. */
  vehicle_id: string | null
  vehicle_source: 'token' | 'manual' | null
  /** null: unknown. */
  plugged_in: boolean | null
  power_w: number | null
  power_at: Date | null
  /** Taken out by hand, whatever the charger says of itself; null, all three: it is not. */
  out_of_order_reason: string | null
  out_of_order_at: Date | null
  out_of_order_by: string | null
}

export interface ConnectorTable extends Changed {
  station_id: string
  evse_id: number
  connector_id: number
  type: string | null
  status: Generated<ConnectorStatus>
  error_code: string | null
  error_info: string | null
  status_at: Date | null
}

export interface BayTable extends Changed {
  site_id: string
  id: string
  label: string
  row_number: Generated<number>
  column_number: Generated<number>
  station_id: string | null
  evse_id: number | null
}

export interface VehicleTypeTable extends Changed {
  id: string
  label: string
  battery_capacity_wh: number
  max_power_w: number
  min_soc_percent: number
  max_soc_percent: number
  reserve_soc_percent: number
  /** [SoC %, kW] ascending. */
  taper: Jsonb<[number, number][]>
  /** [°C, kWh/km] ascending. */
  consumption: Jsonb<[number, number][]>
  passenger_places: number | null
}

export interface VehicleTable extends Changed, VehicleTelemetryColumns {
  id: string
  label: string
  site_id: string
  type_id: string
  bay_id: string | null
  in_service: Generated<boolean>
  soc_percent: number | null
  soc_at: Date | null
  /** `ocpp`, `manual`, `telemetry`. */
  soc_source: string | null
  /** How late it runs, as last told; positive is late. */
  delay_seconds: number | null
  delay_at: Date | null
  odometer_m: number | null
}

export interface TokenTable extends Changed {
  value: string
  type: Generated<string>
  label: string | null
  vehicle_id: string | null
  blocked: Generated<boolean>
  expires_at: Date | null
}

export interface ChargingSessionTable extends Changed {
  /** Also the 1.6 transactionId. */
  number: Generated<number>
  station_id: string
  evse_id: number
  connector_id: number | null
  /** As the station knows it: 1.6 the decimal number, 2.0.1 its own identifier. */
  transaction_id: string
  /** Natural key of the plug-in, so that a resent start opens nothing. */
  start_key: string
  protocol: OcppProtocol
  id_token: string | null
  vehicle_id: string | null
  authorization: Authorization
  started_at: Date
  started_received_at: Date
  ended_at: Date | null
  ended_received_at: Date | null
  meter_start_wh: number | null
  meter_last_wh: number | null
  meter_stop_wh: number | null
  energy_wh: number | null
  soc_start_percent: number | null
  soc_percent: number | null
  power_w: number | null
  last_sample_at: Date | null
  charging_state: string | null
  stop_reason: string | null
  last_seq_no: number | null
  /** Stopped without a known start. */
  orphan: Generated<boolean>
  flags: JsonbDefault<JsonObject>
}

export interface MeterSampleTable {
  station_id: string
  evse_id: number
  connector_id: number | null
  session_number: number | null
  at: Date
  /** What the station wrote, when it was not believed. */
  station_at: Date | null
  received_at: Date
  context: Generated<string>
  register_wh: number | null
  power_w: number | null
  offered_w: number | null
  soc_percent: number | null
  current_a: number | null
  voltage_v: number | null
}

export interface VehicleSocTable {
  vehicle_id: string
  at: Date
  soc_percent: number
  source: string
}

export interface MessageLogTable {
  id: Generated<number>
  at: Date
  station_id: string
  direction: 'in' | 'out'
  message_type: number | null
  message_id: string | null
  action: string | null
  error_code: string | null
  frame: string
}

export interface DeviceVariableTable extends Changed {
  station_id: string
  name: string
  value: string | null
  readonly: boolean | null
  at: Date
}

export interface DesiredStateTable extends Changed {
  station_id: string
  /** What it is about: `txDefaultProfile:1`, `txProfile:1`, `availability:1`, `variable:HeartbeatInterval`. */
  item: string
  version: Generated<number>
  wanted: Jsonb<Command>
  wanted_at: Date
  confirmed_version: number | null
  confirmed_at: Date | null
  attempts: Generated<number>
  attempted_at: Date | null
  retry_at: Date | null
  outcome: Jsonb<CommandOutcome> | null
}

export interface HeldProfileTable {
  station_id: string
  evse_id: number
  /** As in `desired_state`; the version too. */
  item: string
  version: number
  profile: Jsonb<ChargingProfile>
  sent_at: Date
  /** null: the station has not answered, so it may hold it or not. */
  confirmed_at: Date | null
  lapses_at: Date | null
  /** What GetCompositeSchedule said of it: `matches`, `differs: …`, `unknown: …`. */
  readback: string | null
  readback_at: Date | null
}

export interface FeedTable extends Changed {
  id: string
  file_name: string
  sha256: string
  imported_at: Date
  time_zone: string
  start_date: LocalDate | null
  end_date: LocalDate | null
  active: Generated<boolean>
  report: JsonbDefault<Json>
}

/** The feed's files as they came, so that TODS files that come later can be laid over them. */
export interface FeedSourceTable {
  feed_id: string
  zip: Uint8Array
}

export interface ServiceDayTable {
  feed_id: string
  service_id: string
  date: LocalDate
}

export interface RouteTable {
  feed_id: string
  id: string
  short_name: string | null
  long_name: string | null
  type: number | null
  color: string | null
  text_color: string | null
}

export interface StopTable {
  feed_id: string
  id: string
  code: string | null
  name: string
  latitude: number | null
  longitude: number | null
  location_type: Generated<number>
  parent_id: string | null
}

export interface ShapeTable {
  feed_id: string
  id: string
  /** [latitude, longitude, metres from the start]. */
  points: Jsonb<[number, number, number][]>
  length_m: number
}

export interface TripTable {
  feed_id: string
  id: string
  route_id: string | null
  service_id: string
  block_id: string | null
  headsign: string | null
  direction_id: number | null
  shape_id: string | null
  /** `revenue`, or TODS: `deadhead`, `pull-out`, `pull-in`. */
  kind: Generated<string>
  distance_m: number | null
  /** `shape_dist`, `shape`, `stops` (straight lines between stops, times 1.3), `tods`. */
  distance_source: string | null
  /** Seconds after the service day's noon minus 12 hours. */
  start_s: number
  end_s: number
  start_stop_id: string | null
  end_stop_id: string | null
}

export interface StopTimeTable {
  feed_id: string
  trip_id: string
  sequence: number
  stop_id: string
  arrival_s: number | null
  departure_s: number | null
  distance_m: number | null
  timepoint: Generated<boolean>
}

export interface BlockVehicleRuleTable {
  feed_id: string
  service_id: string
  block_id: string
  /** null: every day of the service. */
  date: LocalDate | null
  vehicle_id: string
}

export interface BlockAssignmentTable extends Changed {
  /** The service day. */
  date: LocalDate
  block_id: string
  /** null: taken away from its vehicle and given to nobody. */
  vehicle_id: string | null
  source: 'manual' | 'automatic'
  assigned_at: Date
}

export interface PriceSlotTable {
  series: string
  start_at: Date
  end_at: Date
  price_micro_eur_per_kwh: number
  source: string
}

export interface CarbonSlotTable {
  series: string
  start_at: Date
  end_at: Date
  g_per_kwh: number
  source: string
}

export interface MonthlyPeakTable {
  site_id: string
  /** First day of the month, in the site's time zone. */
  month: LocalDate
  peak_w: number
  at: Date
}

export interface PlanTable extends Changed {
  id: Generated<number>
  site_id: string
  created_at: Date
  start_at: Date
  slot_minutes: number
  slots: number
  status: string
  reason: string
  /** The same as figures; empty in plans from before there were any. */
  causes: JsonbDefault<ReplanCause[]>
  instance: Jsonb<JsonObject>
  result: Jsonb<JsonObject>
  /** What the instance left out: which block each visit leaves for, which visit is going on now. */
  context: JsonbDefault<JsonObject>
  total_cost_micro_eur: number | null
  lower_bound_micro_eur: number | null
  gap: number | null
  /** Departures within the horizon, and those of them that leave short; null: not counted. */
  departures: number | null
  short_departures: number | null
  current: Generated<boolean>
}

export interface ReplanRequestTable {
  site_id: string
  reason: string
  /** The same as figures. */
  causes: JsonbDefault<ReplanCause[]>
  version: Generated<number>
  done_version: Generated<number>
  requested_at: Date
}

export interface AlertTable extends Changed {
  id: Generated<number>
  key: string
  site_id: string | null
  kind: AlertKind
  severity: AlertSeverity
  station_id: string | null
  vehicle_id: string | null
  sentence: string
  cause: string
  remedy: string
  parameters: JsonbDefault<JsonObject>
  raised_at: Date
  updated_at: Date
  cleared_at: Date | null
  snoozed_until: Date | null
}

export interface EventTable extends Changed {
  id: Generated<number>
  at: Date
  type: string
  site_id: string | null
  station_id: string | null
  vehicle_id: string | null
  details: JsonbDefault<JsonObject>
}

export interface JobRunTable {
  job: string
  started_at: Date
  finished_at: Date | null
  error: string | null
}

export interface SettingTable {
  name: string
  value: Jsonb<Json>
}

export type SessionRow = Selectable<ChargingSessionTable>
export type AlertRow = Selectable<AlertTable>
