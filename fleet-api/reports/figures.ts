import type { EnergySums } from '../../db/reports/energy-sums.ts'

/** The figures of one row of an energy report; null: not known, or without meaning for this row. */
export interface EnergyFigures {
  energyWh: number
  sessionWh: number | null
  standbyWh: number | null
  batteryWh: number | null
  efficiency: number | null
  efficiencyFlag: 'low' | 'impossible' | null
  sessions: number | null
  distanceM: number | null
  kWhPerKm: number | null
  energyCostMicroEur: number | null
  networkCostMicroEur: number | null
  peakCostMicroEur: number
  totalCostMicroEur: number | null
  uncostedWh: number
  carbonLocationG: number | null
  uncarbonedWh: number
  carbonMarketG: number | null
}

/** Sums before they are rounded, with what only some groups know. */
export interface RowSums extends EnergySums {
  sessions: number | null
  /** Whether the group tells energy in sessions from the rest. */
  splits: boolean
}

/** Below this charging loses too much, above one the battery would gain what the meter never gave. city.md section 3. */
const LOW_EFFICIENCY = 0.85

/** Figures of sums that are already whole numbers. */
export function figuresOf(sums: RowSums): EnergyFigures {
  const { energyWh, sessionWh, batteryWh, batteryGridWh, distanceM } = sums
  const efficiency = batteryWh === null || batteryGridWh <= 0 ? null : rounded(batteryWh / batteryGridWh, 4)
  const cost = sums.energyCostMicroEur
  return {
    energyWh,
    sessionWh: sums.splits ? sessionWh : null,
    standbyWh: sums.splits ? sums.standbyWh : null,
    batteryWh,
    efficiency,
    efficiencyFlag:
      efficiency === null ? null : efficiency < LOW_EFFICIENCY ? 'low' : efficiency > 1 ? 'impossible' : null,
    sessions: sums.sessions,
    distanceM,
    kWhPerKm: distanceM === null || distanceM <= 0 ? null : rounded(energyWh / distanceM, 4),
    energyCostMicroEur: cost,
    networkCostMicroEur: sums.networkCostMicroEur,
    peakCostMicroEur: sums.peakCostMicroEur,
    totalCostMicroEur: cost === null ? null : cost + (sums.networkCostMicroEur ?? 0) + sums.peakCostMicroEur,
    uncostedWh: sums.uncostedWh,
    carbonLocationG: sums.carbonLocationG,
    uncarbonedWh: sums.uncarbonedWh,
    carbonMarketG: sums.carbonMarketG,
  }
}

/** Everything added up; what no row knows stays unknown. */
export function addedUp(rows: readonly RowSums[]): RowSums {
  const sum = (pick: (row: RowSums) => number): number => rows.reduce((total, row) => total + pick(row), 0)
  const known = (pick: (row: RowSums) => number | null): number | null => {
    const values = rows.map(pick).filter((value) => value !== null)
    return values.length === 0 ? null : values.reduce((total, value) => total + value, 0)
  }
  return {
    key: '',
    bucket: null,
    energyWh: sum((row) => row.energyWh),
    sessionWh: sum((row) => row.sessionWh),
    standbyWh: sum((row) => row.standbyWh),
    batteryWh: known((row) => row.batteryWh),
    batteryGridWh: sum((row) => row.batteryGridWh),
    energyCostMicroEur: known((row) => row.energyCostMicroEur),
    networkCostMicroEur: known((row) => row.networkCostMicroEur),
    peakCostMicroEur: sum((row) => row.peakCostMicroEur),
    uncostedWh: sum((row) => row.uncostedWh),
    carbonLocationG: known((row) => row.carbonLocationG),
    uncarbonedWh: sum((row) => row.uncarbonedWh),
    carbonMarketG: known((row) => row.carbonMarketG),
    unmarketedWh: sum((row) => row.unmarketedWh),
    distanceM: known((row) => row.distanceM),
    passengerKm: known((row) => row.passengerKm),
    sessions: known((row) => row.sessions),
    splits: rows.every((row) => row.splits),
  }
}

export function rounded(value: number, digits: number): number {
  const scale = 10 ** digits
  return Math.round(value * scale) / scale
}
