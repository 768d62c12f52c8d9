import type { Block } from '../block.ts'

/** What a vehicle drove for one line within a block. */
export interface LineDrive {
  /** '': no passengers on board, or not known. */
  route: string
  distanceM: number
  driveSeconds: number
  /** Battery side; null: not known. */
  energyWh: number | null
}

/**
 * What a block is made of, by line, deadheads under ''. The block's energy is shared by distance, whole Wh that add up to it exactly. Time counts while a trip is
 * under way, layovers do not. Ordered by line.
 */
export function driveByLine(block: Pick<Block, 'trips'>, energyWh: number | null): LineDrive[] {
  const lines = new Map<string, { distanceM: number; driveMs: number }>()
  for (const trip of block.trips) {
    const route = trip.kind === 'revenue' ? (trip.route ?? '') : ''
    const line = lines.get(route) ?? { distanceM: 0, driveMs: 0 }
    line.distanceM += trip.distanceM
    line.driveMs += trip.endAt.getTime() - trip.startAt.getTime()
    lines.set(route, line)
  }
  const totalM = [...lines.values()].reduce((sum, line) => sum + line.distanceM, 0)
  let passedM = 0
  let givenWh = 0
  return [...lines]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([route, line]) => {
      passedM += line.distanceM
      const untilWh = energyWh === null || totalM === 0 ? null : Math.round((energyWh * passedM) / totalM)
      const shareWh = untilWh === null ? null : untilWh - givenWh
      givenWh = untilWh ?? givenWh
      return {
        route,
        distanceM: Math.round(line.distanceM),
        driveSeconds: Math.round(line.driveMs / 1000),
        energyWh: shareWh,
      }
    })
}

/** Less than this may be rounding alone. */
const LEAST_DROP_PERCENT = 2

/**
 * What a vehicle took out of its battery over a block: the fall of its state of charge and what was charged on the way. null: a reading is missing, the
 * charge on the way is not known, or it fell too little to say.
 */
export function drivenEnergyWh(readings: {
  socBeforePercent: number | null
  socAfterPercent: number | null
  /** Points of the state of charge gained at plugs within the block; null: charged, but nobody knows how much. */
  gainedPercent: number | null
  usableWh: number | null
}): number | null {
  const { socBeforePercent, socAfterPercent, gainedPercent, usableWh } = readings
  if (socBeforePercent === null || socAfterPercent === null || gainedPercent === null || usableWh === null) return null
  const usedPercent = socBeforePercent - socAfterPercent + gainedPercent
  return usedPercent < LEAST_DROP_PERCENT ? null : Math.round((usedPercent / 100) * usableWh)
}
