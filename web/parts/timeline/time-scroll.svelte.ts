import type { TimeAxis } from './time-axis.svelte.ts'
import type { Span } from './timeline-model.ts'

const HOUR_MS = 3_600_000
const PAST_SHARE = 0.12

/**
 * What of the axis is in sight. Until the reader scrolls, the present stays in sight; afterwards what was in sight stays
 * where it is. To be called while a component is set up.
 */
export function createTimeScroll(clock: { readonly now: number }, axis: TimeAxis) {
  let element = $state<HTMLElement>()
  let following = true

  const presentLeft = (): number => Math.max(0, axis.x(clock.now) - axis.plotView * PAST_SHARE)

  let anchor: number | undefined
  $effect(() => {
    const { from } = axis.window
    const shift = anchor === undefined ? 0 : ((from - anchor) / HOUR_MS) * axis.pxPerHour
    anchor = from
    if (element === undefined || axis.plotWidth <= axis.plotView) return
    if (following) element.scrollLeft = presentLeft()
    else if (shift !== 0) element.scrollLeft -= shift
  })

  return {
    /** The element that scrolls; undefined while the chart is not shown. */
    get element(): HTMLElement | undefined {
      return element
    },
    // Svelte hands over null when the element goes.
    set element(value: HTMLElement | null | undefined) {
      element = value ?? undefined
    },
    /** The present comes into sight with the next change of the axis, and stays there. */
    follow(): void {
      following = true
    },
    letGo(): void {
      following = false
    },
    toNow(): void {
      following = true
      if (element !== undefined) element.scrollLeft = presentLeft()
    },
    /** Scrolls to where `span` begins, unless that is in sight. */
    bringIntoView(span: Span): void {
      if (element === undefined) return
      const from = axis.x(span.from)
      if (from < element.scrollLeft || from > element.scrollLeft + axis.plotView - 40) {
        following = false
        element.scrollTo({ left: Math.max(0, from - 30) })
      }
    },
  }
}

export type TimeScroll = ReturnType<typeof createTimeScroll>
