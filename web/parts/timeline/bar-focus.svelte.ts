import { type BarInRow, nextBar, walksBars } from './next-bar.ts'
import type { TimeScroll } from './time-scroll.svelte.ts'
import type { Bar, Row } from './timeline-model.ts'

interface TabStop {
  vehicleId: string
  key: string
}

/**
 * Which bar the reader is at, by keyboard or by pointer. One bar carries the tab stop; arrow keys hand it on. `open` shows
 * the vehicle of a row.
 */
export function createBarFocus(rows: () => readonly Row[], scroll: TimeScroll, open: (row: Row) => void) {
  let current = $state<TabStop | null>(null)
  let pointed = $state<BarInRow | null>(null)
  let focused = $state<BarInRow | null>(null)

  const stop = $derived.by(() => {
    const here = rows().find((row) => row.vehicleId === current?.vehicleId)
    if (here?.bars.some((bar) => bar.key === current?.key)) return current
    const first = rows().find((row) => row.bars.length > 0)
    return first === undefined ? null : { vehicleId: first.vehicleId, key: first.bars[0]?.key ?? '' }
  })

  function moveTo({ row, bar }: BarInRow): void {
    current = { vehicleId: row.vehicleId, key: bar.key }
    scroll.element
      ?.querySelector<SVGElement>(`[data-bar="${CSS.escape(`${row.vehicleId} ${bar.key}`)}"]`)
      ?.focus({ preventScroll: true })
    scroll.bringIntoView(bar)
  }

  return {
    get focused(): BarInRow | null {
      return focused
    },
    /** The bar to tell about: the keyboard's before the pointer's. */
    get told(): BarInRow | null {
      return focused ?? pointed
    },
    /** Key of the bar of this row that carries the tab stop; null: none of it. */
    stopKey: (row: Row): string | null => (stop?.vehicleId === row.vehicleId ? stop.key : null),
    press(event: KeyboardEvent, row: Row, bar: Bar): void {
      if (event.key === 'Enter' || event.key === ' ') {
        open(row)
        event.preventDefault()
      } else if (walksBars(event.key)) {
        event.preventDefault()
        const next = nextBar(rows(), { row, bar }, event.key)
        if (next !== undefined) moveTo(next)
      }
    },
    focus(row: Row, bar: Bar | null): void {
      focused = bar === null ? null : { row, bar }
      if (bar === null) return
      current = { vehicleId: row.vehicleId, key: bar.key }
      scroll.bringIntoView(bar)
    },
    point(row: Row, bar: Bar | null): void {
      pointed = bar === null ? null : { row, bar }
    },
  }
}

export type BarFocus = ReturnType<typeof createBarFocus>
