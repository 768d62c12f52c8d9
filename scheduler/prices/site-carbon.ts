import type { Db } from '../../db/database.ts'
import { siteCosting } from '../../db/site-costing.ts'
import { SLOT_MS } from '../../domain/slots.ts'

/**
 * Grams of CO2 equivalent per kWh in each quarter hour from `start`: the carbon series where it is known, else the year's location-based factor. null: some quarter has neither,
 * so a plan's emissions cannot be said.
 */
export async function siteCarbon(db: Db, siteId: string, start: Date, slots: number): Promise<number[] | null> {
  const costing = await siteCosting(db, siteId, start, new Date(start.getTime() + slots * SLOT_MS))
  if (costing === undefined) return null
  const carbon: number[] = []
  for (let slot = 0; slot < slots; slot += 1) {
    const grams = costing.quarter(new Date(start.getTime() + slot * SLOT_MS)).carbonLocationGPerKwh
    if (grams === null) return null
    carbon.push(grams)
  }
  return carbon
}
