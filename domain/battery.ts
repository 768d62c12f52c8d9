/** One point of a taper curve: the most the battery takes at this state of charge. */
export interface TaperPoint {
  /** 0 to 1. */
  soc: number
  powerKw: number
}

/** The battery-side power limit at `soc` (0 to 1), by linear interpolation; flat beyond the curve's ends. `taper` ascends in `soc` and is not empty. */
export function taperPowerKw(taper: readonly TaperPoint[], soc: number): number {
  let before = taper[0]
  if (before === undefined) throw new RangeError('a taper curve needs at least one point')
  if (soc <= before.soc) return before.powerKw
  for (const after of taper) {
    if (soc < after.soc) {
      return before.powerKw + ((after.powerKw - before.powerKw) * (soc - before.soc)) / (after.soc - before.soc)
    }
    before = after
  }
  return before.powerKw
}

export interface ChargeStep {
  /** Energy in the battery when the step begins. */
  energyKwh: number
  capacityKwh: number
  /** Battery-side power offered; what the taper or a full battery does not take is not drawn. */
  offeredKw: number
  hours: number
  taper: readonly TaperPoint[]
  maxSoc?: number
}

/** Energy in the battery after charging for `hours` under the true taper curve, integrated in steps of at most half a minute. */
export function chargeUnderTaper(step: ChargeStep): number {
  const { capacityKwh, offeredKw, hours, taper } = step
  const ceilingKwh = capacityKwh * (step.maxSoc ?? 1)
  const pieces = Math.max(1, Math.ceil(hours * 120))
  const pieceHours = hours / pieces
  let energyKwh = step.energyKwh
  for (let piece = 0; piece < pieces && energyKwh < ceilingKwh; piece += 1) {
    // Midpoint rule: the curve falls within the piece, so its start alone would charge too much.
    const atStartKw = Math.min(offeredKw, taperPowerKw(taper, energyKwh / capacityKwh))
    const middleKwh = energyKwh + (atStartKw * pieceHours) / 2
    const powerKw = Math.min(offeredKw, taperPowerKw(taper, middleKwh / capacityKwh))
    energyKwh = Math.min(ceilingKwh, energyKwh + powerKw * pieceHours)
  }
  return Math.max(energyKwh, step.energyKwh)
}
