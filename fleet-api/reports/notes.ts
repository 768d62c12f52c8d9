import type { MonthPeak } from '../../db/reports/day-rates.ts'
import type { EnergySums } from '../../db/reports/energy-sums.ts'

/** What a reader must know to read an energy report right: what is missing, and what was shared out by which rule. */
export function energyNotes(
  totals: Pick<EnergySums, 'energyWh' | 'uncostedWh' | 'uncarbonedWh' | 'unmarketedWh' | 'carbonMarketG'>,
  groupBy: string,
  peaks: readonly MonthPeak[],
  waitingDays: number,
): string[] {
  const notes: string[] = []
  const { energyWh } = totals
  if (energyWh <= 0) return ['No energy was measured in this period.']
  if (totals.uncostedWh > 0)
    notes.push(`No prices for ${percent(totals.uncostedWh, energyWh)} of the energy; its cost is not in the figures.`)
  if (totals.uncarbonedWh > 0)
    notes.push(`No location-based carbon factor for ${percent(totals.uncarbonedWh, energyWh)} of the energy.`)
  if (totals.carbonMarketG === null)
    notes.push('No market-based carbon factor is entered, so the market-based figure is unknown.')
  else if (totals.unmarketedWh > 0)
    notes.push(`No market-based carbon factor for ${percent(totals.unmarketedWh, energyWh)} of the energy.`)
  if (peaks.some((peak) => peak.costMicroEur > 0))
    notes.push(
      'Each month’s peak charge is that of the whole connection; it is shared in proportion to the energy charged in that month, and changes until the month is over.',
    )
  if (groupBy === 'line' || groupBy === 'block')
    notes.push(
      `Charged energy is shared among the ${groupBy}s driven since the charge before, by battery energy where all of it was measured, else by distance. What belongs to none has an empty key.`,
    )
  if (waitingDays > 0)
    notes.push(`The shares of ${waitingDays} days are being worked out anew; ask again in some minutes.`)
  return notes
}

export function percent(part: number, whole: number): string {
  const share = (part / whole) * 100
  return share > 0 && share < 0.1 ? 'less than 0.1 %' : `${Math.round(share * 10) / 10} %`
}
