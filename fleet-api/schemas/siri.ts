import { z } from '@hono/zod-openapi'

const AT = '2026-11-23T22:04:00+02:00'

const time = z.string().describe('xsd:dateTime with offset.')
const status = z.enum(['onTime', 'early', 'delayed', 'cancelled', 'noReport'])
const onwardCall = z.object({
  StopPointRef: z.string(),
  Order: z.int(),
  StopPointName: z.string(),
  AimedArrivalTime: time,
  ExpectedArrivalTime: time.optional(),
  AimedDepartureTime: time,
  ExpectedDepartureTime: time.optional(),
})

const visit = z.object({
  RecordedAtTime: time,
  ItemIdentifier: z.string().optional(),
  MonitoringRef: z.string(),
  MonitoredVehicleJourney: z.object({
    LineRef: z.string().optional(),
    DirectionRef: z.string().optional(),
    FramedVehicleJourneyRef: z.object({ DataFrameRef: z.string(), DatedVehicleJourneyRef: z.string() }),
    PublishedLineName: z.string().optional(),
    DestinationName: z.string().optional(),
    Monitored: z.boolean(),
    Cancellation: z.boolean().optional(),
    MonitoringError: z.string().optional(),
    PredictionInaccurate: z.boolean().optional(),
    BlockRef: z.string().optional(),
    VehicleRef: z.string().optional(),
    MonitoredCall: z.object({
      StopPointRef: z.string(),
      Order: z.int().optional(),
      StopPointName: z.string().optional(),
      AimedArrivalTime: time.optional(),
      ExpectedArrivalTime: time.optional(),
      ArrivalStatus: status.optional(),
      AimedDepartureTime: time.optional(),
      ExpectedDepartureTime: time.optional(),
      DepartureStatus: status.optional(),
    }),
    OnwardCalls: z.object({ OnwardCall: z.array(onwardCall) }).optional(),
  }),
})

/** SIRI Stop Monitoring (EN 15531-3) in JSON. */
export const siriStopMonitoring = z
  .object({
    Siri: z.object({
      ServiceDelivery: z.object({
        ResponseTimestamp: time,
        ProducerRef: z.string(),
        Status: z.boolean(),
        MoreData: z.boolean(),
        StopMonitoringDelivery: z.array(
          z.object({
            version: z.string(),
            ResponseTimestamp: time,
            Status: z.boolean(),
            ValidUntil: time.optional(),
            ShortestPossibleCycle: z.string().optional(),
            ErrorCondition: z
              .object({
                InvalidDataReferencesError: z.object({ ErrorText: z.string() }),
                Description: z.string(),
              })
              .optional(),
            MonitoringRef: z.array(z.string()),
            MonitoredStopVisit: z.array(visit),
          }),
        ),
      }),
    }),
  })
  .openapi('SiriStopMonitoring', {
    example: {
      Siri: {
        ServiceDelivery: {
          ResponseTimestamp: AT,
          ProducerRef: 'Zaryad',
          Status: true,
          MoreData: false,
          StopMonitoringDelivery: [
            {
              version: '2.0',
              ResponseTimestamp: AT,
              Status: true,
              ValidUntil: '2026-11-23T22:04:30+02:00',
              ShortestPossibleCycle: 'PT15S',
              MonitoringRef: ['1201'],
              MonitoredStopVisit: [
                {
                  RecordedAtTime: '2026-11-23T22:03:50+02:00',
                  ItemIdentifier: '2026-11-23:12-1-37:1',
                  MonitoringRef: '1201',
                  MonitoredVehicleJourney: {
                    LineRef: '12',
                    DirectionRef: '0',
                    FramedVehicleJourneyRef: { DataFrameRef: '2026-11-23', DatedVehicleJourneyRef: '12-1-37' },
                    PublishedLineName: '12',
                    DestinationName: 'Плажа',
                    Monitored: true,
                    BlockRef: '12-1',
                    VehicleRef: 'Bus 1',
                    MonitoredCall: {
                      StopPointRef: '1201',
                      Order: 1,
                      StopPointName: 'кв. Грамада',
                      AimedDepartureTime: '2026-11-23T22:06:00+02:00',
                      ExpectedDepartureTime: '2026-11-23T22:08:40+02:00',
                      DepartureStatus: 'delayed',
                    },
                  },
                },
              ],
            },
          ],
        },
      },
    },
  })
