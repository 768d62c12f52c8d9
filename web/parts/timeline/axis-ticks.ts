import { hourStep, type Span } from './timeline-model.ts'

const HOUR_MS = 3_600_000
const LABEL_PX = 52
const DATE_PX = 84

/** An hour of the axis: `labelled` ones have a long line, `named` ones have room for their text too. */
export interface Tick {
  at: number
  labelled: boolean
  named: boolean
  midnight: boolean
}

/** One tick per full hour of `window`, both ends included; `hourOf` gives the site's hour of day, 0 to 23. */
export function axisTicks(window: Span, pxPerHour: number, hourOf: (at: number) => number): Tick[] {
  const step = hourStep(pxPerHour, LABEL_PX)
  const hours = Math.round((window.to - window.from) / HOUR_MS)
  return Array.from({ length: hours + 1 }, (_, i) => {
    const at = window.from + i * HOUR_MS
    const hour = hourOf(at)
    // The date at midnight is wider than an hour and pushes the next label out where it needs the room.
    const crowded = hour > 0 && hour * pxPerHour < DATE_PX
    const labelled = hour % step === 0
    return { at, labelled, named: labelled && !crowded, midnight: hour === 0 }
  })
}
