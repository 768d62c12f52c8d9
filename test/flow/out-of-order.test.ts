import { afterEach, expect, test } from 'vitest'
import { z } from '@hono/zod-openapi'
import { stationPlaces } from '../../db/views/station-places.ts'
import { plan, station } from '../../fleet-api/schemas/depot.ts'
import { startLoopApi, told, type LoopApi } from './loop-api.ts'

let loop: LoopApi | undefined

afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

const answer = z.object({ station, previous: z.array(z.object({ evseId: z.int(), reason: z.string().nullable() })) })
const path = '/api/v1/stations/CP-1/out-of-order'
const torn = { evses: [{ evseId: 1, reason: 'The cable is torn' }] }

test('a charging point that is out of order is planned for nobody, shown so, told to the charger, and comes back when that is undone', async () => {
  const depot = await startLoopApi({ stations: [{ id: 'CP-1' }, { id: 'CP-2' }, { id: 'CP-3' }] })
  loop = depot
  const charger = await depot.connect('CP-1')
  const asked: unknown[] = []
  charger.onCall('ChangeAvailability', (payload) => {
    asked.push(payload['type'])
    return { status: 'Accepted' }
  })
  await charger.call('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError' })
  await loop.tick()
  const points = async (): Promise<(string | null)[]> => {
    const current = await told(depot.get('/api/v1/plans/current?siteId=depot'), plan)
    return current.vehicles.flatMap((vehicle) => vehicle.visits.map((visit) => visit.stationId))
  }
  const board = async () => (await stationPlaces(depot.db, ['CP-1'], depot.now())).get('CP-1')
  expect(await points()).toContain('CP-1')
  expect((await board())?.counts).toMatchObject({ free: 1, outOfOrder: 0 })

  const taken = await told(loop.send('PUT', path, torn), answer)
  expect(taken.previous).toEqual([{ evseId: 1, reason: null }])
  expect(taken.station.evses[0]?.outOfOrder).toMatchObject({ reason: 'The cable is torn', by: 'ADMIN_KEY' })
  await loop.tick()
  expect(await points()).not.toContain('CP-1')
  expect((await board())?.counts).toMatchObject({ free: 0, outOfOrder: 1 })
  expect(asked).toEqual(['Inoperative'])

  const back = await told(loop.send('PUT', path, { evses: taken.previous }), answer)
  expect(back.previous).toEqual(torn.evses)
  await loop.tick()
  expect(await points()).toContain('CP-1')
  expect((await board())?.counts).toMatchObject({ free: 1, outOfOrder: 0 })
  expect(asked).toEqual(['Inoperative', 'Operative'])
})

test('a bus at a point that is taken out of order gets nothing there, and the plan says what it will lack', async () => {
  loop = await startLoopApi()
  const charger = await loop.connect('CP-1')
  await charger.plugIn('BUS-1', { soc: 20 })
  await loop.send('PUT', path, torn)
  await loop.tick()
  const current = await told(loop.get('/api/v1/plans/current?siteId=depot'), plan)
  const stay = current.vehicles.find((vehicle) => vehicle.vehicleId === 'bus-1')?.visits[0]
  expect(Math.max(...(stay?.powerW ?? [Number.NaN]))).toBe(0)
  expect(stay?.shortWh).toBeGreaterThan(0)
})

test('what is no charger of ours cannot be taken out of order', async () => {
  loop = await startLoopApi()
  expect((await loop.send('PUT', '/api/v1/stations/CP-9/out-of-order', torn)).status).toBe(404)
  expect((await loop.send('PUT', path, { evses: [{ evseId: 7, reason: 'x' }] })).status).toBe(409)
  expect((await loop.send('PUT', path, { evses: [{ evseId: 1, reason: ' ' }] })).status).toBe(400)
})

test('a bus that is given another bay is planned at the charging point of that bay', async () => {
  loop = await startLoopApi({ stations: [{ id: 'CP-1' }, { id: 'CP-2' }, { id: 'CP-3' }] })
  await loop.send('PATCH', '/api/v1/vehicles/bus-3', { inService: false })
  await loop.send('PATCH', '/api/v1/vehicles/bus-1', { bayId: 'bay-3' })
  await loop.tick()
  const current = await told(loop.get('/api/v1/plans/current?siteId=depot'), plan)
  expect(current.vehicles.find((vehicle) => vehicle.vehicleId === 'bus-1')?.visits[0]?.stationId).toBe('CP-3')
})
