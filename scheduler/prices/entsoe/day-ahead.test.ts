import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { say, type Sentence } from '../../../domain/sentences/sentence.ts'
import { readDayAhead, type DayAheadPrices } from './day-ahead.ts'
import { marketDate, marketDay } from './market-day.ts'

const ZONE = '10YCA-BULGARIA-R'
const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}.xml`, import.meta.url), 'utf8')

const english = (problems: readonly Sentence[]): string[] => problems.map((one) => one.in('en'))

function read(name: string): Extract<DayAheadPrices, { kind: 'prices' }> {
  const found = readDayAhead(fixture(name), ZONE)
  if (found.kind !== 'prices') throw new Error(`${name}: ${found.kind}`)
  return found
}

function priceAt(name: string, instant: string): number | undefined {
  const at = new Date(instant)
  return read(name).slots.find((slot) => slot.startAt <= at && at < slot.endAt)?.priceMicroEurPerKwh
}

describe('a day-ahead document', () => {
  test('with curve type A03 a price holds until the next point', () => {
    const { slots, problems } = read('carried-forward')
    expect(problems).toEqual([])
    expect(slots).toHaveLength(96)
    expect(slots.slice(0, 6).map((slot) => slot.priceMicroEurPerKwh)).toEqual([
      101_230, 99_500, 99_500, 99_500, 99_500, 88_000,
    ])
    expect(slots.at(-2)?.priceMicroEurPerKwh).toBe(88_000)
    expect(slots.at(-1)?.priceMicroEurPerKwh).toBe(120_070)
  })

  test('with curve type A01 a missing slot stays unknown', () => {
    expect(read('missing-slot').slots).toHaveLength(23)
    expect(priceAt('missing-slot', '2026-11-23T04:30:00Z')).toBe(96_500)
    expect(priceAt('missing-slot', '2026-11-23T05:00:00Z')).toBeUndefined()
    expect(priceAt('missing-slot', '2026-11-23T06:00:00Z')).toBe(98_500)
  })

  test('quarter hours go before hours, and hours fill what they leave', () => {
    const { slots } = read('two-resolutions')
    expect(slots).toHaveLength(96)
    expect(slots.slice(0, 5).map((slot) => slot.priceMicroEurPerKwh)).toEqual([50_100, 50_200, 50_300, 50_400, 51_000])
    expect(priceAt('two-resolutions', '2026-11-23T10:45:00Z')).toBe(51_000)
    expect(priceAt('two-resolutions', '2026-11-23T11:00:00Z')).toBe(113_000)
  })

  test('of several series the coupled day-ahead auction counts, on each day its own', () => {
    const { slots, problems } = read('several-series')
    expect(slots).toHaveLength(192)
    expect(priceAt('several-series', '2026-11-23T05:00:00Z')).toBe(80_000)
    expect(priceAt('several-series', '2026-11-24T00:00:00Z')).toBe(90_000)
    expect(priceAt('several-series', '2026-11-24T12:00:00Z')).toBe(-1_500)
    expect(english(problems)).toEqual(['a series of market agreement A07, not day-ahead'])
  })

  test('the days when clocks change have 92 and 100 quarters', () => {
    const spring = read('spring-day').slots
    expect(spring).toHaveLength(92)
    expect(spring.at(-1)).toMatchObject({ priceMicroEurPerKwh: 20_000, endAt: marketDay('2026-03-29').to })
    const autumn = read('autumn-day').slots
    expect(autumn).toHaveLength(100)
    expect(autumn[0]?.startAt).toEqual(marketDay('2026-10-25').from)
    expect(autumn.at(-1)).toMatchObject({ priceMicroEurPerKwh: 20_000, endAt: marketDay('2026-10-25').to })
  })

  test('when the source forgets the 25th hour it is unknown, and no hour is moved', () => {
    expect(read('autumn-day-short').slots).toHaveLength(24)
    expect(priceAt('autumn-day-short', '2026-10-25T21:00:00Z')).toBe(24_000)
    expect(priceAt('autumn-day-short', '2026-10-25T22:00:00Z')).toBeUndefined()
  })

  test('negative prices are prices', () => {
    const prices = read('negative-prices').slots.map((slot) => slot.priceMicroEurPerKwh)
    expect(prices.slice(0, 4)).toEqual([-100_600, -10, 0, 603_000])
  })

  test('leva are converted until the end of 2025 and refused after it', () => {
    expect(priceAt('leva-2025', '2025-06-01T22:00:00Z')).toBe(100_000)
    expect(priceAt('leva-2025', '2025-06-02T10:00:00Z')).toBe(-10_000)
    expect(read('leva-2026')).toEqual({
      kind: 'prices',
      slots: [],
      problems: [say('levaAfterEuro')],
    })
  })

  test('a currency that is not converted is left out and named; the euros beside it count', () => {
    const { slots, problems } = read('other-currency')
    expect(slots).toHaveLength(12)
    expect(english(problems)).toEqual(['prices in RON, which are not converted'])
  })

  test('points that cannot be meant are named and their slots unknown', () => {
    const { slots, problems } = read('odd-points')
    expect(slots.map((slot) => slot.priceMicroEurPerKwh)).toEqual([100_000, 7_000])
    expect(problems).toHaveLength(3)
    expect(english(problems).join()).toMatch(/"n\/a" is no number.*twice.*position 25 of 24/)
  })

  test('an acknowledgement without data is no error, and a refusal says why', () => {
    expect(readDayAhead(fixture('no-data'), ZONE)).toMatchObject({
      kind: 'noData',
      reason: expect.stringContaining('No matching data'),
    })
    expect(readDayAhead(fixture('refused'), ZONE)).toMatchObject({
      kind: 'refused',
      reason: 'The amount of requested data exceeds allowed limit.',
    })
  })

  test('another zone’s prices are not taken', () => {
    expect(readDayAhead(fixture('carried-forward'), '10YRO-TEL------P')).toEqual({
      kind: 'prices',
      slots: [],
      problems: [say('seriesOfZone', { zone: ZONE })],
    })
  })

  test('a day written with every point, and one with the repeats left out, are the same day', () => {
    const cents = fc.array(fc.constantFrom(-5_000, 0, 1, 9_999, 12_345), { minLength: 96, maxLength: 96 })
    fc.assert(
      fc.property(cents, (values) => {
        const written = (curveType: string): string => {
          const points = values.flatMap((value, i) =>
            curveType === 'A03' && i > 0 && values[i - 1] === value
              ? []
              : [
                  `<Point><position>${i + 1}</position><price.amount>${(value / 100).toFixed(2)}</price.amount></Point>`,
                ],
          )
          return fixture('carried-forward')
            .replace(/<Point>.*<\/Point>/s, points.join(''))
            .replace('<curveType>A03', `<curveType>${curveType}`)
        }
        const [full, short] = ['A01', 'A03'].map((curveType) => readDayAhead(written(curveType), ZONE))
        expect(short).toEqual(full)
        const prices = full?.kind === 'prices' ? full.slots.map((slot) => slot.priceMicroEurPerKwh) : []
        expect(prices).toEqual(values.map((value) => value * 10))
      }),
      { numRuns: 20 },
    )
  })

  test('what is no market document is unreadable, entity bombs and claimed eternities too', () => {
    const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><Publication_MarketDocument>&b;</Publication_MarketDocument>`
    const eternity = fixture('spring-day')
      .replaceAll('2026-03-29T22:00Z', '2027-03-29T22:00Z')
      .replace(/(<TimeSeries>.*<\/TimeSeries>)/s, (series) => series.repeat(40))
    for (const text of ['', 'hello', '<html><body>Bad gateway</body></html>', '<a><b></a>', '<a/>', bomb, eternity])
      expect(readDayAhead(text, ZONE).kind).toBe('unreadable')
  })

  test('whatever is done to a document, reading it does not throw', () => {
    const text = fixture('several-series')
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(200), fc.string({ maxLength: 20 }), (at, length, inserted) => {
        const found = readDayAhead(text.slice(0, at) + inserted + text.slice(at + length), ZONE)
        if (found.kind !== 'prices') return
        for (const slot of found.slots) expect(Number.isSafeInteger(slot.priceMicroEurPerKwh)).toBe(true)
      }),
    )
  })
})

test('the market’s day is Central European: the first hour of Sofia’s day belongs to the day before', () => {
  expect(marketDate(new Date('2026-11-22T22:30:00Z'))).toBe('2026-11-22')
  expect(marketDay('2026-11-23')).toEqual({
    from: new Date('2026-11-22T23:00:00Z'),
    to: new Date('2026-11-23T23:00:00Z'),
  })
  expect(marketDay('2026-07-01').from).toEqual(new Date('2026-06-30T22:00:00Z'))
})
