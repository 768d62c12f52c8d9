import type { SetChargingProfileRequest } from 'ocpp-ts'
import type { ChargingProfile, CompositeSchedule } from '../domain/charging-profile.ts'
import type { JsonObject } from '../domain/command.ts'
import { readPeriod, writePeriod } from './profile-period.ts'

type Profile16 = SetChargingProfileRequest['csChargingProfiles']

const PURPOSE = { ChargePointMaxProfile: 'stationMax', TxDefaultProfile: 'txDefault', TxProfile: 'tx' } as const

/** Reads a charging profile of OCPP 1.6 (§7.8); null when it is of a kind that this station does not know (weekly). */
export function readProfile16(written: Profile16): ChargingProfile | null {
  const { chargingSchedule: schedule } = written
  const kind = written.chargingProfileKind
  if (kind === 'Recurring' && written.recurrencyKind !== 'Daily') return null
  return {
    id: written.chargingProfileId,
    stackLevel: written.stackLevel,
    purpose: PURPOSE[written.chargingProfilePurpose],
    kind: kind === 'Absolute' ? 'absolute' : kind === 'Relative' ? 'relative' : 'recurringDaily',
    ...(written.transactionId === undefined ? {} : { transactionId: String(written.transactionId) }),
    ...(written.validFrom === undefined ? {} : { validFrom: new Date(written.validFrom) }),
    ...(written.validTo === undefined ? {} : { validTo: new Date(written.validTo) }),
    schedule: {
      rateUnit: schedule.chargingRateUnit,
      ...(schedule.startSchedule === undefined ? {} : { startAt: new Date(schedule.startSchedule) }),
      ...(schedule.duration === undefined ? {} : { durationSeconds: schedule.duration }),
      ...(schedule.minChargingRate === undefined ? {} : { minChargingRate: schedule.minChargingRate }),
      periods: schedule.chargingSchedulePeriod.map(readPeriod),
    },
  }
}

/** Writes a composite schedule as OCPP 1.6 wants it (§5.7). */
export function writeComposite16(composite: CompositeSchedule): JsonObject {
  return {
    duration: composite.durationSeconds,
    startSchedule: composite.startAt.toISOString(),
    chargingRateUnit: composite.rateUnit,
    chargingSchedulePeriod: composite.periods.map(writePeriod),
  }
}
