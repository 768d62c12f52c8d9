import { expect, test } from 'vitest'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { depotApi } from './api-depot.ts'

interface Types {
  items: { typeId: string; batteryCapacityWh: number; minSocPercent: number }[]
}

test('a type of vehicle is listed, changed by hand, and its sites are planned anew', async () => {
  const api = await depotApi()
  const { items } = (await (await api.get('/api/v1/vehicle-types')).json()) as Types
  const type = items[0]
  if (type === undefined) throw new Error('no type')
  const before = (await openReplanRequests(api.db)).length
  const answer = await api.send('PATCH', `/api/v1/vehicle-types/${type.typeId}`, { batteryCapacityWh: 123_000 })
  expect(await answer.json()).toMatchObject({ ...type, batteryCapacityWh: 123_000 })
  expect((await openReplanRequests(api.db)).length).toBeGreaterThanOrEqual(Math.max(1, before))
  const audit = (await (await api.get('/api/v1/audit?subjectKind=vehicleType')).json()) as { items: object[] }
  expect(audit.items[0]).toMatchObject({ action: 'changeVehicleType', after: { battery_capacity_wh: 123_000 } })
})

test('a curve that does not ascend, a minimum above the maximum and an unknown type are refused', async () => {
  const api = await depotApi()
  const { items } = (await (await api.get('/api/v1/vehicle-types')).json()) as Types
  const change = (typeId: string, body: object) => api.send('PATCH', `/api/v1/vehicle-types/${typeId}`, body)
  const typeId = items[0]?.typeId ?? ''
  const falling = {
    taper: [
      [50, 60],
      [20, 60],
    ],
  }
  expect((await change(typeId, falling)).status).toBe(400)
  expect((await change(typeId, { minSocPercent: 100 })).status).toBe(400)
  expect((await change('nothing', { label: 'x' })).status).toBe(404)
})
