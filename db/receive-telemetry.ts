import { readTelemetry, type TelemetryReading, type TelemetryRefusal } from '../domain/telemetry.ts'
import type { Db } from './database.ts'
import { storeTelemetry } from './telemetry.ts'

export interface ReceivedTelemetry {
  stored: number
  repeated: number
  refused: TelemetryRefusal[]
}

/** Reads and stores a batch as it came from outside; what cannot be taken is told item by item. */
export async function receiveTelemetry(
  db: Db,
  items: readonly unknown[],
  origin: { source: TelemetryReading['source']; now: Date },
): Promise<ReceivedTelemetry> {
  const { readings, indexes, refused } = readTelemetry(items, origin)
  const { stored, repeated, unknownVehicles } = await storeTelemetry(db, readings, origin.now)
  const unknown = new Set(unknownVehicles)
  const strangers = new Map<number, TelemetryRefusal>()
  for (const [i, { vehicleId }] of readings.entries()) {
    const index = indexes[i] ?? 0
    if (unknown.has(vehicleId))
      strangers.set(index, { index, vehicleId, reason: 'unknownVehicle', detail: `There is no vehicle ${vehicleId}.` })
  }
  return { stored, repeated, refused: [...refused, ...strangers.values()].sort((a, b) => a.index - b.index) }
}
