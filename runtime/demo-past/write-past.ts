import { setTimeout as sleep } from 'node:timers/promises'
import type { Db } from '../../db/database.ts'
import { storeDriveDays } from '../../db/drive-days.ts'
import { addIntervals, addSocReadings, countOnlySince, storeEndedSessions } from '../../db/ended-sessions.ts'
import { rebuildDay } from '../../db/energy-rebuild.ts'
import { ensureMonthPartitions } from '../../db/partitions.ts'
import { storePlan } from '../../db/plans.ts'
import { refreshPeaks } from '../../db/peaks.ts'
import { addSavingDays } from '../../db/saving-days.ts'
import { siteBaseLoad } from '../../db/site-base-load.ts'
import { storeWeather } from '../../db/weather.ts'
import { refreshEnergyMonths } from '../../db/energy-months.ts'
import { refreshWorkDays } from '../../db/work-days.ts'
import { addDays, localDate } from '../../domain/service-time.ts'
import type { SitePast } from './demo-past.ts'
import { pastSavings } from './past-savings.ts'
import { pastTemperatureC } from './past-weather.ts'

/** Says in each session that nobody charged it: a demo imagined it. */
const ORIGIN = 'demo'
const AT_ONCE = 5_000
const HOUR_MS = 3_600_000
const BREATH_MS = 20

/** Adds up the energy of the past; stops between two days once it is told to. */
export type AddUp = (stopped: () => boolean) => Promise<void>

/** Writes what must be there before the depot goes to work: sessions, whose numbers rise with time, states of charge, weather. Returns what may be done beside it. */
export async function writePast(db: Db, { site, past, plans, costing, from, to }: SitePast): Promise<AddUp> {
  await countOnlySince(db, to)
  for (let month = new Date(from); month < to; month = new Date(month.getTime() + 28 * 24 * HOUR_MS))
    await ensureMonthPartitions(db, month)
  const numbers = await storeEndedSessions(db, past.ledger.sessions, ORIGIN)
  for (const part of parts(past.soc)) await addSocReadings(db, part)
  await storeWeather(db, site.id, weatherOf(site, from, to), ORIGIN, to)
  for (const { createdAt, instance, result, context } of plans)
    await storePlan(db, {
      siteId: site.id,
      createdAt,
      causes: [{ kind: 'demoPast' }],
      instance,
      result,
      context,
      current: false,
    })
  const actual = new Map<number, number>()
  for (const one of past.ledger.intervals)
    actual.set(one.startAt.getTime(), (actual.get(one.startAt.getTime()) ?? 0) + one.energyWh)
  await addSavingDays(
    db,
    pastSavings({
      siteId: site.id,
      timeZone: site.timeZone,
      baseLoadW: await siteBaseLoad(db, site.id),
      actual,
      uncontrolled: past.uncontrolled,
      costing,
      from: localDate(from, site.timeZone),
      to: addDays(localDate(to, site.timeZone), -1),
    }),
  )
  return (stopped) => addUpPast(db, site, past, numbers, stopped)
}

/** The quarter hours and the driving, day by day from the latest on: the months that people look at first are there first, and energy and distances stand for the same days. */
async function addUpPast(
  db: Db,
  site: SitePast['site'],
  { ledger, drives }: SitePast['past'],
  numbers: readonly number[],
  stopped: () => boolean,
): Promise<void> {
  const charged = Map.groupBy(ledger.intervals, (one) => localDate(one.startAt, site.timeZone))
  const driven = Map.groupBy(drives, (one) => one.block.date)
  for (const date of [...new Set([...charged.keys(), ...driven.keys()])].toSorted().toReversed()) {
    if (stopped()) return
    for (const part of parts(charged.get(date) ?? [])) {
      await addIntervals(
        db,
        part.map(({ session, ...one }) => ({ ...one, sessionNumber: session < 0 ? 0 : (numbers[session] ?? 0) })),
      )
    }
    await refreshPeaks(db, await rebuildDay(db, site.id, date))
    await storeDriveDays(db, driven.get(date) ?? [])
    // The embedded database answers before anything else gets its turn; others want theirs.
    await sleep(BREATH_MS)
  }
  await refreshWorkDays(db)
  await refreshEnergyMonths(db)
}

function weatherOf(site: SitePast['site'], from: Date, to: Date): { at: Date; temperatureC: number }[] {
  const hours: { at: Date; temperatureC: number }[] = []
  const climate = { ...site, monthlyTemperatureC: site.monthlyTemperatureC ?? null }
  for (let at = from.getTime(); at < to.getTime(); at += HOUR_MS) {
    const temperatureC = pastTemperatureC(climate, at)
    if (temperatureC !== null) hours.push({ at: new Date(at), temperatureC })
  }
  return hours
}

function parts<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / AT_ONCE) }, (_, i) =>
    items.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  )
}
