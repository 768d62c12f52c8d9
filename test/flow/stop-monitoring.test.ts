import { beforeEach, expect, test } from 'vitest'
import type { z } from '@hono/zod-openapi'
import { chosenVisits } from '../../fleet-api/feeds/siri.ts'
import { siriStopMonitoring } from '../../fleet-api/schemas/siri.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi, NOON, predict } from './board-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await boardApi()
})

type Siri = z.output<typeof siriStopMonitoring>

async function delivery(query: string): Promise<Siri['Siri']['ServiceDelivery']['StopMonitoringDelivery'][number]> {
  const { Siri } = await body(api.app.request(`/siri/stop-monitoring.json?${query}`), siriStopMonitoring)
  const [only] = Siri.ServiceDelivery.StopMonitoringDelivery
  if (only === undefined) throw new Error('a delivery was expected')
  return only
}

test('a visit has aimed and expected times with the stop’s own offset', async () => {
  await predict(api.db, NOON, { lateS: 300 })
  const { MonitoredStopVisit: visits, Status } = await delivery('MonitoringRef=p')
  expect(Status).toBe(true)
  expect(visits[0]).toEqual({
    RecordedAtTime: '2026-11-24T11:59:40+02:00',
    ItemIdentifier: '2026-11-24:n1:2',
    MonitoringRef: 'p',
    MonitoredVehicleJourney: {
      LineRef: 'r',
      DirectionRef: '0',
      FramedVehicleJourneyRef: { DataFrameRef: '2026-11-24', DatedVehicleJourneyRef: 'n1' },
      PublishedLineName: '7',
      DestinationName: 'Village',
      Monitored: true,
      BlockRef: 'B1',
      VehicleRef: 'bus-1',
      MonitoredCall: {
        StopPointRef: 'p',
        Order: 2,
        StopPointName: 'Park 100%',
        AimedArrivalTime: '2026-11-24T12:20:00+02:00',
        ExpectedArrivalTime: '2026-11-24T12:25:00+02:00',
        ArrivalStatus: 'delayed',
        AimedDepartureTime: '2026-11-24T12:20:00+02:00',
        ExpectedDepartureTime: '2026-11-24T12:25:00+02:00',
        DepartureStatus: 'delayed',
      },
    },
  })
})

test('what is not known is not monitored and has no expected times; what does not come is cancelled', async () => {
  const call = async (ref: string) =>
    (await delivery(`MonitoringRef=${ref}`)).MonitoredStopVisit[0]?.MonitoredVehicleJourney
  expect(await call('p')).toMatchObject({ Monitored: false, MonitoredCall: { DepartureStatus: 'noReport' } })
  expect((await call('p'))?.MonitoredCall).not.toHaveProperty('ExpectedDepartureTime')
  await predict(api.db, NOON, { ageS: 1_000 })
  expect(await call('p')).toMatchObject({ Monitored: false, MonitoringError: 'GPS' })
  await predict(api.db, NOON, { cancelledTrips: ['n1', 'n2'] })
  expect(await call('p')).toMatchObject({ Cancellation: true, MonitoredCall: { DepartureStatus: 'cancelled' } })
})

test('a trip has no arrival where it begins and no departure where it ends', async () => {
  const [begin] = (await delivery('MonitoringRef=c1')).MonitoredStopVisit
  expect(begin?.MonitoredVehicleJourney.MonitoredCall).not.toHaveProperty('AimedArrivalTime')
  const [end] = (await delivery('MonitoringRef=c2&PreviewInterval=PT2H')).MonitoredStopVisit
  expect(end?.MonitoredVehicleJourney.MonitoredCall).not.toHaveProperty('AimedDepartureTime')
})

test('line, direction, number and preview choose the visits, and the level says how much of each', async () => {
  await predict(api.db, NOON, { lateS: 60 })
  const trips = async (query: string) =>
    (await delivery(`MonitoringRef=p&${query}`)).MonitoredStopVisit.map(
      (visit) => visit.MonitoredVehicleJourney.FramedVehicleJourneyRef.DatedVehicleJourneyRef,
    )
  expect(await trips('')).toEqual(['n1', 'n2'])
  expect(await trips('DirectionRef=1')).toEqual(['n2'])
  expect(await trips('LineRef=nowhere')).toEqual([])
  expect(await trips('MaximumStopVisits=1')).toEqual(['n1'])
  expect(await trips('MaximumStopVisits=1&MinimumStopVisitsPerLine=1')).toEqual(['n1', 'n2'])
  expect(await trips('PreviewInterval=PT30M')).toEqual(['n1'])
  expect(await trips('PreviewInterval=30')).toEqual(['n1'])
  const [least] = (await delivery('MonitoringRef=p&StopMonitoringDetailLevel=minimum')).MonitoredStopVisit
  expect(least?.MonitoredVehicleJourney.MonitoredCall).not.toHaveProperty('Order')
  expect(least?.MonitoredVehicleJourney).not.toHaveProperty('BlockRef')
  const [most] = (await delivery('MonitoringRef=p&StopMonitoringDetailLevel=calls')).MonitoredStopVisit
  expect(most?.MonitoredVehicleJourney.OnwardCalls?.OnwardCall).toEqual([
    {
      StopPointRef: 'v',
      Order: 3,
      StopPointName: 'Village',
      AimedArrivalTime: '2026-11-24T12:35:00+02:00',
      ExpectedArrivalTime: '2026-11-24T12:36:00+02:00',
      AimedDepartureTime: '2026-11-24T12:35:00+02:00',
      ExpectedDepartureTime: '2026-11-24T12:36:00+02:00',
    },
  ])
})

test('a stop that is not there is told as the standard tells it; a request that is not one is refused', async () => {
  const { Status, ErrorCondition, MonitoredStopVisit } = await delivery('MonitoringRef=nowhere')
  expect({ Status, MonitoredStopVisit }).toEqual({ Status: false, MonitoredStopVisit: [] })
  expect(ErrorCondition?.Description).toContain('nowhere')
  for (const query of [
    '',
    'MonitoringRef=p&PreviewInterval=soon',
    'MonitoringRef=p&PreviewInterval=P400D',
    'MonitoringRef=p&MaximumStopVisits=0',
  ])
    expect((await api.app.request(`/siri/stop-monitoring.json?${query}`)).status).toBe(400)
})

test('the least number of visits of each line holds beside the most of all', () => {
  const call = (lineId: string) => ({ lineId, directionId: 0 })
  const calls = ['a', 'a', 'a', 'b', 'a', 'b', 'b'].map(call)
  const lines = (maximum: number, minimumPerLine: number) =>
    chosenVisits(calls, { maximum, minimumPerLine })
      .map((one) => one.lineId)
      .join('')
  expect(lines(2, 0)).toBe('aa')
  expect(lines(2, 1)).toBe('aab')
  expect(lines(3, 2)).toBe('aaabb')
  expect(lines(9, 2)).toBe('aaababb')
})
