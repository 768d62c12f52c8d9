import type { Format } from '../format.ts'
import { axisTicks, type Tick } from './axis-ticks.ts'
import { type ShownPlan, type Span, timeWindow } from './timeline-model.ts'

const HOUR_MS = 3_600_000
const LEAST_PX_PER_HOUR = 26
const NARROW_PX = 600

/** How many hours fill the chart's width; `all` fits the whole window in, as far as that stays readable. */
export type Zoom = '8' | '16' | 'all'

/** Where an instant lies on the chart: the window in time, the widths in px, and the zoom that joins them. */
export function createTimeAxis(
  { clock, format }: { clock: { readonly now: number }; format: Pick<Format, 'hour'> },
  plan: () => ShownPlan | null,
) {
  let width = $state(0)
  let chosen = $state<Zoom | null>(null)

  const window = $derived(timeWindow(clock.now, plan()))
  const labelWidth = $derived(width < NARROW_PX ? 96 : 128)
  const plotView = $derived(Math.max(0, width - labelWidth))
  const windowHours = $derived((window.to - window.from) / HOUR_MS)
  const zoom = $derived(chosen ?? (width < NARROW_PX ? '8' : 'all'))
  const pxPerHour = $derived(
    zoom === 'all' ? Math.max(plotView / windowHours, LEAST_PX_PER_HOUR) : plotView / Number(zoom),
  )
  const plotWidth = $derived(Math.max(plotView, windowHours * pxPerHour))
  const x = $derived((at: number): number => ((at - window.from) / HOUR_MS) * pxPerHour)
  const ticks = $derived(axisTicks(window, pxPerHour, format.hour))

  return {
    /** Of labels and plot together, as the browser lays it out. */
    get width(): number {
      return width
    },
    set width(px: number) {
      width = px
    },
    get zoom(): Zoom {
      return zoom
    },
    set zoom(value: Zoom) {
      chosen = value
    },
    get window(): Span {
      return window
    },
    get labelWidth(): number {
      return labelWidth
    },
    /** The part of the plot that is seen without scrolling. */
    get plotView(): number {
      return plotView
    },
    get plotWidth(): number {
      return plotWidth
    },
    get pxPerHour(): number {
      return pxPerHour
    },
    get x(): (at: number) => number {
      return x
    },
    get ticks(): readonly Tick[] {
      return ticks
    },
    /** The instant at `px` from the left end of the plot. */
    instantAt: (px: number): number => window.from + (px / pxPerHour) * HOUR_MS,
  }
}

export type TimeAxis = ReturnType<typeof createTimeAxis>
