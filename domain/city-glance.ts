import { z } from 'zod'

const count = z.int().min(0).max(10_000_000)
const instant = z.iso.datetime()

/**
 * A city at a glance: small enough to be asked for every minute, and all that one city needs to know of another to stand beside it. Unknown is
 * null or counted apart, never 0.
 */
export const cityGlance = z.object({
  now: instant.describe('The city’s own clock.'),
  timeZone: z.string().min(1).max(60),
  demo: z.boolean(),
  publishers: z.array(z.string().max(200)).max(20).describe('Whose timetables they are.'),
  lines: count,
  stops: count,
  buses: z.object({
    onRoad: count.describe('Heard of within ten minutes.'),
    onTrip: count.describe('Of these, with passengers.'),
    onTime: count.describe('Of these: from 60 s before the timetable to less than 120 s after it.'),
    late: count,
    early: count,
    unknown: count,
  }),
  parking: z.object({
    places: count,
    known: count.describe('With a count of the last 15 minutes; the sums are theirs.'),
    withRoom: count,
    freeSpaces: count,
    spaces: count,
  }),
  chargers: z.object({
    places: count,
    outlets: count,
    free: count,
    busy: count,
    outOfOrder: count,
    unknown: count.describe('Places that tell nothing of their outlets count as one unknown outlet.'),
  }),
  air: z
    .array(z.object({ name: z.string().max(200), quantity: z.string().max(40), value: z.number(), at: instant }))
    .max(60)
    .describe('Readings of the last 15 minutes.'),
  buildings: z.object({
    places: count,
    known: count.describe('With a reading of the last 15 minutes; the sum is theirs.'),
    powerW: z.number().nullable(),
  }),
  wifi: count,
  cameras: count,
})
export type CityGlance = z.output<typeof cityGlance>

/** Another city that stands beside this one, as configured. */
export interface SisterCity {
  name: string
  /** The origin of its server, as `https://city.example`. */
  url: string
}

const MOST_SISTERS = 5

/** Reads `Name=https://city.example; Other=https://other.example`; null: it has another form. */
export function readSisterCities(text: string): SisterCity[] | null {
  const sisters = text
    .split(';')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [, name = '', address = ''] = /^\s*([^=]{1,60}?)\s*=\s*(\S+)\s*$/.exec(part) ?? []
      const url = URL.parse(address)
      const bare = url !== null && url.pathname === '/' && url.search === '' && url.hash === ''
      const named = url?.username === '' && url.password === ''
      return bare && named && /^https?:$/.test(url.protocol) ? { name, url: url.origin } : null
    })
    .filter((sister) => sister !== null)
  const parts = text.split(';').filter((part) => part.trim() !== '').length
  const names = new Set(sisters.map((sister) => sister.name))
  return sisters.length === parts && parts <= MOST_SISTERS && names.size === parts ? sisters : null
}
