/** Rows due are looked for this many times in the time that a row must wait, so that many rows share a statement. */
const SWEEPS = 10

/**
 * The newest value per key, handed out at most about once per `everyMs` and key, so that a row that changes ten times a second is not written
 * ten times a second. The first value of a key, and one put `atOnce`, is due at once.
 */
export function latestByKey<Value>(everyMs: number, merge: (before: Value, after: Value) => Value) {
  const urgent = new Map<string, Value>()
  const pending = new Map<string, { value: Value; at: number }>()
  const writtenAt = new Map<string, number>()
  let nextSweep = -Infinity

  function sweep(now: number, into: Value[]): void {
    if (Number.isFinite(now)) nextSweep = now + everyMs / SWEEPS
    for (const [key, { value, at }] of pending) {
      if (at > now) continue
      pending.delete(key)
      noteWritten(key, now)
      into.push(value)
    }
    for (const [key, at] of writtenAt) {
      // In order of writing, so the first that is young enough ends the search.
      if (at + everyMs > now) break
      writtenAt.delete(key)
    }
  }

  function noteWritten(key: string, now: number): void {
    if (everyMs === 0 || !Number.isFinite(now)) return
    writtenAt.delete(key)
    writtenAt.set(key, now)
  }

  return {
    put(key: string, value: Value, atOnce: boolean): void {
      const hurried = urgent.get(key)
      const before = hurried ?? pending.get(key)?.value
      const merged = before === undefined ? value : merge(before, value)
      const lastAt = writtenAt.get(key)
      if (atOnce || hurried !== undefined || lastAt === undefined) {
        pending.delete(key)
        urgent.set(key, merged)
      } else {
        pending.set(key, { value: merged, at: lastAt + everyMs })
      }
    },
    due(now: number): Value[] {
      const values = [...urgent.values()]
      for (const key of urgent.keys()) noteWritten(key, now)
      urgent.clear()
      if (now >= nextSweep) sweep(now, values)
      return values
    },
    size: () => urgent.size + pending.size,
  }
}
