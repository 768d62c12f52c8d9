import type { Format } from '../parts/format.ts'
import { m } from '../parts/messages.ts'
import type { Preview } from './changes.ts'

export interface DifferenceRow {
  id: 'cost' | 'peak' | 'energy' | 'carbon' | 'short'
  name: string
  before: string
  after: string
  /** With its sign; an equals sign for none. */
  change: string
  tone: 'better' | 'worse' | 'same'
}

/** What the changes do to the whole, figure by figure; less is better in all of them. */
export function differenceRows({ before, after }: Preview, format: Format): DifferenceRow[] {
  const kw = (watts: number): string => m.unit_kw({ value: format.kw(watts) })
  const kwh = (wh: number): string => m.unit_kwh({ value: format.kwh(wh) })
  const kg = (grams: number): string => m.unit_kg({ value: format.oneDecimal(grams / 1000) })
  const row = (
    id: DifferenceRow['id'],
    name: string,
    values: [before: number, after: number],
    text: (value: number) => string,
  ): DifferenceRow => {
    const [was, becomes] = values
    const same = text(was) === text(becomes)
    const sign = becomes > was ? '+' : '−'
    return {
      id,
      name,
      before: text(was),
      after: text(becomes),
      change: same ? '=' : `${sign}${text(Math.abs(becomes - was))}`,
      tone: same ? 'same' : becomes < was ? 'better' : 'worse',
    }
  }
  return [
    row('cost', m.plan_cost(), [before.totalCostMicroEur, after.totalCostMicroEur], format.money),
    row('peak', m.plan_peak(), [before.peakW, after.peakW], kw),
    row('energy', m.plan_energy_import(), [before.energyWh, after.energyWh], kwh),
    ...(before.carbonG === null || after.carbonG === null
      ? []
      : [row('carbon', m.plan_carbon(), [before.carbonG, after.carbonG], kg)]),
    row('short', m.plan_missing(), [before.shortWh, after.shortWh], kwh),
  ]
}
