import { createLocalClock, dayOf, monthOf, weekdayOf } from './local-clock.ts'
import type { SiteTariff, TariffZones } from './tariff.ts'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
const SUNDAY = 6

/**
 * What zones of a tariff say at an instant, in millionths of a euro per kWh; null where none fits. The first zone that fits by the site's clocks wins, so that on
 * the days when clocks change, zones begin when the clock on the wall says so. A zone over midnight belongs to the day, month and holiday that it begins on.
 */
export function zonePrice(
  zones: TariffZones,
  timeZone: string,
  holidays: SiteTariff['holidays'] = [],
): (atMs: number) => number | null {
  const rules = zones.map((zone) => ({
    from: minutesOf(zone.from),
    to: minutesOf(zone.to),
    days: DAYS.map((day) => zone.days?.includes(day) ?? true),
    months: zone.months === undefined ? null : new Set(zone.months),
    price: Math.round(zone.eurPerKwh * 1e6),
  }))
  const free = new Set(holidays.map(dayOf))
  const clock = createLocalClock(timeZone)

  function holdsOn(rule: (typeof rules)[number], day: number): boolean {
    const weekday = free.has(day) ? SUNDAY : weekdayOf(day)
    return rule.days[weekday] === true && (rule.months === null || rule.months.has(monthOf(day)))
  }

  return (atMs) => {
    const { day, minute } = clock(atMs)
    const rule = rules.find((one) =>
      one.from < one.to
        ? minute >= one.from && minute < one.to && holdsOn(one, day)
        : // Over midnight: the evening part belongs to the zone's day, the morning part to the day before. `from` = `to` is all day.
          (minute >= one.from && holdsOn(one, day)) || (minute < one.to && holdsOn(one, day - 1)),
    )
    return rule?.price ?? null
  }
}

function minutesOf(localTime: string): number {
  const [hours = 0, minutes = 0] = localTime.split(':').map(Number)
  return hours * 60 + minutes
}
