import type { EnergySums } from '../../db/reports/energy-sums.ts'

/** What is added up; the others say which row it is, or are of driving, which the whole does not know. */
const ADDED = [
  'energyWh',
  'sessionWh',
  'batteryGridWh',
  'peakCostMicroEur',
  'uncostedWh',
  'uncarbonedWh',
  'unmarketedWh',
] as const
const KNOWN = ['batteryWh', 'energyCostMicroEur', 'networkCostMicroEur', 'carbonLocationG', 'carbonMarketG'] as const

/**
 * The shares with what they leave of the whole, in the row of each bucket whose key is empty: a day's shares are worked out some
 * minutes after it was charged, and until then its energy must not be missing. Nothing is left of less than a watt-hour.
 */
export function withRest(shares: readonly EnergySums[], whole: readonly EnergySums[]): EnergySums[] {
  const rows = shares.map((row) => ({ ...row }))
  for (const [bucket, sites] of Map.groupBy(whole, (row) => row.bucket)) {
    const here = rows.filter((row) => row.bucket === bucket)
    const left = (name: (typeof ADDED)[number] | (typeof KNOWN)[number]): number => sum(sites, name) - sum(here, name)
    if (left('energyWh') < 1) continue
    const nobody = here.find((row) => row.key === '') ?? emptyRow(bucket)
    if (!here.includes(nobody)) rows.push(nobody)
    for (const name of ADDED) nobody[name] += left(name)
    for (const name of KNOWN)
      if (sites.some((row) => row[name] !== null)) nobody[name] = (nobody[name] ?? 0) + left(name)
  }
  return rows
}

function sum(rows: readonly EnergySums[], name: (typeof ADDED)[number] | (typeof KNOWN)[number]): number {
  return rows.reduce((total, row) => total + (row[name] ?? 0), 0)
}

function emptyRow(bucket: string | null): EnergySums {
  return {
    key: '',
    bucket,
    energyWh: 0,
    sessionWh: 0,
    standbyWh: 0,
    batteryWh: null,
    batteryGridWh: 0,
    energyCostMicroEur: null,
    networkCostMicroEur: null,
    peakCostMicroEur: 0,
    uncostedWh: 0,
    carbonLocationG: null,
    uncarbonedWh: 0,
    carbonMarketG: null,
    unmarketedWh: 0,
    distanceM: null,
    passengerKm: null,
  }
}
