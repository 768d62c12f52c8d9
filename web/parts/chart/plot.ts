import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Format } from '../format.ts'
import { type Palette, readPalette, watchTheme } from './palette.ts'
import type { ChartSeries, Span } from './series.ts'

// Loaded by the first chart that is drawn: 20 kB that no page without one pays.

export interface PlotOptions {
  host: HTMLElement
  times: readonly number[]
  series: readonly ChartSeries[]
  height: number
  span: Span
  /** Top of the scale; undefined: as high as the values. */
  high: number | undefined
  format: Format
  /** The sample under the cursor; null when there is none. */
  point: (index: number | null) => void
  zoomed: (isZoomed: boolean) => void
}

export interface Plot {
  /** Other values of the same series; what was zoomed to stays. */
  setData(times: readonly number[], series: readonly ChartSeries[], span: Span): void
  /** Puts the cursor on a sample. */
  show(index: number): void
  /** Shows `share` of what is shown now, around a sample; above 1 shows more. */
  zoom(share: number, around: number): void
  all(): void
  destroy(): void
}

const FONT = "12px 'Sofia Sans Variable', 'Sofia Sans', system-ui, sans-serif"
const DAY_S = 86_400

/** A uPlot in the page's own colours, language and time zone. */
export function createPlot({
  host,
  times,
  series,
  height,
  span: whole,
  high,
  format,
  point,
  zoomed,
}: PlotOptions): Plot {
  let palette: Palette = readPalette(host)
  let span = inSeconds(whole)
  let isZoomed = false
  // The sample that keys chose, until the pointer moves: a month has several samples a pixel, so its place does not tell it.
  let held: number | null = null
  const stepped = uPlot.paths.stepped?.({ align: 1 })
  const isStep = (one: ChartSeries): boolean => one.draw === 'step' || one.draw === 'stepArea'

  const u = new uPlot(
    {
      width: host.clientWidth,
      height,
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), format.timeZone),
      legend: { show: false },
      padding: [10, 12, 0, 0],
      cursor: {
        y: false,
        drag: { x: matchMedia('(pointer: fine)').matches, y: false, setScale: true },
        points: { size: 8 },
        // A sample holds from its time on: the one that began last is meant, not the nearest.
        dataIdx: (self, _, nearest, x) =>
          held ?? (nearest > 0 && (self.data[0][nearest] ?? 0) > x ? nearest - 1 : nearest),
      },
      scales: { x: { time: true }, y: { range: (_, least, most) => yRange(least, high ?? most, high !== undefined) } },
      axes: [
        {
          font: FONT,
          stroke: () => palette.text.line,
          grid: { stroke: () => palette.grid.line, width: 1 },
          ticks: { show: false },
          space: 64,
          size: 30,
          values: (_, splits, __, ___, step) => splits.map((at) => tickText(at * 1000, step, format)),
        },
        {
          font: FONT,
          stroke: () => palette.text.line,
          grid: { stroke: () => palette.grid.line, width: 1 },
          ticks: { show: false },
          size: 46,
          space: 34,
          values: (_, splits) => splits.map((value) => numberText(value, splits, format)),
        },
      ],
      series: [
        {},
        ...series.map((one): uPlot.Series => ({
          label: one.label,
          stroke: () => palette[one.tone].line,
          width: one.dashed === true ? 1.6 : 1.8,
          points: { show: false },
          ...(one.dashed === true ? { dash: [6, 4] } : {}),
          ...(one.draw === 'area' || one.draw === 'stepArea' ? { fill: () => palette[one.tone].fill } : {}),
          ...(isStep(one) && stepped !== undefined ? { paths: stepped } : {}),
        })),
      ],
      hooks: {
        setCursor: [(self) => point(held ?? self.cursor.idx ?? null)],
        setScale: [
          (self, key) => {
            const { min, max } = self.scales['x'] ?? {}
            if (key !== 'x') return
            isZoomed = min !== undefined && max !== undefined && max - min < (span.to - span.from) * 0.999
            zoomed(isZoomed)
          },
        ],
      },
    },
    dataOf(times, series),
    host,
  )

  const release = (): void => {
    held = null
  }
  // Before uPlot's own listeners, which ask for the sample.
  host.addEventListener('pointermove', release, { capture: true })
  host.addEventListener('pointerleave', release, { capture: true })
  if (times.length > 0) u.setScale('x', { min: span.from, max: span.to })
  const resize = new ResizeObserver(() => {
    if (host.clientWidth > 0 && host.clientWidth !== u.width) u.setSize({ width: host.clientWidth, height })
  })
  resize.observe(host)
  const unwatch = watchTheme(() => {
    palette = readPalette(host)
    u.redraw(false, true)
  })

  return {
    setData(next, nextSeries, nextSpan) {
      span = inSeconds(nextSpan)
      held = null
      const { min = span.from, max = span.to } = isZoomed ? (u.scales['x'] ?? {}) : {}
      u.setData(dataOf(next, nextSeries), false)
      u.setScale('x', { min, max })
    },
    show(index) {
      const at = u.data[0][index]
      if (at === undefined) return
      const { min = span.from, max = span.to } = u.scales['x'] ?? {}
      if (at < min || at > max) {
        const half = (max - min) / 2
        u.setScale('x', { min: Math.max(span.from, at - half), max: Math.min(span.to, at + half) })
      }
      held = index
      // uPlot takes a new scale over at the end of the task.
      queueMicrotask(() => u.setCursor({ left: u.valToPos(at, 'x') + 0.5, top: u.over.clientHeight / 2 }))
    },
    zoom(share, around) {
      const at = u.data[0][around] ?? (span.from + span.to) / 2
      const { min = span.from, max = span.to } = u.scales['x'] ?? {}
      const half = ((max - min) * share) / 2
      u.setScale('x', { min: Math.max(span.from, at - half), max: Math.min(span.to, at + half) })
    },
    all: () => u.setScale('x', { min: span.from, max: span.to }),
    destroy() {
      resize.disconnect()
      host.removeEventListener('pointermove', release, { capture: true })
      host.removeEventListener('pointerleave', release, { capture: true })
      unwatch()
      u.destroy()
    },
  }
}

const dataOf = (times: readonly number[], series: readonly ChartSeries[]): uPlot.AlignedData => [
  times.map((at) => at / 1000),
  ...series.map((one) => [...one.values]),
]

const inSeconds = ({ from, to }: Span): Span => ({ from: from / 1000, to: to / 1000 })

/** From nought up, unless something is below it. */
function yRange(low: number | null, high: number | null, isTop: boolean): [number, number] {
  const top = Math.max(high ?? 1, 0)
  const bottom = Math.min(low ?? 0, 0)
  const room = isTop ? 0 : (top - bottom || 1) * 0.06
  return [bottom < 0 ? bottom - room : 0, top + room]
}

/** The day at its midnight, else the time; where ticks are days apart, the day alone. `step` in seconds. */
export function tickText(at: number, step: number, format: Format): string {
  const time = format.time(at)
  if (step >= 27 * DAY_S) return format.monthShort(at)
  return step >= DAY_S || time === '00:00' ? format.dayShort(at) : time
}

function numberText(value: number, splits: readonly number[], format: Format): string {
  const step = Math.abs((splits[1] ?? 1) - (splits[0] ?? 0))
  return format.fixed(value, step < 0.1 ? 2 : step < 1 ? 1 : 0)
}
