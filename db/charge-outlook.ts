import type { Site } from '../domain/fleet.ts'
import type { Db } from './database.ts'

/** A vehicle in service whose charge has been read. */
export interface ChargedVehicle {
  vehicleId: string
  label: string
  siteId: string
  typeId: string
  socPercent: number | null
  socAt: Date | null
}

/** What it takes to say how far the vehicles of every site get: their charge as read, and the weather of their sites. */
export async function chargeOutlook(db: Db): Promise<{
  sites: Pick<Site, 'siteId' | 'timeZone' | 'monthlyTemperatureC' | 'outdoorTemperatureC' | 'outdoorTemperatureAt'>[]
  vehicles: ChargedVehicle[]
}> {
  const sites = await db
    .selectFrom('site')
    .select(['id', 'time_zone', 'monthly_temperature_c', 'outdoor_temperature_c', 'outdoor_temperature_at'])
    .execute()
  const vehicles = await db
    .selectFrom('vehicle')
    .select(['id', 'label', 'site_id', 'type_id', 'soc_percent', 'soc_at'])
    .where('in_service', '=', true)
    .where('soc_percent', 'is not', null)
    .orderBy('id')
    .execute()
  return {
    sites: sites.map((site) => ({
      siteId: site.id,
      timeZone: site.time_zone,
      monthlyTemperatureC: site.monthly_temperature_c,
      outdoorTemperatureC: site.outdoor_temperature_c,
      outdoorTemperatureAt: site.outdoor_temperature_at,
    })),
    vehicles: vehicles.map((vehicle) => ({
      vehicleId: vehicle.id,
      label: vehicle.label,
      siteId: vehicle.site_id,
      typeId: vehicle.type_id,
      socPercent: vehicle.soc_percent,
      socAt: vehicle.soc_at,
    })),
  }
}
