import { say, type Sentence } from '../../../domain/sentences/sentence.ts'
import { slotsOf, type MarketPeriod } from './document.ts'

/** A number as documents write it, at the most seven digits before the point. */
const NUMBER = /^-?\d{1,7}(\.\d{1,9})?$/

/**
 * The value of each slot of a period, null where it is not known. With curve type A03 a value holds until the next point; with A01 a position that is missing
 * stays unknown. Points beyond the period, written twice differently or that are no number are named in `problems` and their slots are unknown.
 */
export function periodValues(period: MarketPeriod, curveType: string, problems: Sentence[]): (number | null)[] {
  const slots = slotsOf(period)
  // undefined: no point stands here; null: one does, and it is of no use.
  const values = Array.from({ length: slots }, (): number | null | undefined => undefined)
  const from = period.start.toISOString()
  for (const { position, value } of period.points) {
    if (!Number.isInteger(position) || position < 1 || position > slots) {
      problems.push(say('positionOutside', { position, slots, from }))
      continue
    }
    const index = position - 1
    const read = NUMBER.test(value) ? Number(value) : null
    if (read === null) problems.push(say('noNumberAt', { value: value.slice(0, 40), position, from }))
    const before = values[index]
    if (before !== undefined && before !== read) {
      problems.push(say('positionTwice', { position, from }))
      values[index] = null
    } else values[index] = read
  }
  if (curveType !== 'A03') return values.map((value) => value ?? null)
  let held: number | null = null
  return values.map((value) => {
    if (value !== undefined) held = value
    return held
  })
}
