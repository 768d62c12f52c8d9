import { z } from '@hono/zod-openapi'

const posix = z.int().describe('POSIX seconds.')
const trip = z.object({
  trip_id: z.string(),
  route_id: z.string().optional(),
  direction_id: z.int().optional(),
  start_time: z.string().optional(),
  start_date: z.string().describe('YYYYMMDD'),
  schedule_relationship: z.enum(['SCHEDULED', 'CANCELED']),
})
const vehicle = z.object({ id: z.string(), label: z.string() })
const event = z.object({ time: posix, delay: z.int(), uncertainty: z.int().optional() })
const texts = z.object({ translation: z.array(z.object({ text: z.string(), language: z.string() })) })

/** GTFS-Realtime 2.0 in the JSON form of protocol buffers, names in snake_case. */
export const realtimeMessageSchema = z
  .object({
    header: z.object({
      gtfs_realtime_version: z.literal('2.0'),
      incrementality: z.literal('FULL_DATASET'),
      timestamp: posix,
      feed_version: z.string().optional(),
    }),
    entity: z.array(
      z.object({
        id: z.string(),
        vehicle: z
          .object({
            trip: trip.optional(),
            vehicle,
            position: z.object({
              latitude: z.number(),
              longitude: z.number(),
              bearing: z.number().optional(),
              odometer: z.number().optional().describe('Metres.'),
              speed: z.number().optional().describe('Metres a second.'),
            }),
            current_stop_sequence: z.int().optional(),
            stop_id: z.string().optional(),
            current_status: z.enum(['STOPPED_AT', 'IN_TRANSIT_TO']).optional(),
            timestamp: posix,
            occupancy_status: z.string().optional(),
            occupancy_percentage: z.int().optional(),
            state_of_charge_percentage: z.number().optional(),
            state_of_charge_timestamp: posix.optional(),
          })
          .optional(),
        trip_update: z
          .object({
            trip,
            vehicle: vehicle.optional(),
            timestamp: posix,
            delay: z.int().optional(),
            stop_time_update: z
              .array(
                z.object({
                  stop_sequence: z.int(),
                  stop_id: z.string(),
                  arrival: event.optional(),
                  departure: event.optional(),
                  schedule_relationship: z.enum(['SCHEDULED', 'NO_DATA']),
                }),
              )
              .optional(),
          })
          .optional(),
        alert: z
          .object({
            active_period: z.array(z.object({ start: posix, end: posix })),
            informed_entity: z.array(
              z.object({
                route_id: z.string().optional(),
                trip: z
                  .object({ trip_id: z.string(), start_date: z.string(), route_id: z.string().optional() })
                  .optional(),
              }),
            ),
            cause: z.string(),
            effect: z.string(),
            severity_level: z.string(),
            header_text: texts,
            description_text: texts,
            tts_header_text: texts,
            tts_description_text: texts,
          })
          .optional(),
      }),
    ),
  })
  .openapi('RealtimeMessage', {
    example: {
      header: { gtfs_realtime_version: '2.0', incrementality: 'FULL_DATASET', timestamp: 1_795_464_000 },
      entity: [
        {
          id: 'vehicle-bus-1',
          vehicle: {
            trip: {
              trip_id: '12-1-37',
              route_id: '12',
              direction_id: 0,
              start_time: '21:50:00',
              start_date: '20261123',
              schedule_relationship: 'SCHEDULED',
            },
            vehicle: { id: 'bus-1', label: 'Bus 1' },
            position: { latitude: 42.0032, longitude: 23.1018, bearing: 310, speed: 8.3 },
            current_stop_sequence: 3,
            stop_id: '1205',
            current_status: 'IN_TRANSIT_TO',
            timestamp: 1_795_463_990,
            state_of_charge_percentage: 61.5,
            state_of_charge_timestamp: 1_795_463_990,
          },
        },
      ],
    },
  })
