import type { ChargingProfile, ChargingProfilePeriod, CompositeSchedule } from '../domain/charging-profile.ts'
import { VOLTS_AC } from './evse.ts'
import type { EvseSpec } from './evse.ts'
import { stackAt } from './profile-limits.ts'
import type { Limit } from './profile-limits.ts'

/** What a station's smart charging can do; beyond it, profiles are rejected as by real ones. */
export interface ProfileCapabilities {
  maxPeriods: number
  maxStackLevel: number
  maxProfiles: number
  units: readonly ('W' | 'A')[]
  /** Another profile of the same purpose and level: 1.6 §3.13.2 replaces it, 2.0.1 K01.FR.39 and FR.06 refuse it. */
  sameLevel: 'replace' | 'reject'
}

export interface RunningTransaction {
  /** null: started, but the central system has not numbered it yet (1.6). */
  transactionId: string | null
  startedMs: number
}

/** Reason codes of OCPP 2.0.1 part 2, appendix 5. */
export type ProfileRejection =
  | 'UnknownEvse'
  | 'InvalidStackLevel'
  | 'UnsupportedRateUnit'
  | 'InvalidSchedule'
  | 'InvalidProfile'
  | 'TxNotFound'
  | 'DuplicateProfile'
  | 'OutOfStorage'

export interface LimitInForce extends Limit {
  /** The limit cannot change before this instant. */
  untilMs: number
  /** False: no profile applies, and the hardware alone limits. */
  fromProfile: boolean
}

interface Installed {
  evseId: number
  profile: ChargingProfile
}

/** The charging profiles installed in one station. Going offline changes nothing in it: profiles stay in force until they end by themselves. */
export interface ProfileBook {
  /** null: accepted. */
  install(evseId: number, profile: ChargingProfile, transaction: RunningTransaction | null): ProfileRejection | null
  /** How many were cleared. */
  clear(which: {
    profileId?: number
    evseId?: number
    purpose?: ChargingProfile['purpose']
    stackLevel?: number
  }): number
  /** A transaction's own profiles end with it. */
  endTransaction(evseId: number): void
  limitAt(evseId: number, atMs: number, transaction: RunningTransaction | null): LimitInForce
  /** What all outlets together may draw; `Infinity` when no station limit is installed. */
  stationLimitAt(atMs: number): { limitW: number; untilMs: number }
  /** null: this station does not speak the unit asked for, or has no such EVSE. EVSE 0 is the sum, under the station's own limit. */
  compositeSchedule(request: {
    evseId: number
    fromMs: number
    durationSeconds: number
    rateUnit?: 'W' | 'A'
    transactions: ReadonlyMap<number, RunningTransaction>
  }): CompositeSchedule | null
  list(): readonly Installed[]
}

export function createProfileBook(evses: readonly EvseSpec[], capabilities: ProfileCapabilities): ProfileBook {
  const specs = new Map(evses.map((spec) => [spec.evseId, spec]))
  let installed: Installed[] = []

  function stack(evseId: number, purpose: ChargingProfile['purpose']): ChargingProfile[] {
    return installed
      .filter((one) => one.profile.purpose === purpose && (one.evseId === evseId || one.evseId === 0))
      .sort((a, b) => b.profile.stackLevel - a.profile.stackLevel || b.evseId - a.evseId)
      .map((one) => one.profile)
  }

  function stationLimitAt(atMs: number): { limitW: number; untilMs: number } {
    const span = stackAt(stack(0, 'stationMax'), atMs, 3, null)
    return { limitW: span.limit?.limitW ?? Number.POSITIVE_INFINITY, untilMs: span.untilMs }
  }

  function limitAt(evseId: number, atMs: number, transaction: RunningTransaction | null): LimitInForce {
    const spec = specs.get(evseId)
    if (spec === undefined) throw new RangeError(`there is no EVSE ${evseId}`)
    const startedMs = transaction?.startedMs ?? null
    const own = stackAt(transaction === null ? [] : stack(evseId, 'tx'), atMs, spec.phases, startedMs)
    // A gap in the TxProfile is not zero: the TxDefaultProfile beneath it shows through (1.6 §3.13.3, 2.0.1 K01).
    const usual = stackAt(stack(evseId, 'txDefault'), atMs, spec.phases, startedMs)
    const station = stationLimitAt(atMs)
    const leading = own.limit ?? usual.limit
    return {
      limitW: Math.min(leading?.limitW ?? spec.maxPowerW, station.limitW, spec.maxPowerW),
      phases: leading?.phases ?? spec.phases,
      untilMs: Math.min(own.untilMs, usual.untilMs, station.untilMs),
      fromProfile: leading !== null || station.limitW < Number.POSITIVE_INFINITY,
    }
  }

  return {
    install(evseId, profile, transaction) {
      const rejection = whyNot(evseId, profile, transaction)
      if (rejection !== null) return rejection
      installed = installed.filter((one) => !isReplaced(one, evseId, profile))
      installed.push({ evseId, profile })
      return null
    },
    clear({ profileId, evseId, purpose, stackLevel }) {
      const before = installed.length
      installed = installed.filter((one) => {
        if (profileId !== undefined) return one.profile.id !== profileId
        return !(
          (evseId === undefined || one.evseId === evseId) &&
          (purpose === undefined || one.profile.purpose === purpose) &&
          (stackLevel === undefined || one.profile.stackLevel === stackLevel)
        )
      })
      return before - installed.length
    },
    endTransaction(evseId) {
      installed = installed.filter((one) => one.profile.purpose !== 'tx' || one.evseId !== evseId)
    },
    limitAt,
    stationLimitAt,
    compositeSchedule({ evseId, fromMs, durationSeconds, rateUnit, transactions }) {
      const shown = evseId === 0 ? [...specs.values()] : [...specs.values()].filter((spec) => spec.evseId === evseId)
      const first = shown[0]
      const unit = rateUnit ?? (first?.currentType === 'AC' ? 'A' : 'W')
      if (first === undefined || !capabilities.units.includes(unit)) return null
      const periods: ChargingProfilePeriod[] = []
      const endMs = fromMs + durationSeconds * 1000
      let atMs = fromMs
      while (atMs < endMs) {
        const limits = shown.map((spec) => limitAt(spec.evseId, atMs, transactions.get(spec.evseId) ?? null))
        const sumW = limits.reduce((sum, one) => sum + one.limitW, 0)
        const limitW = evseId === 0 ? Math.min(sumW, stationLimitAt(atMs).limitW) : sumW
        const phases = limits[0]?.phases ?? first.phases
        const limit = unit === 'W' ? floorTenth(limitW) : floorTenth(limitW / (VOLTS_AC * phases))
        const last = periods.at(-1)
        if (last?.limit !== limit || (unit === 'A' && last.phases !== phases)) {
          const startSeconds = Math.round((atMs - fromMs) / 1000)
          periods.push({ startSeconds, limit, ...(unit === 'A' ? { phases: phases as 1 | 2 | 3 } : {}) })
        }
        atMs = Math.min(...limits.map((one) => one.untilMs))
      }
      return { evseId, startAt: new Date(fromMs), durationSeconds, rateUnit: unit, periods }
    },
    list: () => installed,
  }

  function whyNot(
    evseId: number,
    profile: ChargingProfile,
    transaction: RunningTransaction | null,
  ): ProfileRejection | null {
    if (evseId !== 0 && !specs.has(evseId)) return 'UnknownEvse'
    if (profile.stackLevel < 0 || profile.stackLevel > capabilities.maxStackLevel) return 'InvalidStackLevel'
    if (!capabilities.units.includes(profile.schedule.rateUnit)) return 'UnsupportedRateUnit'
    if (!isScheduleSound(profile, capabilities.maxPeriods)) return 'InvalidSchedule'
    if (profile.purpose === 'stationMax' && (evseId !== 0 || profile.kind === 'relative')) return 'InvalidProfile'
    if (profile.purpose === 'tx') {
      if (evseId === 0) return 'InvalidProfile'
      if (transaction === null) return 'TxNotFound'
      if (profile.transactionId !== undefined && profile.transactionId !== transaction.transactionId)
        return 'TxNotFound'
    } else if (profile.transactionId !== undefined) return 'InvalidProfile'
    if (capabilities.sameLevel === 'reject' && installed.some((one) => isSameLevel(one, evseId, profile))) {
      return 'DuplicateProfile'
    }
    const kept = installed.filter((one) => !isReplaced(one, evseId, profile))
    return kept.length >= capabilities.maxProfiles ? 'OutOfStorage' : null
  }

  function isReplaced(one: Installed, evseId: number, profile: ChargingProfile): boolean {
    if (one.profile.id === profile.id) return true
    return (
      one.evseId === evseId &&
      one.profile.purpose === profile.purpose &&
      one.profile.stackLevel === profile.stackLevel &&
      capabilities.sameLevel === 'replace'
    )
  }
}

/** Another profile, by id, that stands on the same step and is in force at a time when this one is. */
function isSameLevel(one: Installed, evseId: number, profile: ChargingProfile): boolean {
  return (
    one.profile.id !== profile.id &&
    one.evseId === evseId &&
    one.profile.purpose === profile.purpose &&
    one.profile.stackLevel === profile.stackLevel &&
    (one.profile.validTo?.getTime() ?? Number.POSITIVE_INFINITY) >
      (profile.validFrom?.getTime() ?? Number.NEGATIVE_INFINITY) &&
    (profile.validTo?.getTime() ?? Number.POSITIVE_INFINITY) >
      (one.profile.validFrom?.getTime() ?? Number.NEGATIVE_INFINITY)
  )
}

/** The first period starts at 0, the others ascend, no limit is negative, and exactly the kinds that need a start have one. */
function isScheduleSound(profile: ChargingProfile, maxPeriods: number): boolean {
  const { periods, startAt } = profile.schedule
  if (periods.length === 0 || periods.length > maxPeriods) return false
  if ((profile.kind === 'relative') !== (startAt === undefined)) return false
  return periods.every((period, i) => {
    const before = periods[i - 1]
    return (
      period.limit >= 0 &&
      (before === undefined ? period.startSeconds === 0 : period.startSeconds > before.startSeconds)
    )
  })
}

function floorTenth(value: number): number {
  return Math.floor(value * 10 + 1e-6) / 10
}
