import { z } from '@hono/zod-openapi'
import { MARKET_FETCH_OUTCOMES } from '../../domain/tariff/market-fetch.ts'
import { siteTariff } from '../../domain/tariff/tariff.ts'
import { openMeteoAnswer } from '../../domain/weather/open-meteo.ts'
import { instant, instantInput, localDate, paging } from './common.ts'

const AT = '2026-11-23T22:00:00.000Z'
const source = z.string().min(1).max(120)
const gPerKwh = z.int().min(0).max(5000)
const temperatureC = z.number().min(-70).max(70)

const tariffExample = {
  zones: [
    { from: '22:00', to: '06:00', eurPerKwh: 0.09 },
    { from: '00:00', to: '24:00', eurPerKwh: 0.16 },
  ],
  series: 'entsoe:10YCA-BULGARIA-R',
  networkZones: [{ from: '08:00', to: '11:00', months: [11, 12, 1, 2, 3], eurPerKwh: 0.03 }],
  networkEurPerKwh: 0.02,
  peakEurPerKw: 5,
  holidays: ['2026-12-25'],
}

/** What a list of a series’ slots is narrowed by. */
export const slotFilter = {
  from: instantInput.optional(),
  to: instantInput.optional(),
  ...paging,
  limit: z.coerce.number().int().min(1).max(5000).default(1000),
}

export const tariffUpload = z
  .strictObject({
    validTo: z.iso.date().nullable().default(null).describe('Exclusive; null: until the next tariff begins.'),
    tariff: siteTariff,
  })
  .openapi('TariffUpload', { example: { validTo: '2027-01-01', tariff: tariffExample } })

export const datedTariff = z
  .object({
    /** `fleetFile`: holds on days that no other covers. */
    origin: z.enum(['validity', 'fleetFile']),
    validFrom: localDate.nullable(),
    validTo: localDate.nullable(),
    inForce: z.boolean().describe('Holds today, by the site’s calendar.'),
    tariff: siteTariff,
    changedAt: instant.nullable(),
  })
  .openapi('DatedTariff', {
    example: {
      origin: 'validity',
      validFrom: '2026-07-01',
      validTo: '2027-01-01',
      inForce: true,
      tariff: tariffExample,
      changedAt: AT,
    },
  })

export const priceSlot = z
  .object({
    series: z.string(),
    startAt: instant,
    endAt: instant,
    priceMicroEurPerKwh: z.int(),
    source: z.string(),
  })
  .openapi('PriceSlot', {
    example: {
      series: 'ibex-day-ahead',
      startAt: '2026-11-23T20:00:00.000Z',
      endAt: '2026-11-23T20:15:00.000Z',
      priceMicroEurPerKwh: 84_200,
      source: 'day-ahead',
    },
  })

export const priceUpload = z
  .strictObject({
    source: source.default('api'),
    slots: z
      .array(
        z.strictObject({
          startAt: instantInput,
          endAt: instantInput,
          priceMicroEurPerKwh: z.int().min(-100_000_000).max(100_000_000),
        }),
      )
      .min(1)
      .max(10_000),
  })
  .openapi('PriceUpload', {
    example: {
      source: 'day-ahead',
      slots: [{ startAt: '2026-11-23T22:00:00Z', endAt: '2026-11-23T22:15:00Z', priceMicroEurPerKwh: 84_200 }],
    },
  })

export const carbonSlot = z
  .object({ series: z.string(), startAt: instant, endAt: instant, gPerKwh, source: z.string() })
  .openapi('CarbonSlot', {
    example: {
      series: 'entsoe:10YCA-BULGARIA-R',
      startAt: AT,
      endAt: '2026-11-23T22:15:00.000Z',
      gPerKwh: 287,
      source: 'ENTSO-E A75',
    },
  })

export const carbonUpload = z
  .strictObject({
    source: source.default('api'),
    slots: z
      .array(z.strictObject({ startAt: instantInput, endAt: instantInput, gPerKwh }))
      .min(1)
      .max(10_000),
  })
  .openapi('CarbonUpload', {
    example: { source: 'grid operator', slots: [{ startAt: AT, endAt: '2026-11-23T23:00:00Z', gPerKwh: 287 }] },
  })

export const carbonMethod = z
  .enum(['location', 'market'])
  .describe('GHG Protocol, scope 2: the grid’s average, or what the contract says.')

export const carbonFactor = z
  .object({
    method: carbonMethod,
    validFrom: localDate.describe('Holds until the next of the same method.'),
    gPerKwh,
    source: z.string(),
    year: z.int(),
    isDefault: z.boolean().describe('Nobody entered it.'),
  })
  .openapi('CarbonFactor', {
    example: {
      method: 'location',
      validFrom: '2026-01-01',
      gPerKwh: 318,
      source: 'national inventory',
      year: 2025,
      isDefault: false,
    },
  })

export const carbonFactorUpload = z
  .strictObject({ gPerKwh, source, year: z.int().min(1990).max(2100) })
  .openapi('CarbonFactorUpload', { example: { gPerKwh: 318, source: 'national inventory', year: 2025 } })

export const weatherHour = z
  .object({ at: instant, temperatureC: z.number(), source: z.string() })
  .openapi('WeatherHour', { example: { at: AT, temperatureC: -2.5, source: 'open-meteo' } })

export const weatherUpload = z
  .union([
    z.strictObject({
      source: source.default('api'),
      hours: z
        .array(z.strictObject({ at: instantInput, temperatureC }))
        .min(1)
        .max(10_000),
    }),
    openMeteoAnswer,
  ])
  .openapi('WeatherUpload', {
    example: { source: 'weather station', hours: [{ at: AT, temperatureC: -2.5 }] },
  })

export const marketFetch = z
  .object({
    kind: z.enum(['price', 'carbon', 'weather']),
    series: z.string().describe('For weather the site.'),
    date: localDate.describe('The market’s day, from midnight to midnight in Central European Time.'),
    fetchedAt: instant,
    outcome: z.enum(MARKET_FETCH_OUTCOMES),
    reason: z.string().nullable().describe('What the other side said, or what went wrong.'),
    slots: z.int(),
    missingSlots: z.int().describe('Quarter hours.'),
    attempts: z.int(),
    retryAt: instant.nullable().describe('null: not asked again.'),
  })
  .openapi('MarketFetch', {
    example: {
      kind: 'price',
      series: 'entsoe:10YCA-BULGARIA-R',
      date: '2026-11-24',
      fetchedAt: AT,
      outcome: 'stored',
      reason: null,
      slots: 96,
      missingSlots: 0,
      attempts: 1,
      retryAt: null,
    },
  })
