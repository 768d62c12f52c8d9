/** Volts between a phase and neutral in Europe's low-voltage grids (EN 50160 nominal). */
const PHASE_VOLTS = 230
/** IEC 61851-1: an AC station offers no current, or at least this much a phase. */
export const MIN_AC_AMPS = 6
/** Profiles are written in hundreds of watts: finer steps only wear the station's memory. */
const POWER_STEP_W = 100

/** How an EVSE takes its limits. */
export interface EvseRating {
  currentType: 'AC' | 'DC'
  phases: number
  maxPowerW: number
  minPowerW: number
}

/** The highest power not above `powerW` that the EVSE can really be told: AC in whole amps a phase, 0 or at least 6 A; DC in steps of 100 W, 0 or at least its minimum. */
export function roundDownPower(rating: EvseRating, powerW: number): number {
  const capped = Math.min(powerW, rating.maxPowerW)
  if (!(capped > 0)) return 0
  if (rating.currentType === 'AC') {
    const amps = Math.floor(capped / (PHASE_VOLTS * rating.phases) + 1e-9)
    const watts = amps * PHASE_VOLTS * rating.phases
    return amps < MIN_AC_AMPS || watts < rating.minPowerW ? 0 : watts
  }
  const watts = Math.floor(capped / POWER_STEP_W + 1e-9) * POWER_STEP_W
  return watts < rating.minPowerW ? 0 : watts
}

/** The least power above 0 that the EVSE can be told. */
export function leastPower(rating: EvseRating): number {
  if (rating.currentType === 'AC') {
    const step = PHASE_VOLTS * rating.phases
    return Math.max(MIN_AC_AMPS, Math.ceil(rating.minPowerW / step)) * step
  }
  return Math.max(POWER_STEP_W, Math.ceil(rating.minPowerW / POWER_STEP_W) * POWER_STEP_W)
}

/** Watts as a profile's limit: watts, or amps a phase rounded down to one decimal place (OCPP 1.6 §7.13 allows one). */
export function limitFromPower(rating: EvseRating, powerW: number, unit: 'W' | 'A'): number {
  if (unit === 'W') return powerW
  const phases = rating.currentType === 'AC' ? rating.phases : 3
  const amps = Math.floor((powerW / (PHASE_VOLTS * phases)) * 10 + 1e-6) / 10
  return rating.currentType === 'AC' && amps < MIN_AC_AMPS ? 0 : amps
}

/** The power that a profile's limit allows. */
export function powerFromLimit(
  rating: Pick<EvseRating, 'currentType' | 'phases'>,
  limit: number,
  unit: 'W' | 'A',
  phases?: number,
): number {
  if (unit === 'W') return limit
  return limit * PHASE_VOLTS * (phases ?? (rating.currentType === 'AC' ? rating.phases : 3))
}
