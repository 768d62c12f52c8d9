import { afterEach, describe, expect, test } from 'vitest'
import { listOf, problem } from '../../fleet-api/schemas/common.ts'
import { plan } from '../../fleet-api/schemas/depot.ts'
import { changedWish, wish } from '../../fleet-api/schemas/wishes.ts'
import { firstLimit } from '../support/loop.ts'
import { startLoopApi, told, type LoopApi } from './loop-api.ts'

let loop: LoopApi | undefined

const NIGHT_TARIFF = {
  zones: [
    { from: '00:00', to: '05:00', eurPerKwh: 0.05 },
    { from: '05:00', to: '24:00', eurPerKwh: 0.3 },
  ],
}

async function begin(): Promise<LoopApi> {
  loop = await startLoopApi({ tariff: NIGHT_TARIFF, limitKw: 300 })
  return loop
}

afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

async function stayOf({ get }: LoopApi, vehicleId: string) {
  const current = await told(get('/api/v1/plans/current?siteId=depot'), plan)
  const stay = current.vehicles.find((vehicle) => vehicle.vehicleId === vehicleId)?.visits[0]
  if (stay === undefined) throw new Error(`${vehicleId} has no stay`)
  return stay
}

describe('a wish for a departure', () => {
  test('for more charge is planned within a tick, shown beside what the work needs, and gone when taken back', async () => {
    const depot = await begin()
    const charger = await depot.connect('CP-1')
    await charger.plugIn('BUS-1', { soc: 40 })
    await depot.tick()
    const before = await stayOf(depot, 'bus-1')
    const answer = await told(
      depot.send('PATCH', '/api/v1/vehicles/bus-1/wish', { departure: null, needSocPercent: 97 }),
      changedWish,
    )
    expect(answer).toMatchObject({ previous: null, wish: { needSocPercent: 97, madeBy: 'ADMIN_KEY' } })
    await depot.tick()
    const after = await stayOf(depot, 'bus-1')
    expect(after).toMatchObject({
      needSocPercent: 97,
      wish: { wishIds: [answer.wish?.wishId], needSocPercent: 97, workNeedSocPercent: before.needSocPercent },
    })
    expect(after.departSocPercent).toBeGreaterThanOrEqual(97)
    const [noted] = (await told(depot.get('/api/v1/wishes?standing=true'), listOf(wish))).items
    expect(noted).toMatchObject({ until: after.departAt, leavesFor: { date: '2026-11-24', blockId: 'B1' } })

    await depot.send('DELETE', `/api/v1/wishes/${answer.wish?.wishId}`)
    await depot.tick()
    const again = await stayOf(depot, 'bus-1')
    expect(again.wish).toBeNull()
    expect(again.needSocPercent).toBe(before.needSocPercent)
    expect((await depot.send('DELETE', `/api/v1/wishes/${answer.wish?.wishId}`)).status).toBe(404)
  })

  test('for another departure moves the departure, and undoing it brings back what was wished before', async () => {
    const depot = await begin()
    await depot.tick()
    const path = '/api/v1/vehicles/bus-1/wish'
    const departure = { date: '2026-11-24', blockId: 'B1' }
    const first = await told(depot.send('PATCH', path, { departure, departAt: '2026-11-24T02:30:00Z' }), changedWish)
    const second = await told(
      depot.send('PATCH', path, { departure, departAt: '2026-11-24T03:00:00Z', needSocPercent: 90 }),
      changedWish,
    )
    expect(second.previous?.wishId).toBe(first.wish?.wishId)
    await depot.tick()
    expect(await stayOf(depot, 'bus-1')).toMatchObject({
      departAt: '2026-11-24T03:00:00.000Z',
      wish: { workDepartAt: '2026-11-24T03:40:00.000Z' },
    })
    const { needSocPercent, departAt } = second.previous ?? {}
    await depot.send('PATCH', path, { departure, needSocPercent, departAt })
    await depot.tick()
    expect(await stayOf(depot, 'bus-1')).toMatchObject({
      departAt: '2026-11-24T02:30:00.000Z',
      wish: { needSocPercent: null },
    })
  })

  test('to charge now gives the bus all that the limits allow in the present slot, and the charger is told so', async () => {
    const depot = await begin()
    const charger = await depot.connect('CP-1')
    await depot.connect('CP-2')
    await depot.tick(2)
    await charger.plugIn('BUS-1', { soc: 40 })
    await depot.tick(2)
    // Energy is dear until midnight.
    expect((await stayOf(depot, 'bus-1')).powerW[0]).toBe(0)
    await depot.send('PATCH', '/api/v1/vehicles/bus-1/wish', {
      departure: null,
      chargeNow: { untilSocPercent: 60 },
    })
    await depot.tick(2)
    const stay = await stayOf(depot, 'bus-1')
    // Ten minutes of the quarter are left, at 150 kW on the battery's side.
    const acW = 150_000 / 0.95
    const pointW = 150_000
    expect(stay.powerW[0]).toBeCloseTo((Math.min(acW, pointW) * 10) / 15, -2)
    expect(firstLimit(charger, 'TxProfile')).toBeGreaterThan(140_000)
    // 60 kWh are given at once, the rest when it is cheap.
    const firstHourWh = stay.powerW.slice(0, 4).reduce((sum, w) => sum + w / 4, 0) * 0.95
    expect(firstHourWh).toBeGreaterThan(59_000)
    expect(firstHourWh).toBeLessThan(62_000)
  })

  test('to charge now never breaks a limit', async () => {
    loop = await startLoopApi({ tariff: NIGHT_TARIFF, limitKw: 80 })
    const depot = loop
    const chargers = [await depot.connect('CP-1'), await depot.connect('CP-2')]
    await depot.tick(2)
    for (const [i, charger] of chargers.entries()) await charger.plugIn(`BUS-${i + 1}`, { soc: 40 })
    for (const bus of ['bus-1', 'bus-2'])
      await depot.send('PATCH', `/api/v1/vehicles/${bus}/wish`, {
        departure: null,
        chargeNow: { untilSocPercent: null },
      })
    await depot.tick(3)
    const current = await told(depot.get('/api/v1/plans/current?siteId=depot'), plan)
    for (const importW of current.importW) expect(importW).toBeLessThanOrEqual(80_000)
    // All of it but what is kept free for one that falls back to its fail-safe.
    expect(current.importW[1]).toBeGreaterThan(69_000)
    const limits = chargers.map((charger) => firstLimit(charger, 'TxProfile') ?? 0)
    expect(limits.reduce((sum, limit) => sum + limit, 0)).toBeLessThanOrEqual(70_000)
  })

  test('ends by itself when the charge that was wished for is there', async () => {
    const depot = await begin()
    const charger = await depot.connect('CP-1')
    const transaction = await charger.plugIn('BUS-1', { soc: 40 })
    await depot.send('PATCH', '/api/v1/vehicles/bus-1/wish', { departure: null, chargeNow: { untilSocPercent: 60 } })
    await depot.tick()
    depot.advance(30)
    await charger.meter(transaction, { wh: 63_000, watts: 0, soc: 60, at: depot.now() })
    await depot.run('replan')
    const [ended] = (await told(depot.get('/api/v1/wishes?vehicleId=bus-1'), listOf(wish))).items
    expect(ended).toMatchObject({ endedBecause: 'reached' })
  })

  test('ends by itself when the bus has departed, and says nothing of its next stay', async () => {
    const depot = await begin()
    const charger = await depot.connect('CP-1')
    const transaction = await charger.plugIn('BUS-1', { soc: 90 })
    await depot.send('PATCH', '/api/v1/vehicles/bus-1/wish', { departure: null, needSocPercent: 99 })
    await depot.tick()
    // 05:42: two minutes after pull-out it still stands there.
    depot.advance(7 * 60 + 37)
    await charger.meter(transaction, { wh: 27_000, watts: 0, soc: 99, at: depot.now() })
    await depot.run('replan')
    const stands = await told(depot.get('/api/v1/wishes?standing=true'), listOf(wish))
    expect(stands.items).toHaveLength(1)
    depot.advance(1)
    await charger.unplug(transaction, 27_000)
    await depot.tick()
    const [ended] = (await told(depot.get('/api/v1/wishes?vehicleId=bus-1'), listOf(wish))).items
    expect(ended).toMatchObject({ endedBecause: 'departed' })
    expect((await stayOf(depot, 'bus-1')).wish).toBeNull()
  })

  test('of what is unknown or over is refused with what is wrong', async () => {
    const depot = await begin()
    const wished = async (vehicleId: string, body: object) => {
      const answer = await depot.send('PATCH', `/api/v1/vehicles/${vehicleId}/wish`, body)
      return [answer.status, problem.parse(await answer.json()).detail]
    }
    expect(await wished('bus-9', { departure: null, needSocPercent: 90 })).toEqual([404, 'There is no vehicle bus-9.'])
    expect(await wished('bus-1', { departure: { date: '2026-11-24', blockId: 'B9' }, needSocPercent: 90 })).toEqual([
      409,
      'There is no such block on that day.',
    ])
    expect(await wished('bus-1', { departure: null, departAt: '2026-11-23T20:00:00Z' })).toEqual([
      409,
      'That departure is over.',
    ])
    expect((await wished('bus-1', { departure: null, needSocPercent: 140 }))[0]).toBe(400)
  })

  test('and what became of it is in the audit log under its maker', async () => {
    const depot = await begin()
    await depot.send('PATCH', '/api/v1/vehicles/bus-1/wish', { departure: null, needSocPercent: 97 })
    const lines = await depot.db
      .selectFrom('audit_log')
      .select(['action', 'actor_name', 'subject_kind'])
      .where('subject_kind', '=', 'wish')
      .execute()
    expect(lines).toEqual([{ action: 'changeWish', actor_name: 'ADMIN_KEY', subject_kind: 'wish' }])
  })
})
