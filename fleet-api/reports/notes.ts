import { percent } from './percent.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { MonthPeak } from '../../db/reports/day-rates.ts'
import type { EnergySums } from '../../db/reports/energy-sums.ts'

/** What a reader must know to read an energy report right: what is missing, and what was shared out by which rule. */
export function energyNotes(
  totals: Pick<EnergySums, 'energyWh' | 'uncostedWh' | 'uncarbonedWh' | 'unmarketedWh' | 'carbonMarketG'>,
  groupBy: string,
  peaks: readonly MonthPeak[],
  waitingDays: number,
): Sentence[] {
  const notes: Sentence[] = []
  const { energyWh } = totals
  if (energyWh <= 0) return [say('noEnergy')]
  if (totals.uncostedWh > 0) notes.push(say('noPrices', { share: percent(totals.uncostedWh, energyWh) }))
  if (totals.uncarbonedWh > 0) notes.push(say('noLocationFactor', { share: percent(totals.uncarbonedWh, energyWh) }))
  if (totals.carbonMarketG === null) notes.push(say('noMarketFactorAtAll'))
  else if (totals.unmarketedWh > 0) notes.push(say('noMarketFactor', { share: percent(totals.unmarketedWh, energyWh) }))
  if (peaks.some((peak) => peak.costMicroEur > 0)) notes.push(say('peakShared'))
  if (groupBy === 'line') notes.push(say('sharedAmongLines'))
  if (groupBy === 'block') notes.push(say('sharedAmongBlocks'))
  if (waitingDays > 0) notes.push(say('sharesWait', { n: waitingDays }))
  return notes
}
