import type { PriceSlot } from '../../../domain/ports.ts'
import { localDate } from '../../../domain/service-time.ts'
import { say, type Sentence } from '../../../domain/sentences/sentence.ts'
import { readMarketDocument, type MarketSeries, type Unusable } from './document.ts'
import { MARKET_TIME_ZONE } from './market-day.ts'
import { periodValues } from './period-values.ts'

/** The rate at which Bulgaria took the euro; the lev was tied to the euro at the same rate before. */
const BGN_PER_EUR = 1.95583
const EURO_SINCE = '2026-01-01'
/** Twice the most that the market allows; beyond it something is broken. */
const MOST_PER_MWH = 10_000

export type DayAheadPrices =
  | {
      kind: 'prices'
      /** Ascending, without overlap; holes are unknown. */
      slots: PriceSlot[]
      /** What could not be used, as sentences' ends. */
      problems: Sentence[]
    }
  | Unusable

/**
 * Day-ahead prices of one bidding zone from an answer to documentType A44. Where several series price the same time, the coupled auction goes before
 * others (sequence 1 before 2), and then the finer resolution before the coarser. EUR, and BGN until the end of 2025; other currencies are left out and named.
 */
export function readDayAhead(xml: string, zone: string): DayAheadPrices {
  const document = readMarketDocument(xml)
  if (document.kind !== 'series') return document
  const problems = [...document.problems]
  const layers: Layer[] = []
  for (const series of document.series) {
    const refusal = refusalOf(series, zone)
    if (refusal !== null) {
      problems.push(refusal)
      continue
    }
    for (const period of series.periods) {
      const inEuros = series.currency === 'BGN' ? fromLeva : fromEuros
      let unconverted = false
      const known = periodValues(period, series.curveType, problems).flatMap((value, slot) => {
        const startMs = period.start.getTime() + slot * period.stepMs
        if (value === null) return []
        if (Math.abs(value) > MOST_PER_MWH) {
          problems.push(say('pricePerMwh', { value }))
          return []
        }
        const price = inEuros(value, startMs)
        unconverted ||= price === null
        return price === null ? [] : [{ startMs, price }]
      })
      if (unconverted) problems.push(say('levaAfterEuro'))
      layers.push({ sequence: series.sequence, stepMs: period.stepMs, known })
    }
  }
  return { kind: 'prices', slots: merged(layers), problems }
}

interface Layer {
  sequence: number
  stepMs: number
  known: { startMs: number; price: number }[]
}

/** Why a series is no day-ahead price of the zone; null: it is. */
function refusalOf(series: MarketSeries, zone: string): Sentence | null {
  if (series.agreement !== null && series.agreement !== 'A01')
    return say('seriesAgreement', { agreement: series.agreement })
  if ([series.inDomain, series.outDomain].some((domain) => domain !== null && domain !== zone))
    return say('seriesOfZone', { zone: series.inDomain ?? series.outDomain ?? '' })
  if (series.currency !== 'EUR' && series.currency !== 'BGN')
    return series.currency === null ? say('pricesInNoCurrency') : say('pricesInCurrency', { currency: series.currency })
  if (series.unit !== 'MWH')
    return series.unit === null ? say('pricesPerNoUnit') : say('pricesPerUnit', { unit: series.unit })
  return null
}

/** EUR per MWh has at the most three decimals, so a thousand times it is a whole number of millionths of a euro per kWh. */
function fromEuros(perMwh: number): number {
  return whole(perMwh * 1000)
}

function fromLeva(perMwh: number, startMs: number): number | null {
  if (localDate(new Date(startMs), MARKET_TIME_ZONE) >= EURO_SINCE) return null
  return whole((perMwh * 1000) / BGN_PER_EUR)
}

function whole(value: number): number {
  // Rounding −0.4 gives −0, which JSON and people read differently.
  return Math.round(value) + 0
}

/** Lays the layers over each other on the grid of the finest; what an earlier one knows, later ones do not change. */
function merged(layers: readonly Layer[]): PriceSlot[] {
  const stepMs = Math.min(...layers.map((layer) => layer.stepMs))
  const prices = new Map<number, number>()
  for (const layer of layers.toSorted((a, b) => a.sequence - b.sequence || a.stepMs - b.stepMs)) {
    for (const { startMs, price } of layer.known) {
      for (let at = startMs; at < startMs + layer.stepMs; at += stepMs) {
        if (!prices.has(at)) prices.set(at, price)
      }
    }
  }
  return [...prices]
    .sort(([a], [b]) => a - b)
    .map(([at, price]) => ({
      startAt: new Date(at),
      endAt: new Date(at + stepMs),
      priceMicroEurPerKwh: price,
    }))
}
