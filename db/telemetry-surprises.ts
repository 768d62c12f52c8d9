import { sql } from 'kysely'
import { assumedTemperature } from '../domain/energy/consumption.ts'
import { READING_FOR_MS } from '../domain/energy/estimate-soc.ts'
import { estimateSoc } from '../domain/energy/soc-estimate.ts'
import type { ReplanCause } from '../domain/replan-cause.ts'
import { blocksBetween } from './blocks.ts'
import type { Db } from './database.ts'
import type { KnownVehicle, NewestValues, Told } from './telemetry-values.ts'
import { vehicleTypes } from './vehicle-types.ts'

/** Closer than this to what was to be expected is no news for the plan. */
const EXPECTED_PERCENT = 3
/** After so long without a word a vehicle may be where nobody expects it, though its charge stayed. */
const SILENT_MS = 15 * 60_000
const HOUR_MS = 3_600_000
/** Whoever hears from so many at once after a silence had no plan worth keeping. */
const MOST_ESTIMATED = 200

interface NewSoc {
  vehicle: KnownVehicle
  soc: Told<number>
}

/**
 * Sites whose plan no longer rests on what vehicles have in their batteries, with the cause: the charge of one in service is told for the first time in
 * a day and a half, or it lies more than 3 points, and more than the estimate's own doubt, off what was estimated for the time it was read.
 */
export async function surprisingSocs(
  db: Db,
  known: readonly KnownVehicle[],
  newest: readonly NewestValues[],
  now: Date,
): Promise<Map<string, ReplanCause>> {
  const soc = new Map(newest.map((one) => [one.vehicleId, one.soc]))
  const surprises = new Map<string, ReplanCause>()
  const doubtful: NewSoc[] = []
  for (const vehicle of known) {
    const told = soc.get(vehicle.id) ?? null
    if (told === null || !vehicle.inService || now.getTime() - told.at.getTime() > READING_FOR_MS) continue
    if (vehicle.socAt !== null && told.at <= vehicle.socAt) continue
    const silentMs = vehicle.socAt === null ? Infinity : told.at.getTime() - vehicle.socAt.getTime()
    if (vehicle.socPercent === null || silentMs > READING_FOR_MS) surprises.set(vehicle.siteId, cause(vehicle, told))
    else if (silentMs > SILENT_MS || Math.abs(told.value - vehicle.socPercent) > EXPECTED_PERCENT)
      doubtful.push({ vehicle, soc: told })
  }
  const open = doubtful.filter((one) => !surprises.has(one.vehicle.siteId))
  if (open.length > MOST_ESTIMATED) {
    for (const { vehicle, soc } of open) surprises.set(vehicle.siteId, cause(vehicle, soc))
  } else if (open.length > 0) {
    for (const { vehicle, soc } of await unexpected(db, open, now)) surprises.set(vehicle.siteId, cause(vehicle, soc))
  }
  return surprises
}

async function unexpected(db: Db, news: readonly NewSoc[], now: Date): Promise<NewSoc[]> {
  const ids = news.map((one) => one.vehicle.id)
  const types = await vehicleTypes(db)
  const sites = new Map((await db.selectFrom('site').selectAll().execute()).map((site) => [site.id, site]))
  const { rows: plugged } = await sql<{ id: string; power: number }>`
    select vehicle_id as id, max(max_power_w) as power from evse
    where vehicle_id = any(${ids}::text[]) and plugged_in is not false group by vehicle_id`.execute(db)
  const plugs = new Map(plugged.map((row) => [row.id, row.power]))
  const from = new Date(now.getTime() - READING_FOR_MS)
  const blocks = await blocksBetween(db, { from, to: new Date(now.getTime() + HOUR_MS), vehicleIds: ids })
  const work = Map.groupBy(blocks, (block) => block.vehicleId)
  return news.filter(({ vehicle, soc }) => {
    const type = types.get(vehicle.typeId)
    const site = sites.get(vehicle.siteId)
    if (type === undefined || site === undefined) return true
    const plugW = plugs.get(vehicle.id)
    const { celsius } = assumedTemperature(
      {
        outdoorTemperatureC: site.outdoor_temperature_c,
        outdoorTemperatureAt: site.outdoor_temperature_at,
        monthlyTemperatureC: site.monthly_temperature_c,
      },
      now,
    )
    const estimate = estimateSoc(vehicle, type, work.get(vehicle.id) ?? [], {
      now: soc.at,
      pluggedIn: plugW === undefined ? null : true,
      temperatureC: celsius,
      delaySeconds: null,
      chargedWh: 0,
    })
    const hours = (soc.at.getTime() - (vehicle.socAt?.getTime() ?? 0)) / HOUR_MS
    const mayHaveCharged =
      plugW === undefined ? 0 : (hours * Math.min(plugW, type.maxPowerW) * 100) / type.batteryCapacityWh
    const low = Math.min(estimate.lowPercent, estimate.socPercent - EXPECTED_PERCENT)
    const high = Math.max(estimate.highPercent, estimate.socPercent + EXPECTED_PERCENT) + mayHaveCharged
    return soc.value < low || soc.value > high
  })
}

function cause(vehicle: KnownVehicle, soc: Told<number>): ReplanCause {
  return { kind: 'vehicleSoc', vehicleId: vehicle.id, socPercent: soc.value }
}
