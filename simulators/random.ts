/** Pseudo-random numbers in [0, 1). */
export type Random = () => number

/**
 * A generator that depends on its keys alone: what befalls bus 3 on one day is the same in every run with the same seed, in
 * whatever order things happen.
 */
export function seededRandom(...keys: readonly (string | number)[]): Random {
  let state = 0x811c9dc5
  for (const character of keys.join('\u0001')) {
    state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  }
  return () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A number in [low, high). */
export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random()
}

/** Bell-shaped around 0 with standard deviation 1, never beyond ±3: the sum of twelve uniform numbers, less six, cut. */
export function bellShaped(random: Random): number {
  let sum = -6
  for (let i = 0; i < 12; i += 1) sum += random()
  return Math.min(3, Math.max(-3, sum))
}

/** A version-4-shaped UUID drawn from `random`. */
export function seededUuid(random: Random): string {
  const hex = Array.from({ length: 32 }, (_, i) => {
    if (i === 12) return '4'
    const digit = Math.floor(random() * 16)
    return (i === 16 ? (digit & 3) | 8 : digit).toString(16)
  }).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
