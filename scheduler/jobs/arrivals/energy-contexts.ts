import { chargeOutlook } from '../../../db/charge-outlook.ts'
import type { Db } from '../../../db/database.ts'
import { vehicleTypes } from '../../../db/vehicle-types.ts'
import { assumedTemperature } from '../../../domain/energy/consumption.ts'
import type { OutlookContext } from './energy-outlook.ts'
import type { TimetableMemory } from './timetable-memory.ts'

/** Who might stand in for whom changes slowly; it is read again so often. */
const READ_AGAIN_MS = 30_000

const remembered = new WeakMap<
  Db,
  {
    readAtMs: number
    timetable: TimetableMemory
    outlook: Awaited<ReturnType<typeof chargeOutlook>>
    types: OutlookContext['types']
  }
>()

/** What is needed to judge the energy of the vehicles of each site, by site. */
export async function energyContexts(
  db: Db,
  timetable: TimetableMemory,
  at: Date,
): Promise<Map<string, OutlookContext>> {
  const nowMs = at.getTime()
  let known = remembered.get(db)
  const fresh = known !== undefined && nowMs >= known.readAtMs && nowMs - known.readAtMs < READ_AGAIN_MS
  if (known === undefined || !fresh || known.timetable !== timetable) {
    known = { readAtMs: nowMs, timetable, outlook: await chargeOutlook(db), types: await vehicleTypes(db) }
    remembered.set(db, known)
  }
  const { outlook, types } = known
  const bySite = Map.groupBy(outlook.vehicles, (vehicle) => vehicle.siteId)
  return new Map(
    outlook.sites.map((site) => [
      site.siteId,
      {
        now: at,
        timeZone: site.timeZone,
        temperatureC: assumedTemperature(site, at).celsius,
        types,
        others: (bySite.get(site.siteId) ?? []).map((vehicle) => ({
          vehicle,
          blocks: timetable.byVehicle.get(vehicle.vehicleId) ?? [],
        })),
        taken: new Set<string>(),
        spare: new Map<string, number>(),
      },
    ]),
  )
}
