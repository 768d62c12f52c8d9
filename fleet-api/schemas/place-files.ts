import { z } from '@hono/zod-openapi'

const plain = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** RFC 7946. */
export const placeCollection = z
  .object({
    type: z.literal('FeatureCollection'),
    timestamp: z.iso.datetime().describe('When it was made.'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        id: z.string(),
        geometry: z.object({
          type: z.literal('Point'),
          coordinates: z.array(z.number()).describe('Longitude, latitude.'),
        }),
        properties: z
          .record(z.string(), plain)
          .describe(
            'Ours: `kind`, `name`, `capacity`, `free`, `status`, `old`, `asOf`, `source`, `licence`, `attribution`; the newest reading of each quantity under its name, with its time beside it (`pm10UgM3At`); and what the source says.',
          ),
      }),
    ),
  })
  .openapi('PlaceCollection', {
    example: {
      type: 'FeatureCollection',
      timestamp: '2026-11-24T08:00:00.000Z',
      features: [
        {
          type: 'Feature',
          id: 'parkings:P1',
          geometry: { type: 'Point', coordinates: [23.0907, 42.0168] },
          properties: {
            zone: 'blue',
            kind: 'parking',
            name: 'Car park at the market',
            capacity: 60,
            free: 23,
            status: null,
            old: false,
            asOf: '2026-11-24T07:58:00.000Z',
            source: 'Car parks of the city',
            licence: 'CC BY 4.0',
            attribution: null,
          },
        },
      ],
    },
  })
