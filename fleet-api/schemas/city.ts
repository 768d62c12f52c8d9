import { z } from '@hono/zod-openapi'
import { cityGlance as glance } from '../../domain/city-glance.ts'
import { instant, listOf } from './common.ts'

const glanceExample = {
  now: '2026-11-24T08:00:00.000Z',
  timeZone: 'Europe/Sofia',
  demo: false,
  publishers: ['Община Благоевград'],
  lines: 1,
  stops: 39,
  buses: { onRoad: 5, onTrip: 4, onTime: 3, late: 1, early: 0, unknown: 0 },
  parking: { places: 7, known: 6, withRoom: 5, freeSpaces: 184, spaces: 477 },
  chargers: { places: 6, outlets: 9, free: 2, busy: 4, outOfOrder: 0, unknown: 3 },
  air: [{ name: 'Център', quantity: 'pm10UgM3', value: 31.5, at: '2026-11-24T07:58:00.000Z' }],
  buildings: { places: 3, known: 3, powerW: 84_300 },
  wifi: 4,
  cameras: 3,
}

export const cityGlance = z.object(glance.shape).openapi('CityGlance', { example: glanceExample })

const sisterCity = z
  .object({
    name: z.string(),
    url: z.string().nullable().describe('Where it is; null: nowhere that everybody could go.'),
    glance: z.object(glance.shape).nullable().describe('As it last told; null: it never has.'),
    heardAt: instant.nullable(),
    ageSeconds: z.int().nullable(),
    old: z.boolean().describe('What it told is older than 15 minutes, and says nothing of now.'),
    reachable: z.boolean().nullable().describe('Whether it answered the last time; null: it has not been asked yet.'),
    outcome: z.string().nullable().describe('`ok`, or why nothing came the last time.'),
  })
  .openapi('SisterCity', {
    example: {
      name: 'Бургас',
      url: 'https://burgas.example',
      glance: { ...glanceExample, publishers: ['Бургасбус'] },
      heardAt: '2026-11-24T07:59:00.000Z',
      ageSeconds: 60,
      old: false,
      reachable: true,
      outcome: 'ok',
    },
  })

export const sisterCityList = listOf(sisterCity)
