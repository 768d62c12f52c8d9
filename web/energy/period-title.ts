import type { Format } from '../parts/format.ts'
import { addDays, type Period } from './period.ts'

/** A period as people call it: October 2026; 23 – 29 Nov 2026; 2026. */
export function periodTitle(period: Period, format: Format): string {
  if (period.kind === 'day') return format.date(period.from)
  if (period.kind === 'month') return format.month(period.from)
  if (period.kind === 'year') return period.from.slice(0, 4)
  return `${format.date(period.from)} – ${format.date(addDays(period.to, -1))}`
}
