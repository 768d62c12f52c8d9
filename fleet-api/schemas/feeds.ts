import { z } from '@hono/zod-openapi'
import { instant, listOf } from './common.ts'

const attributionExample = {
  publisher: 'Община Благоевград',
  licence: 'CC-BY-4.0',
  url: 'https://www.blagoevgrad.bg',
  text: '© Община Благоевград',
}

export const feedAttribution = z
  .strictObject({
    publisher: z.string().max(200).nullable(),
    licence: z.string().max(200).nullable().describe('An SPDX name, or words.'),
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .nullable(),
    text: z.string().max(500).nullable().describe('What must be shown with the data.'),
  })
  .openapi('FeedAttribution', { example: attributionExample })

const feed = z
  .object({
    feedId: z.string(),
    timeZone: z.string(),
    startDate: z.string().nullable(),
    endDate: z.string().nullable(),
    importedAt: instant,
    attribution: z.object({
      publisher: z.string().nullable(),
      licence: z.string().nullable(),
      url: z.string().nullable(),
      text: z.string().nullable(),
    }),
    file: z.string().nullable().describe('Where its GTFS file is; null: nobody has said on what terms it may be used.'),
    realtime: z.object({ vehiclePositions: z.string(), tripUpdates: z.string(), alerts: z.string() }),
  })
  .openapi('Feed', {
    example: {
      feedId: 'blagoevgrad',
      timeZone: 'Europe/Sofia',
      startDate: '2025-01-01',
      endDate: '2030-12-31',
      importedAt: '2026-11-20T10:00:00.000Z',
      attribution: attributionExample,
      file: '/api/v1/feeds/blagoevgrad/gtfs.zip',
      realtime: {
        vehiclePositions: '/gtfs-rt/vehicle-positions.pb?feedId=blagoevgrad',
        tripUpdates: '/gtfs-rt/trip-updates.pb?feedId=blagoevgrad',
        alerts: '/gtfs-rt/alerts.pb?feedId=blagoevgrad',
      },
    },
  })

export const feedList = listOf(feed)
