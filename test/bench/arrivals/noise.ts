/** Random numbers that are the same for the same seed (mulberry32). */
export interface Random {
  uniform(from: number, to: number): number
  normal(sigma: number): number
  /** Lognormal with this median; `sigma` is that of its logarithm. */
  lognormal(median: number, sigma: number): number
  chance(probability: number): boolean
}

export function seeded(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b9) >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const normal = (sigma: number): number =>
    sigma * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return {
    uniform: (from, to) => from + (to - from) * next(),
    normal,
    lognormal: (median, sigma) => median * Math.exp(normal(sigma)),
    chance: (probability) => next() < probability,
  }
}

/** A value that wanders about 0 and forgets: AR(1) on a grid of `stepMs`, with standard deviation `sigma` and memory `memoryMs`, read between the grid in proportion. */
export function wandering(random: Random, options: { sigma: number; stepMs: number; memoryMs: number; steps: number }) {
  const kept = Math.exp(-options.stepMs / options.memoryMs)
  const values: number[] = [random.normal(options.sigma)]
  for (let i = 1; i <= options.steps; i += 1) {
    values.push(kept * (values[i - 1] ?? 0) + random.normal(options.sigma * Math.sqrt(1 - kept * kept)))
  }
  return (ms: number): number => {
    const at = Math.min(options.steps - 1, Math.max(0, ms / options.stepMs))
    const i = Math.floor(at)
    return (values[i] ?? 0) + (at - i) * ((values[i + 1] ?? 0) - (values[i] ?? 0))
  }
}
