import type { components } from '../generated/api.d.ts'

export type CarbonFactor = components['schemas']['CarbonFactor']

/** A factor with the days that it holds. */
export interface FactorSpan {
  factor: CarbonFactor
  /** Local date, exclusive: the next of the same method begins; null: no next is known. */
  to: string | null
  inForce: boolean
}

/** Factors by method, the latest first, each until the next of its method; in force is what holds on the local date `today`. */
export function factorSpans(factors: readonly CarbonFactor[], today: string): FactorSpan[] {
  return (['location', 'market'] as const).flatMap((method) => {
    const latestFirst = factors
      .filter((factor) => factor.method === method)
      .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0))
    return latestFirst.map((factor, index) => {
      const to = latestFirst[index - 1]?.validFrom ?? null
      return { factor, to, inForce: factor.validFrom <= today && (to === null || today < to) }
    })
  })
}
