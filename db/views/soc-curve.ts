import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** Shorter spans show every sample of every charging session; longer ones what was remembered, and the ends of each session. */
const EVERY_SAMPLE_MS = 3 * 86_400_000
const SOURCES = ['ocpp', 'telemetry', 'manual'] as const

/**
 * A vehicle's states of charge in `[from, to)`, thinned to at most `points` (at least 4): the span is cut into equal parts, and of each its lowest and highest
 * reading stay, and the first and last of all, so that no extreme is lost however long the span. Ascending; at most 366 days.
 */
export async function socCurve(
  db: Db,
  { vehicleId, from, to, points }: { vehicleId: string; from: Date; to: Date; points: number },
): Promise<{ at: Date; socPercent: number; source: string }[]> {
  const spanMs = to.getTime() - from.getTime()
  if (spanMs <= 0) return []
  const parts = Math.max(1, Math.floor((points - 2) / 2))
  const partMs = Math.ceil(spanMs / parts)
  // Charge and instant in one number each way round, so that one scan without a sort finds all four.
  const { rows } = await sql<{ first: string; last: string; lowest: string; highest: string }>`
    with reading as (
      select v.at, v.soc_percent, v.source from vehicle_soc v where v.vehicle_id = ${vehicleId} and v.at >= ${from} and v.at < ${to}
      union all ${spanMs <= EVERY_SAMPLE_MS ? everySample(vehicleId, from, to) : sessionEnds(vehicleId, from, to)}),
    coded as (
      select (extract(epoch from at - ${from}::timestamptz) * 1000)::bigint as ms, round(soc_percent * 1000)::bigint as soc,
        case source when 'ocpp' then 0 when 'telemetry' then 1 else 2 end as source from reading),
    parted as (select ms, soc, source, ms / ${partMs}::bigint as part from coded)
    select min(ms * 10000000 + soc * 10 + source)::text as first, max(ms * 10000000 + soc * 10 + source)::text as last,
      min(soc * 1000000000000 + ms * 10 + source)::text as lowest, max(soc * 1000000000000 + 999999999990 - ms * 10 + source)::text as highest
    from parted group by part`.execute(db)
  const kept = new Map<string, { ms: number; soc: number; source: number }>()
  const keep = (ms: bigint, soc: bigint, source: bigint): void =>
    void kept.set(`${ms} ${soc}`, { ms: Number(ms), soc: Number(soc), source: Number(source) })
  for (const row of rows) {
    const lowest = BigInt(row.lowest)
    keep((lowest % 1_000_000_000_000n) / 10n, lowest / 1_000_000_000_000n, lowest % 10n)
    const highest = BigInt(row.highest)
    const source = highest % 10n
    keep((999_999_999_990n - ((highest % 1_000_000_000_000n) - source)) / 10n, highest / 1_000_000_000_000n, source)
  }
  const ends = rows.flatMap((row) => [BigInt(row.first), BigInt(row.last)]).sort((a, b) => (a < b ? -1 : 1))
  for (const code of [ends[0], ends.at(-1)])
    if (code !== undefined) keep(code / 10_000_000n, (code % 10_000_000n) / 10n, code % 10n)
  return [...kept.values()]
    .sort((a, b) => a.ms - b.ms)
    .map(({ ms, soc, source }) => ({
      at: new Date(from.getTime() + ms),
      socPercent: soc / 1000,
      source: SOURCES[source] ?? 'manual',
    }))
}

function everySample(vehicleId: string, from: Date, to: Date) {
  return sql`select m.at, m.soc_percent, 'ocpp' from charging_session s join meter_sample m on m.session_number = s.number
    where s.vehicle_id = ${vehicleId} and (s.ended_at is null or s.last_sample_at >= ${from})
      and m.soc_percent is not null and m.at >= ${from} and m.at < ${to}`
}

/** A station that was cut off sends its samples at once, and only the last of them is remembered by vehicle: the session knows its ends. */
function sessionEnds(vehicleId: string, from: Date, to: Date) {
  return sql`select ends.at, ends.soc, 'ocpp' from charging_session s
    cross join lateral (values (s.started_at, s.soc_start_percent), (s.last_sample_at, s.soc_percent)) as ends(at, soc)
    where s.vehicle_id = ${vehicleId} and s.started_at >= ${from}::timestamptz - interval '2 days' and s.started_at < ${to}
      and ends.soc is not null and ends.at >= ${from} and ends.at < ${to}`
}
