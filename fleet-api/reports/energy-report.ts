import { type Sentence, say } from '../../domain/sentences/sentence.ts'
import type { Db } from '../../db/database.ts'
import { dayRates, type DayRate, type RateSpan } from '../../db/reports/day-rates.ts'
import {
  daySums,
  intervalSums,
  quarterSums,
  type DayBucket,
  type DayGroup,
  type EnergySums,
} from '../../db/reports/energy-sums.ts'
import { driveSums, groupLabels } from '../../db/reports/group-facts.ts'
import { sessionCounts, sessionsByHour } from '../../db/reports/session-counts.ts'
import { workDaysDue } from '../../db/work-days.ts'
import { carbonBasis, type CarbonBasis } from './carbon-basis.ts'
import { addedUp, figuresOf, rounded, type EnergyFigures, type RowSums } from './figures.ts'
import { energyNotes } from './notes.ts'
import { placeIn, previousPeriod, previousYear, refused, type Period } from './period.ts'
import { wholeSums } from './whole-sums.ts'
import { withRest } from './with-rest.ts'

export const ENERGY_GROUPS = [
  'vehicle',
  'type',
  'line',
  'block',
  'station',
  'site',
  'hourOfDay',
  'day',
  'month',
] as const
export type EnergyGroup = (typeof ENERGY_GROUPS)[number]
export const ENERGY_BUCKETS = ['none', '15min', 'hour', 'day', 'month'] as const
export type EnergyBucket = (typeof ENERGY_BUCKETS)[number]

export interface EnergyQuestion {
  period: Period
  siteId: string | null
  groupBy: EnergyGroup
  bucket: EnergyBucket
  compare: Period | 'previousPeriod' | 'previousYear' | null
}

export interface EnergyRow extends EnergyFigures {
  /** '' is what belongs to no group. */
  key: string
  label: string
  /** The bucket's beginning: a local date, or an instant within the day; null without buckets. */
  bucket: string | null
  share: number | null
  comparison: Comparison | null
}

export interface Comparison {
  energyWh: number
  totalCostMicroEur: number | null
  carbonLocationG: number | null
  kWhPerKm: number | null
  differenceWh: number
  /** Of what it was; null when it was nothing. */
  differenceShare: number | null
}

export interface EnergyReport {
  from: Date
  to: Date
  timeZone: string
  groupBy: EnergyGroup
  bucket: EnergyBucket
  compareFrom: Date | null
  compareTo: Date | null
  rows: EnergyRow[]
  totals: EnergyFigures & { comparison: Comparison | null }
  carbonBasis: CarbonBasis[]
  notes: Sentence[]
}

/** Rows that one report may have. */
export const MOST_ROWS = 50_000

/** Energy, cost and carbon by group and bucket, with a comparison. Reads the roll-ups; the intervals only for stations and vehicles in buckets within the day. */
export async function energyReport(db: Db, question: EnergyQuestion): Promise<EnergyReport> {
  const { period, groupBy, bucket } = question
  const other = comparedTo(question)
  const [{ basis, sums: found }, earlierPart] = await Promise.all([
    withBasis(db, question, period),
    other === null ? null : withBasis(db, question, other),
  ])
  const before = earlierPart?.sums ?? null
  const sums = before === null ? found : withThoseBefore(question, found, before)

  const labels = await groupLabels(db, groupBy, [...new Set(sums.map((row) => row.key))])
  const totals = addedUp(sums)
  const earlier = before === null || other === null ? null : matchEarlier(question, sums, before, period, other)
  const rows = sums.map((row, i): EnergyRow => ({
    key: row.key,
    label: labels.get(row.key) ?? row.key,
    bucket: row.bucket,
    ...figuresOf(row),
    share: totals.energyWh > 0 ? rounded(row.energyWh / totals.energyWh, 6) : null,
    comparison: earlier === null ? null : comparison(row, earlier[i] ?? nothing(row)),
  }))
  return {
    from: period.fromAt,
    to: period.toAt,
    timeZone: period.timeZone,
    groupBy,
    bucket,
    compareFrom: other?.fromAt ?? null,
    compareTo: other?.toAt ?? null,
    rows,
    totals: { ...totalFigures(sums, totals), comparison: before === null ? null : comparison(totals, addedUp(before)) },
    carbonBasis: await carbonBasis(db, period, basis.factors, totals),
    notes: energyNotes(totals, groupBy, basis.peaks, await waitingDays(db, question)),
  }
}

/** Energy per distance only over those whose distance is known: the others' energy would be driven by nobody. */
function totalFigures(sums: readonly RowSums[], totals: RowSums): EnergyFigures {
  const drove = sums.filter((row) => (row.distanceM ?? 0) > 0)
  return { ...figuresOf(totals), kWhPerKm: figuresOf(addedUp(drove)).kWhPerKm }
}

/** Nobody's nothing is no row. */
function saysSomething(row: RowSums): boolean {
  return row.key !== '' || row.energyWh !== 0 || (row.sessions ?? 0) > 0 || (row.distanceM ?? 0) > 0
}

/** Days whose shares of lines and blocks are not worked out yet. */
async function waitingDays(db: Db, { groupBy, period }: EnergyQuestion): Promise<number> {
  return groupBy === 'line' || groupBy === 'block' ? workDaysDue(db, period.from, period.to) : 0
}

function comparedTo({ compare, period }: EnergyQuestion): Period | null {
  if (compare === 'previousPeriod') return previousPeriod(period)
  if (compare === 'previousYear') return previousYear(period)
  return compare
}

type Basis = Awaited<ReturnType<typeof dayRates>>

async function withBasis(db: Db, question: EnergyQuestion, period: Period) {
  const basis = await dayRates(db, { from: period.from, to: period.to, siteId: question.siteId })
  return { basis, sums: (await sumsOf(db, question, period, basis)).filter(saysSomething) }
}

async function sumsOf(
  db: Db,
  question: EnergyQuestion,
  period: Period,
  { rates, spans }: Pick<Basis, 'rates' | 'spans'>,
): Promise<RowSums[]> {
  const { siteId, groupBy, bucket } = question
  const limit = MOST_ROWS + 1
  const instants = { from: period.fromAt, to: period.toAt, siteId }
  const days = { from: period.from, to: period.to, siteId }
  const within = bucket === '15min' || bucket === 'hour'
  let rows: RowSums[]
  if (groupBy === 'hourOfDay') {
    if (bucket !== 'none') throw refused('bucket', say('hoursNoBuckets'))
    const sums = await quarterSums(db, instants, 'hourOfDay', 'none', spans, limit)
    rows = withSessions(sums, await sessionsByHour(db, instants), false)
  } else if (within) {
    rows = (await withinDay(db, question, instants, spans, limit)).map((row) => ({
      ...row,
      sessions: null,
      splits: groupBy !== 'site',
    }))
  } else {
    rows = await byDays(db, { groupBy, bucket }, days, rates)
  }
  if (rows.length > MOST_ROWS) throw refused('bucket', say('tooManyRows', { n: MOST_ROWS }))
  return wholeSums(rows)
}

function withinDay(
  db: Db,
  { groupBy, bucket }: EnergyQuestion,
  span: { from: Date; to: Date; siteId: string | null },
  rates: readonly RateSpan[],
  limit: number,
): Promise<EnergySums[]> {
  if (bucket !== '15min' && bucket !== 'hour') throw new RangeError(`${bucket} is no bucket within the day`)
  if (groupBy === 'site') return quarterSums(db, span, 'site', bucket, rates, limit)
  if (groupBy === 'station' || groupBy === 'vehicle' || groupBy === 'type')
    return intervalSums(db, span, groupBy, bucket, rates, limit)
  throw refused('bucket', say('withinDayGroups'))
}

/** By line or block. The whole is only added up while some day's shares are not worked out: it takes far longer than the shares. */
async function sharedSums(
  db: Db,
  groupBy: 'line' | 'block',
  bucket: DayBucket,
  days: { from: string; to: string; siteId: string | null },
  rates: readonly DayRate[],
): Promise<EnergySums[]> {
  const shares = await daySums(db, days, groupBy, bucket, rates)
  if ((await workDaysDue(db, days.from, days.to)) === 0) return shares
  return withRest(shares, await daySums(db, days, 'site', bucket, rates))
}

async function byDays(
  db: Db,
  { groupBy, bucket }: { groupBy: DayGroup; bucket: EnergyBucket },
  days: { from: string; to: string; siteId: string | null },
  rates: readonly DayRate[],
): Promise<RowSums[]> {
  const dayBucket: DayBucket = bucket === 'day' || bucket === 'month' ? bucket : 'none'
  if (dayBucket !== 'none' && (groupBy === 'day' || groupBy === 'month')) throw refused('bucket', say('dayOwnBuckets'))
  if (groupBy === 'line' || groupBy === 'block')
    return (await sharedSums(db, groupBy, dayBucket, days, rates)).map((row) => ({
      ...row,
      sessions: null,
      splits: false,
    }))
  const [sums, counts, drives] = await Promise.all([
    daySums(db, days, groupBy, dayBucket, rates),
    sessionCounts(db, days, groupBy, dayBucket),
    groupBy === 'station' ? [] : driveSums(db, days, groupBy, dayBucket),
  ])
  const counted = withSessions(sums, counts, true)
  const driven = new Map(drives.map((row) => [`${row.bucket} ${row.key}`, row]))
  for (const row of counted) {
    const drive = driven.get(`${row.bucket} ${row.key}`)
    row.distanceM = drive?.distanceM ?? null
    row.passengerKm = drive?.passengerKm ?? null
  }
  return counted
}

function withSessions(
  sums: readonly EnergySums[],
  counts: readonly { key: string; bucket: string | null; sessions: number }[],
  splits: boolean,
): RowSums[] {
  const count = new Map(counts.map((one) => [`${one.bucket} ${one.key}`, one.sessions]))
  return sums.map((row) => ({ ...row, sessions: count.get(`${row.bucket} ${row.key}`) ?? 0, splits }))
}

/** Without buckets, whoever was there only in the other period has a row too, so that the rows' comparisons add up to that of the totals. */
function withThoseBefore(
  { groupBy, bucket }: EnergyQuestion,
  rows: readonly RowSums[],
  before: readonly RowSums[],
): RowSums[] {
  if (bucket !== 'none' || groupBy === 'day' || groupBy === 'month') return [...rows]
  const there = new Set(rows.map((row) => row.key))
  return [...rows, ...before.filter((row) => !there.has(row.key)).map(nothing)]
}

/** For each row the one of the other period: of the same key, as far from the period's beginning. */
function matchEarlier(
  { groupBy }: EnergyQuestion,
  rows: readonly RowSums[],
  before: readonly RowSums[],
  now: Period,
  then: Period,
): (RowSums | undefined)[] {
  const ownBuckets = groupBy === 'day' || groupBy === 'month'
  const nameOf = (row: RowSums, period: Period): string =>
    ownBuckets
      ? String(placeIn(period, row.key))
      : `${row.bucket === null ? '' : placeIn(period, row.bucket)} ${row.key}`
  const found = new Map(before.map((row) => [nameOf(row, then), row]))
  return rows.map((row) => found.get(nameOf(row, now)))
}

function comparison(now: RowSums, before: RowSums): Comparison {
  const figures = figuresOf(before)
  const differenceWh = now.energyWh - before.energyWh
  return {
    energyWh: before.energyWh,
    totalCostMicroEur: figures.totalCostMicroEur,
    carbonLocationG: figures.carbonLocationG,
    kWhPerKm: figures.kWhPerKm,
    differenceWh,
    differenceShare: before.energyWh > 0 ? rounded(differenceWh / before.energyWh, 6) : null,
  }
}

function nothing(row: RowSums): RowSums {
  return { ...addedUp([]), key: row.key, bucket: row.bucket }
}
