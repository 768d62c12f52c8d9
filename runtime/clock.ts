import type { Now } from '../domain/ports.ts'

export const realClock: Now = () => new Date()

/** A clock that stood at `origin` when the machine's stood at `realOrigin`, and runs `speed` times as fast. */
export function simulatedClock(origin: Date, realOrigin: Date, speed: number): Now {
  return () => new Date(origin.getTime() + (Date.now() - realOrigin.getTime()) * speed)
}
