/** A payload longer than this is no telemetry. */
const MOST_BYTES = 1024 * 1024

/**
 * The readings in a message: one object, an array of them, or `{ "readings": [ … ] }`; undefined: none of these. `vehicleId` is the last level of the
 * topic, for readings that do not say whose they are.
 */
export function readingsOf(
  topic: string,
  payload: Uint8Array,
): { items: unknown[]; vehicleId: string | undefined } | undefined {
  if (payload.byteLength > MOST_BYTES) return undefined
  const value = parse(payload)
  if (typeof value !== 'object' || value === null) return undefined
  const batch = Array.isArray(value) ? value : 'readings' in value ? value.readings : [value]
  if (!Array.isArray(batch) || batch.length === 0) return undefined
  const level = topic.slice(topic.lastIndexOf('/') + 1)
  return { items: batch, vehicleId: level === '' ? undefined : level }
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload))
  } catch {
    return undefined
  }
}
