import type { Selectable } from 'kysely'
import { SOC_IS_OLD_MS } from '../../domain/energy/soc-estimate.ts'
import type { VehicleTable } from '../database.ts'

/** A value with the time that it was read at; `old`: that is more than 15 minutes ago. */
type Aged<Value> = Value & { at: Date; old: boolean }

/** What a vehicle last told of itself, beside its charge. null: it never told. */
export interface TelemetryView {
  at: Date
  source: string
  position: Aged<{ latitude: number; longitude: number; headingDeg: number | null }> | null
  speed: Aged<{ kmh: number }> | null
  odometer: Aged<{ metres: number }> | null
  outdoorTemperature: Aged<{ celsius: number }> | null
  batteryTemperature: Aged<{ celsius: number }> | null
  doors: Aged<{ open: boolean }> | null
  passengers: Aged<{ count: number }> | null
}

export function telemetryView(row: Selectable<VehicleTable>, now: Date): TelemetryView | null {
  if (row.telemetry_at === null) return null
  const aged = <Value extends object>(at: Date | null, value: Value | null): Aged<Value> | null =>
    at === null || value === null ? null : { ...value, at, old: isOld(at, now) }
  const { latitude, longitude, speed_kmh: kmh, odometer_m: metres } = row
  const { outdoor_temperature_c: outdoorC, battery_temperature_c: batteryC, doors_open: open, passengers: count } = row
  return {
    at: row.telemetry_at,
    source: row.telemetry_source ?? 'api',
    position: aged(
      row.position_at,
      latitude === null || longitude === null ? null : { latitude, longitude, headingDeg: row.heading_deg },
    ),
    speed: aged(row.speed_at, kmh === null ? null : { kmh }),
    odometer: aged(row.odometer_at, metres === null ? null : { metres }),
    outdoorTemperature: aged(row.outdoor_temperature_at, outdoorC === null ? null : { celsius: outdoorC }),
    batteryTemperature: aged(row.battery_temperature_at, batteryC === null ? null : { celsius: batteryC }),
    doors: aged(row.doors_at, open === null ? null : { open }),
    passengers: aged(row.passengers_at, count === null ? null : { count }),
  }
}

export function isOld(at: Date, now: Date): boolean {
  return now.getTime() - at.getTime() > SOC_IS_OLD_MS
}
