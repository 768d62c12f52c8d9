import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Temporal } from 'temporal-polyfill'
import { createLocalClock, dateOf } from './local-clock.ts'
import { zonePrice } from './zone-price.ts'

const sofia = 'Europe/Sofia'
const at = (instant: string): number => Date.parse(instant)

describe('a zone’s price', () => {
  const summerPeak = { from: '17:00', to: '22:00', months: [4, 5, 6, 7, 8, 9], eurPerKwh: 0.3 }
  const weekdays = { from: '06:00', to: '22:00', days: ['mon', 'tue', 'wed', 'thu', 'fri'] as const, eurPerKwh: 0.2 }
  const night = { from: '22:00', to: '06:00', eurPerKwh: 0.1 }
  const zones = [summerPeak, { ...weekdays, days: [...weekdays.days] }, night]

  test('goes by the season', () => {
    const price = zonePrice(zones, sofia)
    expect(price(at('2026-07-15T15:00:00Z'))).toBe(300_000)
    expect(price(at('2026-11-18T15:00:00Z'))).toBe(200_000)
  })

  test('a zone over midnight belongs to the month that it begins in', () => {
    const price = zonePrice([{ from: '22:00', to: '06:00', months: [11], eurPerKwh: 0.1 }], sofia)
    expect(price(at('2026-12-01T02:00:00Z'))).toBe(100_000)
    expect(price(at('2026-11-01T02:00:00Z'))).toBeNull()
  })

  test('a holiday counts as a Sunday', () => {
    const holiday = '2026-12-25'
    expect(zonePrice(zones, sofia)(at(`${holiday}T10:00:00Z`))).toBe(200_000)
    expect(zonePrice(zones, sofia, [holiday])(at(`${holiday}T10:00:00Z`))).toBeNull()
  })

  test('where no zone fits the price is unknown', () => {
    expect(zonePrice(zones, sofia)(at('2026-11-22T10:00:00Z'))).toBeNull()
  })
})

test('the local clock agrees with Temporal at any instant, in any order', () => {
  const zonesOfTheWorld = fc.constantFrom('Europe/Sofia', 'UTC', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Asia/Tehran')
  const instants = fc.array(
    fc.integer({ min: at('1999-01-01T00:00:00Z') / 60_000, max: at('2030-01-01T00:00:00Z') / 60_000 }),
    { minLength: 1, maxLength: 20 },
  )
  fc.assert(
    fc.property(zonesOfTheWorld, instants, (zone, minutes) => {
      const clock = createLocalClock(zone)
      for (const minute of minutes) {
        const local = Temporal.Instant.fromEpochMilliseconds(minute * 60_000).toZonedDateTimeISO(zone)
        const { day, minute: minuteOfDay } = clock(minute * 60_000)
        expect(dateOf(day)).toBe(local.toPlainDate().toString())
        expect(minuteOfDay).toBe(local.hour * 60 + local.minute)
      }
    }),
  )
})
