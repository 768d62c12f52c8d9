import { assumedTemperature } from '../../domain/energy/consumption.ts'
import { between } from './dice.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Half the swing between the coldest and the warmest hour of a day. */
const SWING_C = 4
/** A spell of weather lasts some days. */
const SPELL_DAYS = 4
const SPELL_C = 5
const WARMEST_HOUR = 15

/** What the thermometer of a site would have shown: the month's mean, spells of warm and cold days, a daily swing. In tenths of a degree; null: nothing is known of the climate. */
export function pastTemperatureC(
  site: { id: string; monthlyTemperatureC: number[] | null; longitude: number },
  atMs: number,
): number | null {
  const mean = assumedTemperature(
    { ...site, outdoorTemperatureC: null, outdoorTemperatureAt: null },
    new Date(atMs),
  ).celsius
  if (mean === null) return null
  const spell = atMs / (SPELL_DAYS * DAY_MS)
  const share = spell - Math.floor(spell)
  const anomaly = (n: number): number => between(-SPELL_C, SPELL_C, site.id, 'spell', n)
  const smooth = share * share * (3 - 2 * share)
  const ofSpell = anomaly(Math.floor(spell)) * (1 - smooth) + anomaly(Math.floor(spell) + 1) * smooth
  const solarHour = ((atMs / HOUR_MS + site.longitude / 15) % 24) - WARMEST_HOUR
  return Math.round((mean + ofSpell + SWING_C * Math.cos((solarHour / 12) * Math.PI)) * 10) / 10
}
