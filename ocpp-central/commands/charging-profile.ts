import type { ChargingProfile, ChargingProfilePeriod, CompositeSchedule } from '../../domain/charging-profile.ts'
import type { Request16, Request201 } from '../action.ts'
import { readInstant } from '../station-time.ts'

type Profile16 = Request16<'SetChargingProfile'>['csChargingProfiles']
type Profile201 = Request201<'SetChargingProfile'>['chargingProfile']

const KIND = { absolute: 'Absolute', relative: 'Relative', recurringDaily: 'Recurring' } as const
const PURPOSE_16 = { stationMax: 'ChargePointMaxProfile', txDefault: 'TxDefaultProfile', tx: 'TxProfile' } as const
const PURPOSE_201 = { stationMax: 'ChargingStationMaxProfile', txDefault: 'TxDefaultProfile', tx: 'TxProfile' } as const

export function purposeOf16(purpose: ChargingProfile['purpose']): Profile16['chargingProfilePurpose'] {
  return PURPOSE_16[purpose]
}

export function purposeOf201(purpose: ChargingProfile['purpose']): Profile201['chargingProfilePurpose'] {
  return PURPOSE_201[purpose]
}

/** OCPP 1.6 §7.8. */
export function profileOf16(profile: ChargingProfile): Profile16 {
  const { schedule } = profile
  return {
    chargingProfileId: profile.id,
    ...(profile.transactionId === undefined ? {} : { transactionId: Number(profile.transactionId) }),
    stackLevel: profile.stackLevel,
    chargingProfilePurpose: PURPOSE_16[profile.purpose],
    chargingProfileKind: KIND[profile.kind],
    ...recurrency(profile),
    ...validity(profile),
    chargingSchedule: { ...scheduleOf(schedule), chargingSchedulePeriod: periodsOf(schedule.periods) },
  }
}

/** OCPP 2.0.1 §2.10 ChargingProfileType. Its schedule has the profile's own id, which is all that the schema asks. */
export function profileOf201(profile: ChargingProfile): Profile201 {
  const { schedule } = profile
  const periods = periodsOf(schedule.periods)
  const [first, ...others] = periods
  if (first === undefined) throw new RangeError('a charging schedule has at least one period')
  return {
    id: profile.id,
    ...(profile.transactionId === undefined ? {} : { transactionId: profile.transactionId }),
    stackLevel: profile.stackLevel,
    chargingProfilePurpose: PURPOSE_201[profile.purpose],
    chargingProfileKind: KIND[profile.kind],
    ...recurrency(profile),
    ...validity(profile),
    chargingSchedule: [{ id: profile.id, ...scheduleOf(schedule), chargingSchedulePeriod: [first, ...others] }],
  }
}

interface ReportedSchedule {
  chargingRateUnit: 'W' | 'A'
  chargingSchedulePeriod: { startPeriod: number; limit: number; numberPhases?: number }[]
}

/** What a station says it will do. `startAt` falls back to now, for stations that leave it out. */
export function compositeSchedule(
  evseId: number,
  startText: string | undefined,
  durationSeconds: number,
  schedule: ReportedSchedule,
  now: Date,
): CompositeSchedule {
  return {
    evseId,
    startAt: readInstant(startText ?? '') ?? now,
    durationSeconds,
    rateUnit: schedule.chargingRateUnit,
    periods: schedule.chargingSchedulePeriod.map((period) => {
      const phases = period.numberPhases
      return {
        startSeconds: period.startPeriod,
        limit: period.limit,
        ...(phases === 1 || phases === 2 || phases === 3 ? { phases } : {}),
      }
    }),
  }
}

function recurrency(profile: ChargingProfile): { recurrencyKind?: 'Daily' } {
  return profile.kind === 'recurringDaily' ? { recurrencyKind: 'Daily' } : {}
}

function validity({ validFrom, validTo }: ChargingProfile): { validFrom?: string; validTo?: string } {
  return {
    ...(validFrom === undefined ? {} : { validFrom: validFrom.toISOString() }),
    ...(validTo === undefined ? {} : { validTo: validTo.toISOString() }),
  }
}

function scheduleOf({ rateUnit, startAt, durationSeconds, minChargingRate }: ChargingProfile['schedule']) {
  return {
    ...(durationSeconds === undefined ? {} : { duration: Math.round(durationSeconds) }),
    ...(startAt === undefined ? {} : { startSchedule: startAt.toISOString() }),
    chargingRateUnit: rateUnit,
    ...(minChargingRate === undefined ? {} : { minChargingRate: oneDecimal(minChargingRate) }),
  }
}

function periodsOf(periods: readonly ChargingProfilePeriod[]) {
  return periods.map(({ startSeconds, limit, phases }) => ({
    startPeriod: Math.round(startSeconds),
    limit: oneDecimal(limit),
    ...(phases === undefined ? {} : { numberPhases: phases }),
  }))
}

/** At most one decimal place (1.6 §7.13), downwards: a limit must not grow by rounding. */
function oneDecimal(value: number): number {
  return Math.floor(value * 10 + 1e-6) / 10
}
