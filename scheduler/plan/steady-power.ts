import { taperPowerKw, type TaperPoint } from '../../domain/battery.ts'

export interface TaperedBattery {
  capacityKwh: number
  taper: readonly TaperPoint[]
}

/** Whether the battery takes `kw` all through `hours`, beginning with `energyKwh`. */
export function takesSteadily(
  { taper, capacityKwh }: TaperedBattery,
  energyKwh: number,
  kw: number,
  hours: number,
): boolean {
  const after = energyKwh + kw * hours
  return (
    kw <= taperPowerKw(taper, energyKwh / capacityKwh) &&
    kw <= taperPowerKw(taper, after / capacityKwh) &&
    taper.every((point) => {
      const cornerKwh = point.soc * capacityKwh
      return cornerKwh <= energyKwh || cornerKwh >= after || kw <= point.powerKw
    })
  )
}

/** The highest constant battery-side power that the battery takes all through `hours`, beginning with `energyKwh`; at most `mostKw`. */
export function steadyPowerKw(battery: TaperedBattery, energyKwh: number, hours: number, mostKw = Infinity): number {
  let high = Math.min(mostKw, Math.max(...battery.taper.map((point) => point.powerKw)))
  if (takesSteadily(battery, energyKwh, high, hours)) return high
  let low = 0
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2
    if (takesSteadily(battery, energyKwh, middle, hours)) low = middle
    else high = middle
  }
  return low
}
