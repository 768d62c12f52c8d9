import { z } from '@hono/zod-openapi'
import { instant, localDate } from './common.ts'

export const stopParams = z.object({
  stopId: z
    .string()
    .min(1)
    .max(200)
    .describe('As in the timetable; `feedId:stopId` where several timetables have the same.')
    .openapi({ example: '1201' }),
})

const AT = '2026-11-23T20:00:00.000Z'

const stopExample = {
  feedId: 'blagoevgrad',
  stopId: '1201',
  code: '1201',
  name: 'кв. Грамада',
  latitude: 42.0009,
  longitude: 23.1042,
  kind: 'stop' as const,
  parentId: null,
}

const stopFields = {
  feedId: z.string(),
  stopId: z.string(),
  code: z.string().nullable().describe('What is written at the stop.'),
  name: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  kind: z.enum(['stop', 'station']).describe('A station gathers several stops.'),
  parentId: z.string().nullable().describe('The station that a stop belongs to.'),
}

export const stop = z.object(stopFields).openapi('Stop', { example: stopExample })

export const foundStop = z
  .object({
    ...stopFields,
    distanceM: z.int().nullable().describe('From the place that was asked about; null: no place was.'),
  })
  .openapi('FoundStop', { example: { ...stopExample, distanceM: 180 } })

const attribution = z
  .object({
    publisher: z.string().nullable(),
    licence: z.string().nullable().describe('An SPDX name, or words.'),
    url: z.string().nullable(),
    text: z.string().nullable().describe('What must be shown with the data.'),
  })
  .describe('Whose timetable it is; all null: nobody has said.')

export const stopDetail = z
  .object({
    stop,
    timeZone: z.string(),
    platforms: z.array(stop).describe('Where vehicles stop: the stop itself, or a station’s stops.'),
    lines: z.array(
      z.object({
        lineId: z.string(),
        shortName: z.string().nullable(),
        longName: z.string().nullable(),
        color: z.string().nullable(),
      }),
    ),
    attribution,
  })
  .openapi('StopDetail', {
    example: {
      stop: stopExample,
      timeZone: 'Europe/Sofia',
      platforms: [stopExample],
      lines: [{ lineId: '12', shortName: '12', longName: 'кв. Грамада – Плажа', color: '0B7A4B' }],
      attribution: {
        publisher: 'Zaryad example',
        licence: 'CC0-1.0',
        url: 'https://creativecommons.org/publicdomain/zero/1.0/',
        text: null,
      },
    },
  })

const noticeTexts = {
  header: z.string(),
  text: z.string(),
  spoken: z.string().describe('For a voice.'),
}

const notice = z.object({
  kind: z.enum(['cancelled', 'replaced']),
  reason: z.enum(['energy', 'other']).describe('`energy`: the battery would not last.'),
  ...noticeTexts,
  translations: z
    .object({ en: z.object(noticeTexts), bg: z.object(noticeTexts), uk: z.object(noticeTexts) })
    .describe('For a board that shows one language after another.'),
})

const headsignLatin = z
  .string()
  .nullable()
  .describe('The destination in Latin letters, as the country spells its own names.')

export const arrival = z
  .object({
    stopId: z.string().describe('Of a station’s stops: where this one calls.'),
    stopCode: z.string().nullable().describe('What is written there.'),
    tripId: z.string(),
    date: localDate,
    blockId: z.string().nullable().describe('The day’s work that the trip belongs to.'),
    lineId: z.string().nullable(),
    route: z.string().nullable().describe('The line’s short name.'),
    routeColor: z.string().nullable(),
    headsign: z.string().nullable(),
    headsignLatin,
    directionId: z.int().nullable(),
    vehicleLabel: z.string().nullable().describe('What is written on the bus.'),
    scheduledAt: instant.describe('By the timetable: departure, or at the trip’s last stop arrival.'),
    predictedAt: instant
      .nullable()
      .describe('null: only the timetable is known, or the bus has fallen silent, or it does not come.'),
    minutes: z.int().nullable().describe('Whole minutes until it is expected; null: it does not come.'),
    status: z.enum(['onTime', 'late', 'early', 'cancelled', 'scheduled', 'unknown']),
    basis: z
      .enum(['learned', 'deviation', 'schedule'])
      .describe('From learned travel times, from how late the bus is now, or from the timetable alone.'),
    uncertaintySeconds: z.int().nullable().describe('One standard deviation.'),
    asOf: instant.nullable().describe('When the bus was last heard of.'),
    old: z.boolean().describe('Whether that is longer ago than it should be: 90 seconds.'),
    departed: z.boolean().describe('It left before its time.'),
    arrivalOnly: z.boolean().describe('The trip ends here: nobody can get on.'),
    notice: notice.nullable(),
  })
  .openapi('Arrival')

const nextDeparture = z
  .object({
    scheduledAt: instant,
    lineId: z.string().nullable(),
    route: z.string().nullable(),
    headsign: z.string().nullable(),
    headsignLatin,
  })
  .nullable()
  .describe(
    'When nothing is listed: the first departure after that, as far as a week ahead. null: none, or something is listed.',
  )

const arrivalExample = {
  stopId: '1201',
  stopCode: '1201',
  tripId: '12-1-37',
  date: '2026-11-23',
  blockId: '12-1',
  lineId: '12',
  route: '12',
  routeColor: '0B7A4B',
  headsign: 'Плажа',
  headsignLatin: 'Plazha',
  directionId: 0,
  vehicleLabel: 'Bus 1',
  scheduledAt: '2026-11-23T20:04:00.000Z',
  predictedAt: '2026-11-23T20:06:40.000Z',
  minutes: 6,
  status: 'late' as const,
  basis: 'learned' as const,
  uncertaintySeconds: 45,
  asOf: AT,
  old: false,
  departed: false,
  arrivalOnly: false,
  notice: null,
}

const arrivalFields = {
  stop,
  nameLatin: z.string().describe('The stop’s name in Latin letters.'),
  timeZone: z.string(),
  live: z
    .enum(['live', 'silent', 'down', 'none'])
    .describe(
      '`live`: buses tell where they are. `silent`: they did, and have stopped. `down`: the feed that brings positions does not answer. `none`: there are no live data for this timetable.',
    ),
  items: z.array(arrival),
  next: nextDeparture,
  endsHere: z
    .boolean()
    .describe('Nothing is listed, and within a week buses only come here: lines end here, and nobody can get on.'),
  attribution,
}

const arrivalsExample = {
  stop: stopExample,
  nameLatin: 'kv. Gramada',
  timeZone: 'Europe/Sofia',
  live: 'live' as const,
  items: [arrivalExample],
  next: null,
  endsHere: false,
  attribution: { publisher: null, licence: null, url: null, text: null },
}

export const stopArrivals = z.object(arrivalFields).openapi('StopArrivals', { example: arrivalsExample })

/** What the live stream of a stop brings. */
export const stopBoard = z
  .object({
    now: instant.describe('When it was so.'),
    speed: z.number().describe('How fast the server’s clock runs; 1 in life, more in a demo.'),
    ...arrivalFields,
  })
  .openapi('StopBoard', { example: { now: AT, speed: 1, ...arrivalsExample } })
