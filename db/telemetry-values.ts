import type { TelemetryReading } from '../domain/telemetry.ts'

export interface Told<Value> {
  value: Value
  at: Date
}

/** A vehicle as it stood before a batch. */
export interface KnownVehicle {
  id: string
  label: string
  siteId: string
  typeId: string
  inService: boolean
  socPercent: number | null
  socAt: Date | null
}

/** The newest that a batch tells of one vehicle, value by value. null: nothing. */
export interface NewestValues {
  vehicleId: string
  /** Of its newest reading. */
  at: Date
  source: TelemetryReading['source']
  soc: Told<number> | null
  odometer: Told<number> | null
  speed: Told<number> | null
  position: Told<{ latitude: number; longitude: number; headingDeg: number | null }> | null
  outdoor: Told<number> | null
  battery: Told<number> | null
  doors: Told<boolean> | null
  passengers: Told<number> | null
}

/** One reading a vehicle and instant, ascending by time: two of the same instant complete each other, the first one's word before the second's. */
export function oneAnInstant(readings: readonly TelemetryReading[]): TelemetryReading[] {
  const byInstant = new Map<string, TelemetryReading>()
  for (const reading of readings) {
    const key = `${reading.at.getTime()} ${reading.vehicleId}`
    const first = byInstant.get(key)
    byInstant.set(key, first === undefined ? reading : completed(first, reading))
  }
  return [...byInstant.values()].sort((a, b) => a.at.getTime() - b.at.getTime())
}

function completed(first: TelemetryReading, second: TelemetryReading): TelemetryReading {
  const place = first.latitude === null ? second : first
  return {
    ...first,
    socPercent: first.socPercent ?? second.socPercent,
    odometerM: first.odometerM ?? second.odometerM,
    speedKmh: first.speedKmh ?? second.speedKmh,
    latitude: place.latitude,
    longitude: place.longitude,
    headingDeg: place.headingDeg,
    outdoorTemperatureC: first.outdoorTemperatureC ?? second.outdoorTemperatureC,
    batteryTemperatureC: first.batteryTemperatureC ?? second.batteryTemperatureC,
    doorsOpen: first.doorsOpen ?? second.doorsOpen,
    passengers: first.passengers ?? second.passengers,
  }
}

/** The newest values of each vehicle; `rows` ascend by time. Ascending by vehicle id, the order in which rows are locked. */
export function newestByVehicle(rows: readonly TelemetryReading[]): NewestValues[] {
  const newest = new Map<string, NewestValues>()
  for (const row of rows) {
    const { vehicleId, at } = row
    const told = <Value>(value: Value | null, before: Told<Value> | null | undefined): Told<Value> | null =>
      value === null ? (before ?? null) : { value, at }
    const before = newest.get(vehicleId)
    const { latitude, longitude, headingDeg } = row
    newest.set(vehicleId, {
      vehicleId,
      at,
      source: row.source,
      soc: told(row.socPercent, before?.soc),
      odometer: told(row.odometerM, before?.odometer),
      speed: told(row.speedKmh, before?.speed),
      position: told(
        latitude === null || longitude === null ? null : { latitude, longitude, headingDeg },
        before?.position,
      ),
      outdoor: told(row.outdoorTemperatureC, before?.outdoor),
      battery: told(row.batteryTemperatureC, before?.battery),
      doors: told(row.doorsOpen, before?.doors),
      passengers: told(row.passengers, before?.passengers),
    })
  }
  return [...newest.values()].sort((a, b) => (a.vehicleId < b.vehicleId ? -1 : 1))
}

export interface SocOfVehicle {
  vehicleId: string
  at: Date
  socPercent: number
}

const SAME_AGAIN_MS = 5 * 60_000
const SAME_PERCENT = 0.05

/** The states of charge worth remembering: every change, and one that stays every five minutes. `rows` ascend by time. */
export function socHistory(rows: readonly TelemetryReading[]): SocOfVehicle[] {
  const last = new Map<string, SocOfVehicle>()
  return rows.flatMap((row) => {
    if (row.socPercent === null) return []
    const before = last.get(row.vehicleId)
    if (
      before !== undefined &&
      Math.abs(before.socPercent - row.socPercent) < SAME_PERCENT &&
      row.at.getTime() - before.at.getTime() < SAME_AGAIN_MS
    ) {
      return []
    }
    const soc = { vehicleId: row.vehicleId, at: row.at, socPercent: row.socPercent }
    last.set(row.vehicleId, soc)
    return [soc]
  })
}
