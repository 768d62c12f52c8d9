import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { Db } from '../../db/database.ts'
import { cheapestShare } from '../../db/reports/cheapest-share.ts'
import {
  chargeFacts,
  lowestReading,
  measuredDriveDays,
  passengerSums,
  type DriveDaySum,
} from '../../db/reports/indicator-facts.ts'
import { expectedKwhPerKm, LEAST_BASELINE_DAYS, temperatureBaseline } from '../../domain/energy/temperature-baseline.ts'
import { daysBetween } from '../../domain/service-time.ts'
import { rounded } from './figures.ts'
import type { EnergyReport } from './energy-report.ts'
import { energyReport } from './energy-report.ts'
import type { Period } from './period.ts'

/** A figure, or why there is none. */
export interface Indicator {
  value: number | null
  unit: string
  reason: Sentence | null
}

export interface IndicatorReport {
  from: Date
  to: Date
  timeZone: string
  /** ISO 50001: what was used per kilometre, against what the baseline expects at the same temperatures. */
  performance: {
    kWhPerKm: Indicator
    expectedKWhPerKm: Indicator
    /** Below 1 is better than the baseline. */
    ratio: Indicator
    savedKWh: Indicator
    baseline: {
      from: string
      to: string
      days: number
      rSquared: number | null
      baseKwhPerKm: number | null
      heatingKwhPerKmPerK: number | null
      coolingKwhPerKmPerK: number | null
    }
  }
  gridKWhPerKm: Indicator
  cheapestQuartileShare: Indicator
  socAtPullOutPercent: Indicator
  socAtPullInPercent: Indicator
  lowestSoc: Indicator & { vehicleId: string | null; at: Date | null }
  /** ISO 14083: of the vehicles' operation, empty driving included. */
  carbonPerPassengerKm: Indicator & { passengerKm: number | null; countedShare: number | null }
  carbonBasis: EnergyReport['carbonBasis']
  notes: Sentence[]
}

/** Above this, readings of every few minutes are too many to look at each. */
const MOST_DAYS_OF_READINGS = 35

/** Indicators of energy and carbon management; each says why it is unknown when it is. */
export async function indicatorReport(
  db: Db,
  question: { period: Period; baseline: Period; siteId: string | null },
): Promise<IndicatorReport> {
  const { period, baseline, siteId } = question
  const days = { from: period.from, to: period.to, siteId }
  const instants = { from: period.fromAt, to: period.toAt, siteId }
  const short = daysBetween(period.from, period.to) <= MOST_DAYS_OF_READINGS
  const [now, before, energy, charge, reading, cheapest, carbonPerPassengerKm] = await Promise.all([
    measuredDriveDays(db, days),
    measuredDriveDays(db, { from: baseline.from, to: baseline.to, siteId }),
    energyReport(db, { period, siteId, groupBy: 'site', bucket: 'none', compare: null }),
    chargeFacts(db, instants),
    short ? lowestReading(db, instants) : null,
    cheapestShare(db, instants),
    perPassengerKm(db, days),
  ])
  const lowest =
    reading !== null && (charge.lowest === null || reading.socPercent < charge.lowest.socPercent)
      ? reading
      : charge.lowest
  return {
    from: period.fromAt,
    to: period.toAt,
    timeZone: period.timeZone,
    performance: performance(now, before, baseline),
    gridKWhPerKm: indicator(energy.totals.kWhPerKm, 'kWh/km', say('noPerKm')),
    cheapestQuartileShare: indicator(roundedOrNull(cheapest, 4), '1', say('noPrice')),
    socAtPullOutPercent: indicator(roundedOrNull(charge.socAtPullOutPercent, 1), '%', say('noSocAtEnd')),
    socAtPullInPercent: indicator(roundedOrNull(charge.socAtPullInPercent, 1), '%', say('noSocAtStart')),
    lowestSoc: {
      ...indicator(lowest === null ? null : rounded(lowest.socPercent, 1), '%', say('noSoc')),
      vehicleId: lowest?.vehicleId ?? null,
      at: lowest?.at ?? null,
    },
    carbonPerPassengerKm,
    carbonBasis: energy.carbonBasis,
    notes: [...energy.notes, ...(short ? [] : [say('lowestOfSessions')]), say('carbonOfElectricity')],
  }
}

function performance(
  now: readonly DriveDaySum[],
  before: readonly DriveDaySum[],
  baselinePeriod: Period,
): IndicatorReport['performance'] {
  const baseline = temperatureBaseline(
    before.map((day) => ({
      distanceKm: day.distanceM / 1000,
      energyKwh: day.energyWh / 1000,
      temperatureC: day.temperatureC,
    })),
  )
  const km = now.reduce((sum, day) => sum + day.distanceM, 0) / 1000
  const kwh = now.reduce((sum, day) => sum + day.energyWh, 0) / 1000
  const expected =
    baseline === null || km <= 0
      ? null
      : now.reduce((sum, day) => sum + (day.distanceM / 1000) * expectedKwhPerKm(baseline, day.temperatureC), 0)
  const noDriving = say('noMeasuredDriving')
  const noBaseline = say('noBaseline', { n: before.length, least: LEAST_BASELINE_DAYS })
  const reason = km <= 0 ? noDriving : noBaseline
  return {
    kWhPerKm: indicator(km > 0 ? rounded(kwh / km, 4) : null, 'kWh/km', noDriving),
    expectedKWhPerKm: indicator(expected === null ? null : rounded(expected / km, 4), 'kWh/km', reason),
    ratio: indicator(expected === null || expected <= 0 ? null : rounded(kwh / expected, 4), '1', reason),
    savedKWh: indicator(expected === null ? null : rounded(expected - kwh, 1), 'kWh', reason),
    baseline: {
      from: baselinePeriod.from,
      to: baselinePeriod.to,
      days: before.length,
      rSquared: roundedOrNull(baseline?.rSquared ?? null, 4),
      baseKwhPerKm: roundedOrNull(baseline?.baseKwhPerKm ?? null, 4),
      heatingKwhPerKmPerK: roundedOrNull(baseline?.heatingKwhPerKmPerK ?? null, 5),
      coolingKwhPerKmPerK: roundedOrNull(baseline?.coolingKwhPerKmPerK ?? null, 5),
    },
  }
}

/** Carbon of the lines where passengers were counted, with their part of what belongs to no line (empty driving, standby), over the passenger-kilometres. */
async function perPassengerKm(
  db: Db,
  days: { from: string; to: string; siteId: string | null },
): Promise<IndicatorReport['carbonPerPassengerKm']> {
  const sums = await passengerSums(db, days)
  const { countedCarbonG, passengerKm, carbonG, lineEnergyWh, countedEnergyWh } = sums
  const unit = 'g CO2e/passenger-km'
  const none = (reason: Sentence) => ({ value: null, unit, reason, passengerKm, countedShare: null })
  if (passengerKm === null || passengerKm <= 0) return none(say('noPassengers'))
  if (countedCarbonG === null || carbonG === null || lineEnergyWh <= 0) return none(say('noCountedCarbon'))
  const empty = 1 + (sums.energyWh - lineEnergyWh) / lineEnergyWh
  return {
    value: rounded((countedCarbonG * empty) / passengerKm, 2),
    unit,
    reason: null,
    passengerKm,
    countedShare: rounded(countedEnergyWh / lineEnergyWh, 4),
  }
}

function indicator(value: number | null, unit: string, reason: Sentence): Indicator {
  return { value, unit, reason: value === null ? reason : null }
}

function roundedOrNull(value: number | null, digits: number): number | null {
  return value === null ? null : rounded(value, digits)
}
