import { describe, expect, test } from 'vitest'
import { zoneTariff } from './zone-tariff.ts'

const sofia = 'Europe/Sofia'

async function at(zones: Parameters<typeof zoneTariff>[0], instant: string): Promise<number | undefined> {
  const from = new Date(instant)
  const [slot] = await zoneTariff(zones, sofia).prices(from, new Date(from.getTime() + 900_000))
  return slot?.priceMicroEurPerKwh
}

describe('a tariff of zones', () => {
  const night = { from: '22:00', to: '06:00', eurPerKwh: 0.08 }
  const rest = { from: '00:00', to: '24:00', eurPerKwh: 0.2 }

  test('the first zone that fits wins, by local time', async () => {
    expect(await at([night, rest], '2026-11-23T20:00:00Z')).toBe(80_000)
    expect(await at([night, rest], '2026-11-23T19:45:00Z')).toBe(200_000)
    expect(await at([night, rest], '2026-11-24T03:45:00Z')).toBe(80_000)
    expect(await at([night, rest], '2026-11-24T04:00:00Z')).toBe(200_000)
  })

  test('a zone over midnight belongs to the day it begins on', async () => {
    const friday = { ...night, days: ['fri' as const] }
    expect(await at([friday], '2026-11-27T21:00:00Z')).toBe(80_000)
    expect(await at([friday], '2026-11-28T02:00:00Z')).toBe(80_000)
    expect(await at([friday], '2026-11-27T02:00:00Z')).toBeUndefined()
  })

  test('when clocks change the zone begins when the wall says so', async () => {
    const zone = { from: '04:00', to: '05:00', eurPerKwh: 0.1 }
    const hours = async (day: string): Promise<number> => {
      const from = new Date(day)
      return (await zoneTariff([zone], sofia).prices(from, new Date(from.getTime() + 86_400_000))).length / 4
    }
    // In March 03:00 becomes 04:00; in October 04:00 becomes 03:00, so 03:00 to 04:00 comes twice.
    expect(await hours('2026-03-28T22:00:00Z')).toBe(1)
    expect(await at([zone], '2026-03-29T01:00:00Z')).toBe(100_000)
    expect(await at([zone], '2026-10-25T02:00:00Z')).toBe(100_000)
    const twice = { from: '03:00', to: '04:00', eurPerKwh: 0.1 }
    const october = await zoneTariff([twice], sofia).prices(
      new Date('2026-10-24T21:00:00Z'),
      new Date('2026-10-25T22:00:00Z'),
    )
    expect(october).toHaveLength(8)
  })
})
