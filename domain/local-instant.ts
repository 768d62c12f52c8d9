import { Temporal } from 'temporal-polyfill'

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?$/
const DOTTED = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: г\.)?(?:,? +(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/
const WITH_OFFSET = /(Z|[+-]\d{2}:?\d{2})$/i

/**
 * The instants that a time may mean, earlier first: one; two in the hour that autumn repeats; none when it is no time at all. A time
 * with an offset means what it says, one without means local time in `timeZone`. A time that spring skips is read as the clocks would have
 * shown it without the change. Takes `2026-01-15 13:45:00`, ISO 8601 and `15.01.2026 13:45`; a date alone is no reading's time.
 */
export function instantsOfLocal(text: string, timeZone: string): Date[] {
  const trimmed = text.trim()
  if (WITH_OFFSET.test(trimmed) && /^\d{4}-\d{2}-\d{2}T/.test(trimmed)) {
    const ms = Date.parse(trimmed)
    return Number.isNaN(ms) ? [] : [new Date(ms)]
  }
  const iso = ISO.exec(trimmed)
  const dotted = DOTTED.exec(trimmed)
  const parts = iso?.slice(1) ?? (dotted === null ? null : [dotted[3], dotted[2], dotted[1], ...dotted.slice(4)])
  if (parts === null || parts[3] === undefined) return []
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0))
  try {
    const local = Temporal.PlainDateTime.from({ year, month, day, hour, minute, second }, { overflow: 'reject' })
    const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' })
    const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' })
    const skipped = !earlier.toPlainDateTime().equals(local)
    if (skipped || earlier.equals(later)) return [new Date(later.epochMilliseconds)]
    return [new Date(earlier.epochMilliseconds), new Date(later.epochMilliseconds)]
  } catch {
    return []
  }
}

/**
 * Instants of a list of local times in the order of the list; null where there is no time to read. In the hour that comes twice the order tells
 * which of the two is meant; where it tells nothing, the earlier one is taken, so that a reading never seems newer than it is.
 */
export function instantsInOrder(texts: readonly string[], timeZone: string): (Date | null)[] {
  const candidates = texts.map((text) => instantsOfLocal(text, timeZone))
  const told = candidates.flatMap((dates) => (dates[0] === undefined ? [] : [dates[0].getTime()]))
  const newestFirst = (told[0] ?? 0) > (told.at(-1) ?? 0)
  const ordered = newestFirst ? candidates.toReversed() : candidates
  let beforeMs = Number.NEGATIVE_INFINITY
  const instants = ordered.map((dates) => {
    const chosen = dates.find((date) => date.getTime() >= beforeMs) ?? dates[0] ?? null
    if (chosen !== null) beforeMs = chosen.getTime()
    return chosen
  })
  return newestFirst ? instants.toReversed() : instants
}
