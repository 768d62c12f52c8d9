import type { JsonObject } from '../../../domain/command.ts'
import type { BlockCalls } from '../../arrivals/block-calls.ts'
import type { Track } from '../../arrivals/track.ts'

/** A track as `vehicle_progress.state` holds it: calls by trip and sequence, because their numbers change with the part of the timetable that was read. */
export function storedTrack(block: BlockCalls, track: Track): JsonObject {
  const nameOf = (index: number): [string, number] | null => {
    const call = block.calls[index]
    return call === undefined ? null : [call.tripId, call.sequence]
  }
  const { passed, call, trip, ...rest } = track
  return {
    ...rest,
    tripId: block.trips[trip]?.tripId ?? null,
    call: nameOf(call),
    passed: passed.map(([index, arrivedMs, departedMs]) => [nameOf(index), arrivedMs, departedMs]),
  }
}

/** The track again; null when the timetable has changed under it or the state is not ours. */
export function revivedTrack(block: BlockCalls, state: JsonObject | null): Track | null {
  if (state === null) return null
  const find = (name: unknown): number | null => {
    if (!Array.isArray(name)) return null
    const [tripId, sequence] = name
    const trip = block.trips.find((one) => one.tripId === tripId)
    if (trip === undefined) return null
    for (let i = trip.from; i < trip.to; i += 1) if (block.calls[i]?.sequence === sequence) return i
    return null
  }
  const trip = block.trips.findIndex((one) => one.tripId === state['tripId'])
  const call = find(state['call'])
  const { alongM, atMs, deviationMs, arrivedMs, departedMs, pace } = state
  if (trip < 0 || call === null) return null
  if (typeof alongM !== 'number' || typeof atMs !== 'number' || typeof deviationMs !== 'number') return null
  const passed = Array.isArray(state['passed']) ? state['passed'] : []
  return {
    trip,
    alongM,
    atMs,
    deviationMs,
    call,
    arrivedMs: typeof arrivedMs === 'number' ? arrivedMs : null,
    departedMs: typeof departedMs === 'number' ? departedMs : null,
    sharp: state['sharp'] === true,
    pace: typeof pace === 'number' ? pace : 0,
    passed: passed.flatMap((one): Track['passed'] => {
      if (!Array.isArray(one)) return []
      const index = find(one[0])
      const departed = one[2]
      if (index === null || typeof departed !== 'number') return []
      return [[index, typeof one[1] === 'number' ? one[1] : null, departed]]
    }),
  }
}
