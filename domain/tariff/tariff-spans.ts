import { localDate } from '../service-time.ts'
import { localMidnight } from './local-clock.ts'
import type { SiteTariff } from './tariff.ts'

/** A tariff with the local dates on which it holds; `validTo` is exclusive, null: until the next one. */
export interface DatedTariff {
  validFrom: string
  validTo: string | null
  tariff: SiteTariff
}

/** A stretch of time with one tariff. `startAt` inclusive, `endAt` exclusive. */
export interface TariffSpan {
  startAt: Date
  endAt: Date
  /** null: the site has none, so nothing can be costed. */
  tariff: SiteTariff | null
  /** Where it comes from: a row with a validity (its `validFrom`), or the fleet file. */
  origin: { kind: 'validity'; validFrom: string } | { kind: 'fleetFile' } | { kind: 'none' }
}

/**
 * Cuts `[from, to)` where tariffs change, at the site's midnights. On a day that several cover, the one that began last holds; where none does, `fallback`.
 * Neighbouring spans differ in their tariff; an empty stretch has no spans.
 */
export function tariffSpans(
  dated: readonly DatedTariff[],
  fallback: SiteTariff | null,
  timeZone: string,
  from: Date,
  to: Date,
): TariffSpan[] {
  if (from >= to) return []
  const changes = dated
    .flatMap((one) => [one.validFrom, ...(one.validTo === null ? [] : [one.validTo])])
    .map((date) => localMidnight(date, timeZone).getTime())
    .filter((at) => at > from.getTime() && at < to.getTime())
  const edges = [...new Set([from.getTime(), ...changes, to.getTime()])].sort((a, b) => a - b)
  const spans: TariffSpan[] = []
  for (const [i, start] of edges.entries()) {
    const end = edges[i + 1]
    if (end === undefined) break
    const found = tariffOn(dated, localDate(new Date(start), timeZone))
    const span: TariffSpan = {
      startAt: new Date(start),
      endAt: new Date(end),
      tariff: found?.tariff ?? fallback,
      origin:
        found !== null
          ? { kind: 'validity', validFrom: found.validFrom }
          : fallback !== null
            ? { kind: 'fleetFile' }
            : { kind: 'none' },
    }
    const before = spans.at(-1)
    if (before?.tariff === span.tariff) before.endAt = span.endAt
    else spans.push(span)
  }
  return spans
}

/** The tariff among those dated that holds on a local date; null: none. */
export function tariffOn(dated: readonly DatedTariff[], date: string): DatedTariff | null {
  let found: DatedTariff | null = null
  for (const one of dated) {
    if (one.validFrom > date || (one.validTo !== null && one.validTo <= date)) continue
    if (found === null || one.validFrom > found.validFrom) found = one
  }
  return found
}
