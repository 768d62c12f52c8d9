import { z } from '@hono/zod-openapi'
import { instant, localDate } from './common.ts'

const AT = '2026-11-24T03:40:00.000Z'

/** A place on the earth and, for lines, how far along it is. */
const measuredPoint = z.tuple([z.number(), z.number(), z.number()])

export const blockPath = z
  .object({
    blockId: z.string(),
    date: localDate,
    feedId: z.string(),
    trips: z.array(
      z.object({
        tripId: z.string(),
        kind: z.string(),
        route: z.string().nullable(),
        headsign: z.string().nullable(),
        distanceM: z.int(),
        line: z
          .array(measuredPoint)
          .nullable()
          .describe(
            'Latitude, longitude, metres from the line’s start; null: the timetable has no line for this trip.',
          ),
        stops: z.array(
          z.object({
            stopId: z.string(),
            name: z.string(),
            latitude: z.number().nullable(),
            longitude: z.number().nullable(),
            distanceM: z.int().describe('From the trip’s first stop.'),
            arrivalAt: instant,
            departureAt: instant,
          }),
        ),
      }),
    ),
  })
  .openapi('BlockPath', {
    example: {
      blockId: '12-1',
      date: '2026-11-24',
      feedId: 'blagoevgrad',
      trips: [
        {
          tripId: '12-1-01',
          kind: 'revenue',
          route: '12',
          headsign: 'Плажа',
          distanceM: 7900,
          line: [
            [42.0009, 23.1042, 0],
            [42.0032, 23.1018, 330],
          ],
          stops: [
            {
              stopId: '1201',
              name: 'кв. Грамада',
              latitude: 42.0009,
              longitude: 23.1042,
              distanceM: 0,
              arrivalAt: AT,
              departureAt: AT,
            },
          ],
        },
      ],
    },
  })

export const line = z
  .object({
    feedId: z.string(),
    lineId: z.string(),
    shortName: z.string().nullable(),
    longName: z.string().nullable(),
    type: z.int().nullable().describe('GTFS route_type: 3 bus, 11 trolleybus.'),
    color: z.string().nullable().describe('Six hexadecimal digits.'),
    textColor: z.string().nullable(),
    ways: z
      .array(
        z.object({
          shapeId: z.string(),
          directionId: z.int().nullable(),
          headsign: z.string().nullable(),
          trips: z.int(),
          line: z.array(z.tuple([z.number(), z.number()])).describe('Latitude, longitude.'),
        }),
      )
      .describe('At most six, the busiest first.'),
  })
  .openapi('Line', {
    example: {
      feedId: 'blagoevgrad',
      lineId: '12',
      shortName: '12',
      longName: 'кв. Грамада – Плажа',
      type: 3,
      color: '0B7A4B',
      textColor: 'FFFFFF',
      ways: [
        {
          shapeId: '12-out',
          directionId: 0,
          headsign: 'Плажа',
          trips: 52,
          line: [
            [42.0009, 23.1042],
            [42.0032, 23.1018],
          ],
        },
      ],
    },
  })
