import type { Format } from './format.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1440

/** The instant nearest to `near` at which clocks of the site show `text` (`05:40`); null when that is no time. Epoch ms. */
export function instantOfLocal(text: string, near: number, format: Pick<Format, 'time'>): number | null {
  const wanted = minutesOf(text)
  const shown = minutesOf(format.time(near))
  if (wanted === null || shown === null) return null
  const ahead = (wanted - shown + DAY_MINUTES) % DAY_MINUTES
  const by = ahead > DAY_MINUTES / 2 ? ahead - DAY_MINUTES : ahead
  return Math.floor(near / MINUTE_MS) * MINUTE_MS + by * MINUTE_MS
}

/** With its day, so that nobody mistakes tonight for tomorrow. */
export const localText = (at: number, now: number, format: Format): string =>
  `${format.day(at)} ${format.time(at)} · ${at > now ? '+' : '−'}${format.duration(at - now)}`

function minutesOf(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text)
  if (match === null) return null
  const minutes = Number(match[1]) * 60 + Number(match[2])
  return minutes < DAY_MINUTES ? minutes : null
}
