import { z } from '@hono/zod-openapi'
import { LANGUAGES } from '../../domain/language.ts'
import { ENERGY_BUCKETS, ENERGY_GROUPS } from '../reports/energy-report.ts'
import { CONSUMPTION_GROUPS } from '../reports/consumption-report.ts'
import { instant, paging, siteId, stationId, vehicleId } from './common.ts'
import { SESSION_FLAGS } from '../reports/session-report.ts'
import { reportExamples } from './report-examples.ts'

/** `YYYY-MM-DD` in the site's time zone, or an instant. */
export const reportEdge = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .openapi({ type: 'string', description: 'A local date, or an instant with offset', example: '2026-11-01' })

export const reportSpan = {
  from: reportEdge.describe('Inclusive.'),
  to: reportEdge.openapi({ example: '2026-12-01' }).describe('Exclusive.'),
  siteId: siteId.optional().describe('All sites when left out.'),
}

export const reportFile = {
  format: z
    .enum(['json', 'csv', 'xlsx', 'parquet'])
    .default('json')
    .describe('Files show kWh, km, kg and EUR as decimals; Parquet keeps Wh, m and g.'),
  lang: z
    .enum(LANGUAGES)
    .default('en')
    .describe(
      'Headings of files; `bg` and `uk` also write CSV for their Excel: byte order mark, `;` and decimal comma.',
    ),
}

export const energyQuery = z.object({
  ...reportSpan,
  groupBy: z.enum(ENERGY_GROUPS).default('site'),
  bucket: z.enum(ENERGY_BUCKETS).default('none').describe('A series for each group.'),
  compare: z
    .enum(['previousPeriod', 'previousYear'])
    .optional()
    .describe(
      'The days right before, or the months right before when whole months are asked for; or the same dates a year before.',
    ),
  compareFrom: reportEdge.optional(),
  compareTo: reportEdge.optional(),
  ...reportFile,
})

const wh = z.int()
const grams = z.int()
const money = z.int().describe('Millionths of a euro.')

const figures = {
  energyWh: wh.describe('Grid side: what the chargers’ meters counted.'),
  sessionWh: wh.nullable(),
  standbyWh: wh.nullable().describe('Outside any session.'),
  batteryWh: wh.nullable().describe('Battery side, of the sessions of which it is known.'),
  efficiency: z.number().nullable().describe('Battery side over grid side of the same sessions.'),
  efficiencyFlag: z.enum(['low', 'impossible']).nullable().describe('Below 85 %, or above 100 %.'),
  sessions: z.int().nullable().describe('Begun in the period; parts of one that was cut count once.'),
  distanceM: z.int().nullable(),
  kWhPerKm: z.number().nullable().describe('Grid side.'),
  energyCostMicroEur: money.nullable(),
  networkCostMicroEur: money.nullable(),
  peakCostMicroEur: money,
  totalCostMicroEur: money.nullable(),
  uncostedWh: wh.describe('Without a price; not in the costs.'),
  carbonLocationG: grams.nullable(),
  uncarbonedWh: wh.describe('Without a location-based factor.'),
  carbonMarketG: grams.nullable(),
}

const comparison = z
  .object({
    energyWh: wh,
    totalCostMicroEur: money.nullable(),
    carbonLocationG: grams.nullable(),
    kWhPerKm: z.number().nullable(),
    differenceWh: wh,
    differenceShare: z.number().nullable(),
  })
  .nullable()

export const carbonBasis = z
  .object({
    method: z.enum(['location', 'market']),
    siteId: z.string(),
    gPerKwh: z.number().nullable(),
    source: z.string(),
    year: z.int().nullable(),
    validFrom: z.string().nullable(),
    isDefault: z.boolean().describe('A factor that nobody entered.'),
  })
  .openapi('CarbonBasis', { example: reportExamples.carbonBasis })

export const notes = z.array(z.string()).describe('What is missing, and by which rule something was shared out.')

export const energyReport = z
  .object({
    from: instant,
    to: instant,
    timeZone: z.string(),
    groupBy: z.enum(ENERGY_GROUPS),
    bucket: z.enum(ENERGY_BUCKETS),
    compareFrom: instant.nullable(),
    compareTo: instant.nullable(),
    rows: z.array(
      z.object({
        key: z.string().describe('Empty: what belongs to none.'),
        label: z.string(),
        bucket: z.string().nullable().describe('A local date, a month, or an instant within the day.'),
        ...figures,
        share: z.number().nullable(),
        comparison,
      }),
    ),
    totals: z.object({ ...figures, comparison }),
    carbonBasis: z.array(carbonBasis),
    notes,
  })
  .openapi('EnergyReport', { example: reportExamples.energy })

export const loadQuery = z.object({ ...reportSpan, siteId, ...reportFile })
const watts = z.int()

export const loadReport = z
  .object({
    siteId: z.string(),
    from: instant,
    to: instant,
    timeZone: z.string(),
    limitW: watts.nullable().describe('Contracted limit of the grid connection.'),
    baseLoadW: watts.describe(
      'Of the building, as it is set today: its mean over the quarters of the curve; part of `powerW`.',
    ),
    meanW: watts.nullable(),
    peakW: watts.nullable(),
    peakAt: instant.nullable(),
    loadFactor: z.number().nullable().describe('Mean power over peak power.'),
    quartersAboveLimit: z.int(),
    missingQuarters: z.int(),
    curve: z.array(z.object({ startAt: instant, chargingW: watts, powerW: watts, complete: z.boolean() })),
    monthPeaks: z
      .array(
        z.object({
          month: z.string(),
          peakW: watts,
          at: instant,
          eurPerKw: z.number(),
          costMicroEur: money,
          contributors: z
            .array(
              z.object({
                stationId: z.string(),
                evseId: z.int(),
                sessionNumber: z.int().nullable(),
                vehicleId: z.string().nullable(),
                energyWh: wh,
                powerW: watts,
              }),
            )
            .describe('Those who drew most in that quarter, at most 20.'),
        }),
      )
      .describe('Of the months that the period touches.'),
    notes,
  })
  .openapi('LoadReport', { example: reportExamples.load })

export const consumptionQuery = z.object({
  ...reportSpan,
  vehicleId: vehicleId.optional().describe('Only this one; all when left out.'),
  groupBy: z.enum(CONSUMPTION_GROUPS).default('vehicle'),
  ...reportFile,
})

const consumptionFigures = {
  distanceM: z.int(),
  measuredM: z.int().describe('Of the distance, that whose battery energy is known.'),
  driveEnergyWh: wh.nullable(),
  batteryKWhPerKm: z.number().nullable(),
  expectedKWhPerKm: z
    .number()
    .nullable()
    .describe('By the types’ curves, for the same driving at the same temperatures.'),
  factor: z.number().nullable().describe('Measured over expected.'),
}

export const consumptionReport = z
  .object({
    from: instant,
    to: instant,
    timeZone: z.string(),
    groupBy: z.enum(CONSUMPTION_GROUPS),
    rows: z.array(
      z.object({
        key: z.string().describe('Of bins the lower edge in °C or km/h; empty: unknown or none.'),
        label: z.string(),
        ...consumptionFigures,
      }),
    ),
    totals: z.object(consumptionFigures),
    notes,
  })
  .openapi('ConsumptionReport', { example: reportExamples.consumption })

export const savingsQuery = z.object({ ...reportSpan, ...reportFile })

export const savingsReport = z
  .object({
    from: instant,
    to: instant,
    timeZone: z.string(),
    rows: z.array(
      z.object({
        date: z.string().describe('From noon on.'),
        siteId: z.string(),
        plannedEnergyWh: wh,
        actualEnergyWh: wh,
        plannedCostMicroEur: money,
        actualCostMicroEur: money.nullable(),
        uncontrolledCostMicroEur: money
          .nullable()
          .describe('Of the measured energy, drawn when uncontrolled charging draws.'),
        savedMicroEur: money.nullable(),
        plannedPeakW: watts,
        actualPeakW: watts.nullable(),
        uncontrolledPeakW: watts,
        savedCarbonG: grams.nullable(),
      }),
    ),
    peaks: z.array(
      z.object({
        siteId: z.string(),
        month: z.string(),
        actualPeakW: watts,
        uncontrolledPeakW: watts,
        savedMicroEur: money,
      }),
    ),
    totals: z.object({
      plannedEnergyWh: wh,
      actualEnergyWh: wh,
      savedEnergyCostMicroEur: money.nullable(),
      savedPeakCostMicroEur: money,
      savedMicroEur: money.nullable(),
      savedCarbonG: grams.nullable(),
    }),
    notes,
  })
  .openapi('SavingsReport', { example: reportExamples.savings })

export const indicatorQuery = z.object({
  ...reportSpan,
  baselineFrom: reportEdge.optional().describe('The year before `from` when left out.'),
  baselineTo: reportEdge.optional(),
  ...reportFile,
})

const indicator = {
  value: z.number().nullable(),
  unit: z.string(),
  reason: z.string().nullable().describe('Why there is no value.'),
}

export const indicatorReport = z
  .object({
    from: instant,
    to: instant,
    timeZone: z.string(),
    performance: z.object({
      kWhPerKm: z.object(indicator),
      expectedKWhPerKm: z.object(indicator),
      ratio: z.object(indicator).describe('Below 1 is better than the baseline.'),
      savedKWh: z.object(indicator),
      baseline: z.object({
        from: z.string(),
        to: z.string(),
        days: z.int(),
        rSquared: z.number().nullable(),
        baseKwhPerKm: z.number().nullable(),
        heatingKwhPerKmPerK: z.number().nullable(),
        coolingKwhPerKmPerK: z.number().nullable(),
      }),
    }),
    gridKWhPerKm: z.object(indicator),
    cheapestQuartileShare: z.object(indicator),
    socAtPullOutPercent: z.object(indicator),
    socAtPullInPercent: z.object(indicator),
    lowestSoc: z.object({ ...indicator, vehicleId: z.string().nullable(), at: instant.nullable() }),
    carbonPerPassengerKm: z.object({
      ...indicator,
      passengerKm: z.number().nullable(),
      countedShare: z.number().nullable().describe('Of the lines’ energy, that of driving with passengers counted.'),
    }),
    carbonBasis: z.array(carbonBasis),
    notes,
  })
  .openapi('IndicatorReport', { example: reportExamples.indicators })

export const sessionQuery = z.object({
  ...reportSpan,
  vehicleId: vehicleId.optional(),
  stationId: stationId.optional(),
  ...paging,
  ...reportFile,
})

const sessionFigures = {
  startAt: instant,
  endAt: instant.nullable(),
  meterStartWh: wh.nullable(),
  meterStopWh: wh.nullable(),
  energyWh: wh.nullable().describe('Meter stop less meter start, unless a flag says otherwise.'),
  socStartPercent: z.number().nullable(),
  socEndPercent: z.number().nullable(),
  durationSeconds: z.int().nullable(),
  costMicroEur: money.nullable().describe('Energy and network.'),
  carbonG: grams.nullable().describe('Location-based.'),
}

export const reportedSession = z
  .object({
    sessionNumber: z.int(),
    siteId: z.string(),
    stationId: z.string(),
    evseId: z.int(),
    vehicleId: z.string().nullable(),
    idToken: z.string().nullable(),
    ...sessionFigures,
    batteryWh: wh.nullable(),
    efficiency: z.number().nullable(),
    flags: z.array(z.enum(SESSION_FLAGS)),
    parts: z
      .array(z.object({ sessionNumber: z.int(), ...sessionFigures, stopReason: z.string().nullable() }))
      .describe('What a reconnect or a card cut the session into; one when nothing did.'),
  })
  .openapi('ReportedSession', { example: reportExamples.session })
