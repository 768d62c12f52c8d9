import type { ChargingProfile, CompositeSchedule } from '../domain/charging-profile.ts'
import type { JsonObject } from '../domain/command.ts'
import { readPeriod, writePeriod } from './profile-period.ts'

/** ChargingProfileType of OCPP 2.0.1 (§2.3), as far as this station reads it. */
export interface Profile201 {
  id: number
  stackLevel: number
  chargingProfilePurpose: string
  chargingProfileKind: 'Absolute' | 'Recurring' | 'Relative'
  recurrencyKind?: 'Daily' | 'Weekly'
  validFrom?: string
  validTo?: string
  transactionId?: string
  chargingSchedule: {
    startSchedule?: string
    duration?: number
    chargingRateUnit: 'W' | 'A'
    minChargingRate?: number
    chargingSchedulePeriod: { startPeriod: number; limit: number; numberPhases?: number }[]
  }[]
}

export const PURPOSE_201: Record<string, ChargingProfile['purpose'] | undefined> = {
  ChargingStationMaxProfile: 'stationMax',
  TxDefaultProfile: 'txDefault',
  TxProfile: 'tx',
}

/** Reads a charging profile; null when it is of a kind that this station does not know: weekly, external constraints, several schedules (ISO 15118). */
export function readProfile201(written: Profile201): ChargingProfile | null {
  const [schedule, ...more] = written.chargingSchedule
  const purpose = PURPOSE_201[written.chargingProfilePurpose]
  const kind = written.chargingProfileKind
  if (schedule === undefined || more.length > 0 || purpose === undefined) return null
  if (kind === 'Recurring' && written.recurrencyKind !== 'Daily') return null
  return {
    id: written.id,
    stackLevel: written.stackLevel,
    purpose,
    kind: kind === 'Absolute' ? 'absolute' : kind === 'Relative' ? 'relative' : 'recurringDaily',
    ...(written.transactionId === undefined ? {} : { transactionId: written.transactionId }),
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

/** Writes a composite schedule as OCPP 2.0.1 wants it (CompositeScheduleType). */
export function writeComposite201(composite: CompositeSchedule): JsonObject {
  return {
    evseId: composite.evseId,
    duration: composite.durationSeconds,
    scheduleStart: composite.startAt.toISOString(),
    chargingRateUnit: composite.rateUnit,
    chargingSchedulePeriod: composite.periods.map(writePeriod),
  }
}
