/**
 * A charging profile in words that both OCPP 1.6 (§7.8) and 2.0.1 (§2.3) can be written from.
 * `W` for DC, `A` per phase for AC.
 */
export interface ChargingProfile {
  id: number
  stackLevel: number
  purpose: 'stationMax' | 'txDefault' | 'tx'
  kind: 'absolute' | 'relative' | 'recurringDaily'
  /** The transaction that a `tx` profile belongs to, as the station knows it (1.6: the decimal number). */
  transactionId?: string
  validFrom?: Date
  validTo?: Date
  schedule: {
    rateUnit: 'W' | 'A'
    /** Required for `absolute` and `recurringDaily`, forbidden for `relative`. */
    startAt?: Date
    durationSeconds?: number
    minChargingRate?: number
    /** Ascending; the first starts at 0. */
    periods: ChargingProfilePeriod[]
  }
}

export interface ChargingProfilePeriod {
  startSeconds: number
  /** In the schedule's rate unit, at most one decimal place (OCPP 1.6 §7.13). */
  limit: number
  phases?: 1 | 2 | 3
}

/** What a station says it will do, from GetCompositeSchedule. */
export interface CompositeSchedule {
  evseId: number
  startAt: Date
  durationSeconds: number
  rateUnit: 'W' | 'A'
  periods: ChargingProfilePeriod[]
}
