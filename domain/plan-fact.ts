/** A stretch of time; instants are ISO 8601 text, as plans are stored. */
export interface FactSpan {
  from: string
  to: string
}

/** Why a visit waits with charging. */
export type WaitCause =
  | { because: 'price'; waitingMicroEurPerKwh: number; chargingMicroEurPerKwh: number }
  | { because: 'room'; nodeId: string }
  | { because: 'peak' }

/** What decides a plan, as figures: the same as its sentences say, for pages in any language. `visit` counts the vehicle's visits in the plan from 0. */
export type PlanFact =
  | { kind: 'solverFailed' }
  | {
      kind: 'departsShort'
      vehicleId: string
      departAt: string
      socPercent: number
      needSocPercent: number
      shortWh: number
    }
  /** `limitW` null: it varies. `savesMicroEurPerKw` null: more would let vehicles leave with more charge. */
  | {
      kind: 'nodeFull'
      nodeId: string
      limitW: number | null
      spans: FactSpan[]
      moreSpans: number
      savesMicroEurPerKw: number | null
    }
  | { kind: 'peakWithin'; peakW: number; soFarW: number }
  | {
      kind: 'peakRises'
      peakW: number
      soFarW: number
      spans: FactSpan[]
      microEurPerKw: number
      costMicroEur: number
    }
  | ({ kind: 'waits'; vehicleId: string; visit: number; untilAt: string } & WaitCause)
  | { kind: 'taperLowered'; vehicleIds: string[] }
  | { kind: 'departsAfterEnd'; vehicleIds: string[]; endAt: string }
  | { kind: 'baseLoadAboveLimit'; nodeId: string; worstW: number; spans: FactSpan[]; moreSpans: number }
  | { kind: 'wouldStop'; vehicleId: string; at: string; lackingWh: number }
  | { kind: 'belowMinimum'; vehicleId: string; at: string; socPercent: number; minSocPercent: number }

/** Why a visit leaves short, and the figures of what would mend it. */
export type ShortReason =
  | { kind: 'aboveBattery'; needWh: number; mostWh: number }
  | { kind: 'notAtCharger'; socPercent: number; plugInBy: string }
  | {
      kind: 'staysTooShort'
      stayMinutes: number
      socPercent: number
      powerW: number
      pointId: string
      /** What would do; null: that would not. */
      strongerPointW: number | null
      plugInBy: string | null
      leaveLaterMinutes: number | null
    }
  | { kind: 'nodeFull'; nodeId: string; limitW: number; baseLoadW: number; moreW: number; lessWh: number }
  | { kind: 'pointShared'; pointId: string; moreW: number }
