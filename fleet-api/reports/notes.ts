import type { MonthPeak } from '../../db/reports/day-rates.ts'
import type { EnergySums } from '../../db/reports/energy-sums.ts'
import { percent, Sentence } from './sentence.ts'

/** What a reader must know to read an energy report right: what is missing, and what was shared out by which rule. */
export function energyNotes(
  totals: Pick<EnergySums, 'energyWh' | 'uncostedWh' | 'uncarbonedWh' | 'unmarketedWh' | 'carbonMarketG'>,
  groupBy: string,
  peaks: readonly MonthPeak[],
  waitingDays: number,
): Sentence[] {
  const notes: Sentence[] = []
  const { energyWh } = totals
  if (energyWh <= 0) return [new Sentence('noEnergy')]
  if (totals.uncostedWh > 0) notes.push(new Sentence('noPrices', { share: percent(totals.uncostedWh, energyWh) }))
  if (totals.uncarbonedWh > 0)
    notes.push(new Sentence('noLocationFactor', { share: percent(totals.uncarbonedWh, energyWh) }))
  if (totals.carbonMarketG === null) notes.push(new Sentence('noMarketFactorAtAll'))
  else if (totals.unmarketedWh > 0)
    notes.push(new Sentence('noMarketFactor', { share: percent(totals.unmarketedWh, energyWh) }))
  if (peaks.some((peak) => peak.costMicroEur > 0)) notes.push(new Sentence('peakShared'))
  if (groupBy === 'line') notes.push(new Sentence('sharedAmongLines'))
  if (groupBy === 'block') notes.push(new Sentence('sharedAmongBlocks'))
  if (waitingDays > 0) notes.push(new Sentence('sharesWait', { n: waitingDays }))
  return notes
}
