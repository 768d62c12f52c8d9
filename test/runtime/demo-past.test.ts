import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { beforeAll, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { planDays } from '../../db/views/plan-days.ts'
import { storeFleet } from '../../db/fleet.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import type { Log } from '../../domain/ports.ts'
import { readFeedFiles } from '../../runtime/cli/feed-files.ts'
import { importFeed } from '../../scheduler/imports/import-feed.ts'
import { rememberPast, type RememberedPast } from '../../runtime/demo-past/remember-past.ts'
import { countEnergy } from '../../scheduler/jobs/energy-intervals.ts'
import { emptyDatabase } from '../support/database.ts'

const CITY = fileURLToPath(new URL('../../examples/blagoevgrad', import.meta.url))
const NOW = new Date('2026-11-29T19:30:00Z')

const ignore = (): void => undefined
const silent: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }

let db: Db
let past: RememberedPast
/** At each look while the past was added up: the days of which the distances stood, but not the energy. */
const unpowered: string[][] = []
const LOOK_MS = 50

beforeAll(async () => {
  db = await emptyDatabase()
  const fleet = fleetFile.parse(JSON.parse(readFileSync(`${CITY}/fleet.json`, 'utf8')))
  await storeFleet(db, fleet, NOW)
  await importFeed(db, await readFeedFiles([`${CITY}/gtfs`, `${CITY}/tods`]), { at: NOW })
  past = await rememberPast(db, fleet, NOW, silent)
  past.addUp()
  const looking = setInterval(() => void look(), LOOK_MS)
  await past.untilDone()
  clearInterval(looking)
  await look()
}, 240_000)

async function look(): Promise<void> {
  const days = await rows<{ date: string }>(`select distinct date::text as date from drive_day d
    where not exists (select from energy_day e where e.date = d.date and e.energy_wh > 0) order by 1`)
  unpowered.push(days.map((day) => day.date))
}

async function rows<Row>(query: string): Promise<Row[]> {
  return (await sql.raw<Row>(query).execute(db)).rows
}

test('each session of the past adds up to the difference of its registers to the Wh, and says where it is from', async () => {
  const [found] = await rows<{ sessions: number; wrong: number; marked: number }>(`select count(*)::int as sessions,
    count(*) filter (where meter_stop_wh - meter_start_wh <> (select sum(energy_wh) from energy_interval i where i.session_number = s.number))::int as wrong,
    count(*) filter (where flags->>'origin' = 'demo')::int as marked from charging_session s`)
  expect(found?.sessions).toBeGreaterThan(300)
  expect(found).toMatchObject({ wrong: 0, marked: found?.sessions })
})

test('what the quarters of an outlet add up to is how far its register turned, and the chargers go on from there', async () => {
  const turned = await rows<{ station_id: string; evse_id: number; last: number }>(`
    with first as (select distinct on (station_id, evse_id) * from charging_session order by station_id, evse_id, started_at)
    select f.station_id, f.evse_id, (f.meter_start_wh + sum(i.energy_wh) filter (where i.session_number = f.number or i.start_at > f.started_at))::float8 as last
    from first f join energy_interval i on i.station_id = f.station_id and i.evse_id = f.evse_id group by f.station_id, f.evse_id, f.meter_start_wh`)
  expect(turned).toHaveLength(6)
  for (const one of turned) expect(past.registers[one.station_id]?.[one.evse_id]).toBe(one.last)
})

test('while it is added up no day has distances without the energy for them, which would look like thrift', () => {
  expect(unpowered.length).toBeGreaterThan(3)
  const atLast = unpowered.at(-1)
  for (const days of unpowered) expect(atLast).toEqual(expect.arrayContaining(days))
})

test('whole months before this one had a peak of their own, this month has none that a plan could not undercut', async () => {
  const peaks = await rows<{ month: string; peak_w: number }>('select month, peak_w from monthly_peak order by month')
  expect(peaks.map((one) => one.month)).toEqual(['2026-09-01', '2026-10-01', '2026-11-01'])
  const [first] = await rows<{ peaks: number }>(`select count(*)::int as peaks from monthly_peak p
    where p.at = (select min(start_at) from energy_quarter q where q.energy_wh * 4 + 20000 = p.peak_w
      and to_char(q.start_at at time zone 'Europe/Sofia', 'YYYY-MM') = to_char(p.month, 'YYYY-MM'))`)
  expect(first?.peaks).toBe(3)
  const [, october, november] = peaks
  expect(october?.peak_w).toBeGreaterThan(120_000)
  expect(october?.peak_w).toBeLessThanOrEqual(130_000)
  expect(november?.peak_w).toBeLessThan(110_000)
})

test('nothing lies ahead of now, every quarter hour was read, and the job that counts leaves the past alone', async () => {
  const count = async (): Promise<unknown> =>
    (
      await rows(`select count(*)::int as quarters, sum(energy_wh)::float8 as wh, max(start_at) as last,
        (extract(epoch from max(start_at) - min(start_at)) / 900 + 1)::int as span from energy_quarter`)
    )[0]
  const before = (await count()) as { quarters: number; span: number; last: Date }
  expect(before.quarters).toBe(before.span)
  expect(before.last.getTime()).toBeLessThan(NOW.getTime())
  await countEnergy({ db, now: () => new Date(NOW.getTime() + 300_000) } as Parameters<typeof countEnergy>[0])
  expect(await count()).toEqual(before)
})

test('what was charged is what was driven', async () => {
  const [charged] = await rows<{ wh: number }>('select sum(battery_wh)::float8 as wh from session_energy')
  const [driven] = await rows<{ wh: number }>('select sum(energy_wh)::float8 as wh from drive_day')
  const ratio = (charged?.wh ?? 0) / (driven?.wh ?? 1)
  expect(ratio).toBeGreaterThan(0.97)
  expect(ratio).toBeLessThan(1.03)
})

test('no bus ran empty, and what was driven is known by line with its energy and temperature', async () => {
  const [soc] = await rows<{ least: number }>('select min(soc_percent) as least from vehicle_soc')
  expect(soc?.least).toBeGreaterThan(8)
  const [drives] = await rows<{ lines: number; unknown: number }>(`select count(distinct route)::int as lines,
    count(*) filter (where energy_wh is null or temperature_c is null)::int as unknown from drive_day`)
  expect(drives?.lines).toBeGreaterThan(1)
  expect(drives?.unknown).toBe(0)
})

test('the last nights were planned by the planner itself, the imagined chargers followed, and no charger is to follow those plans now', async () => {
  const nights = (await planDays(db, { siteId: 'blagoevgrad', limit: 30 }, NOW)) ?? []
  expect(nights.map((night) => night.date).slice(0, 3)).toEqual(['2026-11-30', '2026-11-29', '2026-11-28'])
  expect(nights).toHaveLength(6)
  for (const night of nights.slice(1)) {
    expect(night.departures.unknown + night.departures.dropped + night.departures.ahead).toBe(0)
    expect(night.departures.ready).toBeGreaterThanOrEqual(night.departures.all - 2)
    expect(night.measured?.peakW).toBeLessThanOrEqual(night.limitW ?? 0)
    expect(night.missingQuarters).toBe(0)
  }
  const plans = await rows<{ current: boolean; reason: string; gap: number }>('select current, reason, gap from plan')
  expect(plans.length).toBe(10)
  expect(plans.every((plan) => !plan.current && plan.reason.includes('demo') && plan.gap < 0.05)).toBe(true)
})
