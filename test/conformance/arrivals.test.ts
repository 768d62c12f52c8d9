import { expect, test } from 'vitest'
import { createStationArrivals } from '../../db/station-arrivals.ts'
import { startCentral } from '../support/central.ts'
import { bootRequest, connectCharger } from '../support/charger.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const stationIds = Array.from({ length: 300 }, (_, i) => `CP-${i}`)

test('three hundred stations that come at once are all let in, accepted, and noted once each', async () => {
  const db = await emptyDatabase()
  await enterDepot(db, { stationIds })
  const central = await startCentral({ db, policy: 'known' })
  const answers = await Promise.all(
    stationIds.map(async (stationId) => {
      const station = await connectCharger({ wsUrl: central.wsUrl, stationId, protocol: 'ocpp1.6' })
      const answer = await station.call('BootNotification', bootRequest('ocpp1.6'))
      await station.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Available' })
      return answer['status']
    }),
  )
  expect(answers).toEqual(stationIds.map(() => 'Accepted'))
  const count = async (type: string) =>
    (await db.selectFrom('event').select('id').where('type', '=', type).execute()).length
  expect(await count('stationConnected')).toBe(300)
  expect(await count('stationBooted')).toBe(300)
  await central.stop()
  expect(await count('stationDisconnected')).toBe(300)
  const left = await db.selectFrom('station').select('id').where('connected', '=', true).execute()
  expect(left).toEqual([])
})

test('a value that no column takes fails the boot of its own station only', async () => {
  const db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1', 'CP-2', 'CP-3'] })
  const arrivals = createStationArrivals(db)
  const boot = (stationId: string, at = new Date('2026-11-23T20:00:00Z'), model = 'M') =>
    arrivals.booted({
      stationId,
      connectionId: 'c',
      protocol: 'ocpp1.6',
      vendor: 'V',
      model,
      serialNumber: null,
      firmwareVersion: null,
      reason: null,
      at,
      onlyAsked: false,
      registerAs: 'pending',
    })
  const outcomes = await Promise.allSettled([boot('CP-1'), boot('CP-2', undefined, 'a\0b'), boot('CP-3')])
  expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
})
