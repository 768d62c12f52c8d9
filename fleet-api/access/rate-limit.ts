import type { Now } from '../../domain/ports.ts'

const WINDOW_MS = 10_000
/** Callers remembered at a time; beyond that the oldest are forgotten, so that many addresses cannot fill the memory. */
const CALLERS = 20_000

/**
 * How many seconds a caller must wait, 0 when it may go on. Generous: it is there so that a client in a loop does not take the server from the others. Counted in this
 * process alone; with several, each gives as much.
 */
export function createRateLimit(perWindow: number, now: Now): (caller: string) => number {
  const seen = new Map<string, { since: number; count: number }>()
  return (caller) => {
    const at = now().getTime()
    const known = seen.get(caller)
    if (known !== undefined && at - known.since < WINDOW_MS && at >= known.since) {
      known.count += 1
      return known.count > perWindow ? Math.max(1, Math.ceil((known.since + WINDOW_MS - at) / 1000)) : 0
    }
    seen.delete(caller)
    seen.set(caller, { since: at, count: 1 })
    const oldest = seen.keys().next().value
    if (seen.size > CALLERS && oldest !== undefined) seen.delete(oldest)
    return 0
  }
}
