import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { localDate } from '../service-time.ts'
import { siteTariff } from './tariff.ts'
import { tariffOn, tariffSpans, type DatedTariff } from './tariff-spans.ts'

const sofia = 'Europe/Sofia'
const tariff = (networkEurPerKwh: number) => siteTariff.parse({ networkEurPerKwh })
const fallback = tariff(9)
const dated = (validFrom: string, validTo: string | null, n: number): DatedTariff => ({
  validFrom,
  validTo,
  tariff: tariff(n),
})
const from = new Date('2026-11-01T00:00:00Z')
const to = new Date('2026-12-01T00:00:00Z')

function spans(rows: DatedTariff[]) {
  return tariffSpans(rows, fallback, sofia, from, to).map((span) => [
    span.startAt.toISOString(),
    span.tariff?.networkEurPerKwh,
  ])
}

describe('the tariff in force', () => {
  test('changes at the site’s midnight, and goes back to the fleet file’s where a row ends', () => {
    expect(spans([dated('2026-11-10', '2026-11-20', 1)])).toEqual([
      ['2026-11-01T00:00:00.000Z', 9],
      ['2026-11-09T22:00:00.000Z', 1],
      ['2026-11-19T22:00:00.000Z', 9],
    ])
  })

  test('a row without an end holds until the next begins; one inside another wins while it holds', () => {
    const rows = [dated('2026-10-01', null, 1), dated('2026-11-10', '2026-11-12', 2), dated('2026-11-20', null, 3)]
    expect(spans(rows).map(([, price]) => price)).toEqual([1, 2, 1, 3])
  })

  test('without any tariff there is one span with none', () => {
    expect(tariffSpans([], null, sofia, from, to)).toMatchObject([{ tariff: null, origin: { kind: 'none' } }])
    expect(tariffSpans([], fallback, sofia, to, from)).toEqual([])
  })

  test('spans cover the stretch without holes and each instant has the tariff of its local date', () => {
    const day = fc.integer({ min: 0, max: 60 })
    const date = (n: number): string => new Date(Date.UTC(2026, 9, 1 + n)).toISOString().slice(0, 10)
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.option(fc.integer({ min: 1, max: 20 }))), { maxLength: 5 }), (rows) => {
        const all = rows
          .filter(([start], i) => rows.findIndex(([other]) => other === start) === i)
          .map(([start, length], i) => dated(date(start), length === null ? null : date(start + length), i))
        const found = tariffSpans(all, fallback, sofia, from, to)
        expect(found[0]?.startAt).toEqual(from)
        expect(found.at(-1)?.endAt).toEqual(to)
        for (const [i, span] of found.entries()) {
          if (i > 0) expect(span.startAt).toEqual(found[i - 1]?.endAt)
          for (let at = span.startAt.getTime(); at < span.endAt.getTime(); at += 5 * 3_600_000) {
            const expected = tariffOn(all, localDate(new Date(at), sofia))?.tariff ?? fallback
            expect(span.tariff).toBe(expected)
          }
        }
      }),
    )
  })
})
