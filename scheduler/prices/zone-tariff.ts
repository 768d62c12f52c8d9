import { Temporal } from 'temporal-polyfill'
import type { FleetTariff } from '../../domain/fleet-file.ts'
import type { PriceSlot, PriceSource } from '../../domain/ports.ts'
import { SLOT_MS, slotStart } from '../../domain/slots.ts'

export type TariffZones = NonNullable<FleetTariff['zones']>

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/**
 * Prices from a tariff's time-of-use zones, in quarter hours: each takes the first zone that holds at its start by the site's clocks, so that on the days
 * when clocks change, zones begin when the clock on the wall says so. Quarters that no zone covers are left out.
 */
export function zoneTariff(zones: TariffZones, timeZone: string): PriceSource {
  const rules = zones.map((zone) => ({
    from: minutesOf(zone.from),
    to: minutesOf(zone.to),
    days: new Set<string>(zone.days ?? DAYS),
    price: Math.round(zone.eurPerKwh * 1e6),
  }))
  return {
    prices(from, to) {
      const slots: PriceSlot[] = []
      for (let at = slotStart(from).getTime(); at < to.getTime(); at += SLOT_MS) {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
        const minute = local.hour * 60 + local.minute
        const today = DAYS[local.dayOfWeek - 1] ?? 'mon'
        const eve = DAYS[(local.dayOfWeek + 5) % 7] ?? 'sun'
        const rule = rules.find((one) =>
          one.from < one.to
            ? one.days.has(today) && minute >= one.from && minute < one.to
            : // Over midnight: the evening part belongs to the zone's day, the morning part to the day before. `from` = `to` is all day.
              (one.days.has(today) && minute >= one.from) || (one.days.has(eve) && minute < one.to),
        )
        if (rule === undefined) continue
        slots.push({ startAt: new Date(at), endAt: new Date(at + SLOT_MS), priceMicroEurPerKwh: rule.price })
      }
      return Promise.resolve(slots)
    },
  }
}

function minutesOf(localTime: string): number {
  const [hours = 0, minutes = 0] = localTime.split(':').map(Number)
  return hours * 60 + minutes
}
