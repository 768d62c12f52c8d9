/** Chance that hangs on its keys alone, in [0, 1): the past of a demo is the same at every start. */
export function dice(...keys: readonly (string | number)[]): number {
  let state = 0x811c9dc5
  for (const character of keys.join('\u0001')) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193)
  // The finaliser of MurmurHash3: keys that differ in one digit fall far apart.
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b)
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35)
  return ((state ^ (state >>> 16)) >>> 0) / 4_294_967_296
}

/** Chance in [low, high). */
export const between = (low: number, high: number, ...keys: readonly (string | number)[]): number =>
  low + (high - low) * dice(...keys)
