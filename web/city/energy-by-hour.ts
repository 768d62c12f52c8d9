interface Reading {
  /** Epoch ms. */
  at: number
  value: number
}

const HOUR_MS = 3_600_000
/** A longer gap is not spread over its hours: when in it the energy was used is not known. */
const LONGEST_GAP_MS = 60 * 60_000

/**
 * What counters of energy (Wh, each in order of time) rose by in each UTC hour, and how many buildings told of that hour. A counter that falls has begun anew and
 * tells nothing of that step; an hour without a reading is left out.
 */
export function energyByHour(
  counters: readonly (readonly Reading[])[],
): { at: number; energyWh: number; buildings: number }[] {
  const hours = new Map<number, { energyWh: number; buildings: Set<number> }>()
  for (const [building, readings] of counters.entries()) {
    for (const [index, { at, value }] of readings.entries()) {
      const before = readings[index - 1]
      if (before === undefined || value < before.value || at - before.at > LONGEST_GAP_MS || at <= before.at) continue
      const rate = (value - before.value) / (at - before.at)
      // A step over the full hour belongs to both hours, by its time in each.
      for (let from = before.at; from < at;) {
        const hour = Math.floor(from / HOUR_MS) * HOUR_MS
        const to = Math.min(at, hour + HOUR_MS)
        const sum = hours.get(hour) ?? { energyWh: 0, buildings: new Set() }
        sum.energyWh += rate * (to - from)
        sum.buildings.add(building)
        hours.set(hour, sum)
        from = to
      }
    }
  }
  return [...hours]
    .map(([at, { energyWh, buildings }]) => ({ at, energyWh: Math.round(energyWh), buildings: buildings.size }))
    .toSorted((a, b) => a.at - b.at)
}
