import { afterEach, describe, expect, test } from 'vitest'
import { currentPlan } from '../../db/plans.ts'
import { requestReplan } from '../../db/replan-requests.ts'
import { toldInBulgarian } from '../support/alert-words.ts'
import { startLoop, type Loop, type LoopOptions } from '../support/loop.ts'

let loop: Loop | undefined

async function begin(options: Partial<LoopOptions> = {}): Promise<Loop> {
  loop = await startLoop({
    at: '2026-11-23T20:05:00Z',
    blocks: [
      { id: 'B0', vehicle: 'bus-1', date: '2026-11-23', from: '06:00', to: '21:00', km: 150 },
      { id: 'B1', vehicle: 'bus-1', date: '2026-11-24', from: '05:40', to: '18:00', km: 180 },
    ],
    ...options,
  })
  return loop
}

async function know(db: Loop['db'], vehicleId: string, soc: number, at: Date): Promise<void> {
  await db
    .updateTable('vehicle')
    .set({ soc_percent: soc, soc_at: at, soc_source: 'manual' })
    .where('id', '=', vehicleId)
    .execute()
}

afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

describe('alerts', () => {
  test('a bus that is back but not plugged in is reported, with the time it leaves, and the report goes when it plugs in', async () => {
    const { db, now, run, tick, advance, alerts, connect } = await begin()
    const charger = await connect('CP-1')
    advance(5)
    await know(db, 'bus-1', 40, now())
    await run('replan', 'watch')
    const [alert] = await alerts('notPluggedIn')
    expect(alert?.sentence).toBe('Bus 1 has been back for 1 h by the timetable and is not plugged in.')
    expect(alert?.remedy).toContain('Plug it in at bay bay-1 (CP-1): it leaves at 05:40 for block B1.')
    expect(await toldInBulgarian(alert, now())).toEqual({
      sentence: 'bus-1 по разписание се е прибрал преди 1 ч, а не е включен.',
      cause: expect.stringContaining('Никоя станция не го е отчела'),
      remedy: 'Включете го (bay-1 · CP-1): излиза в 05:40 по блок B1. Ако е включен, посочете на коя точка.',
    })
    await charger.plugIn('BUS-1', { soc: 40 })
    await tick()
    await run('watch')
    expect(await alerts('notPluggedIn')).toEqual([])
    const { cleared_at: clearedAt } = await db
      .selectFrom('alert')
      .selectAll()
      .where('kind', '=', 'notPluggedIn')
      .executeTakeFirstOrThrow()
    expect(clearedAt).toEqual(now())
  })

  test('a bus that has stood at its bay unplugged for days, with work before it, is reported', async () => {
    const { db, now, run, advance, alerts, connect } = await begin({
      blocks: [{ id: 'B1', vehicle: 'bus-1', date: '2026-11-24', from: '05:40', to: '18:00', km: 180 }],
    })
    const charger = await connect('CP-1')
    const timestamp = now().toISOString()
    await charger.call('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp })
    advance(10)
    await know(db, 'bus-1', 40, now())
    await run('replan', 'watch')
    const [alert] = await alerts('notPluggedIn')
    expect(alert?.sentence).toBe('Bus 1 is not plugged in.')
    expect(alert?.remedy).toContain('Plug it in at bay bay-1 (CP-1): it leaves at 05:40 for block B1.')
    expect(alert?.parameters).toMatchObject({ homeSince: null, socPercent: 40, needSocPercent: 80 })

    await know(db, 'bus-1', 95, now())
    await run('replan', 'watch')
    expect(await alerts('notPluggedIn')).toEqual([])
  })

  test('a depot that has just been entered waits for its chargers before it says who is not plugged in', async () => {
    const { run, advance, alerts, connect } = await begin({ depotIsNew: true })
    await run('replan', 'watch')
    expect(await alerts()).toEqual([])
    advance(10)
    const charger = await connect('CP-1')
    advance(1)
    await run('replan', 'watch')
    expect(await alerts()).toEqual([])
    await charger.plugIn('BUS-1', { soc: 40 })
    advance(30)
    await run('replan', 'watch')
    expect(await alerts('notPluggedIn')).toEqual([])
    expect(await alerts('socUnknown')).toEqual([])
  })

  test('a charger that never comes after all does not keep its bus’s alerts back', async () => {
    const { run, advance, alerts } = await begin({ depotIsNew: true })
    advance(30)
    await run('replan', 'watch')
    expect((await alerts()).map((alert) => alert.key)).toEqual(['notPluggedIn:bus-1:2026-11-24:B1', 'socUnknown:bus-1'])
  })

  test('a need that cannot be met is a sentence with its cause, what mends it, and the bus that could take over', async () => {
    const { db, now, run, alerts, connect, tick } = await begin({ at: '2026-11-24T02:40:00Z', limitKw: 60 })
    const charger = await connect('CP-1')
    await connect('CP-2')
    await tick()
    await know(db, 'bus-2', 95, now())
    await charger.plugIn('BUS-1', { soc: 40 })
    await tick(2)
    await run('watch')
    const [alert] = await alerts('needNotMet')
    expect(alert?.sentence).toMatch(/^Bus 1 will not make 05:40: \d\d of 80 %\.$/)
    expect(alert?.severity).toBe('act')
    expect(alert?.remedy).toContain('Give block B1 to Bus 2, which has 95 % and is free.')
    expect(alert?.parameters).toMatchObject({
      needSocPercent: 80,
      blockId: 'B1',
      date: '2026-11-24',
      actions: [{ type: 'assignBlock', date: '2026-11-24', blockId: 'B1', vehicleId: 'bus-2' }],
    })
    expect(await toldInBulgarian(alert, now())).toEqual({
      sentence: expect.stringMatching(/^bus-1 няма да е готов за 05:40: \d\d от 80 %\.$/),
      cause: expect.stringMatching(/[а-я]/),
      remedy: expect.stringContaining('Дайте блок B1 на bus-2: има 95 % и е свободен.'),
    })

    await db.updateTable('limit_node').set({ limit_w: 400_000 }).execute()
    await requestReplan(db, 'depot', { kind: 'byHand' }, now())
    await tick()
    await run('watch')
    expect(await alerts('needNotMet')).toEqual([])
  })

  test('a bus that stands unplugged learns until when it must be plugged in, and when that is over', async () => {
    const { db, now, run, advance, alerts } = await begin({ at: '2026-11-24T02:30:00Z' })
    await know(db, 'bus-1', 40, now())
    await run('replan', 'watch')
    const [first] = await alerts()
    expect(first?.kind).toBe('notPluggedIn')
    advance(25)
    await run('replan', 'watch')
    const [later] = await alerts('needNotMet')
    expect(later?.cause).toBe('It is back by the timetable but not plugged in.')
    expect(later?.remedy).toContain('Plug it in at once')
    expect(await toldInBulgarian(later, now())).toMatchObject({
      cause: 'По разписание се е прибрал, но не е включен.',
      remedy: expect.stringContaining('Включете го веднага'),
    })
    expect(await alerts('notPluggedIn')).toEqual([])
  })

  test('a late bus moves the plan, and is told with the time it will be back', async () => {
    const { db, now, run, alerts } = await begin({ at: '2026-11-23T18:30:00Z' })
    await db
      .updateTable('vehicle')
      .set({ delay_seconds: 40 * 60, delay_at: now() })
      .where('id', '=', 'bus-1')
      .execute()
    await run('replan', 'watch')
    const [alert] = await alerts('vehicleLate')
    expect(alert?.sentence).toBe('Bus 1 is 40 min late: back at 21:40 instead of 21:00.')
    expect(await toldInBulgarian(alert, now())).toEqual({
      sentence: 'bus-1 закъснява с 40 мин: ще се прибере в 21:40 вместо в 21:00.',
      cause: 'Блок B0 закъснява.',
      remedy: 'Не е нужно нищо: до блок B1 остават 8 ч и планът го отчита.',
    })
    const plan = await currentPlan(db, 'depot')
    expect(plan?.instance.vehicles.find((one) => one.id === 'bus-1')?.visits[0]?.arrive).toBe(
      '2026-11-23T19:40:00.000Z',
    )
  })

  test('a charger that stays away is reported after a grace, and no longer when it is back', async () => {
    const { now, run, advance, alerts, connect } = await begin()
    const charger = await connect('CP-1')
    await charger.close()
    await settled()
    await run('watch')
    expect(await alerts('stationOffline')).toEqual([])
    advance(4)
    await run('watch')
    const [alert] = await alerts('stationOffline')
    expect(alert?.sentence).toBe('CP-1 has been unreachable since 22:05.')
    expect((await toldInBulgarian(alert, now())).sentence).toBe('CP-1 е без връзка от 22:05.')
    await connect('CP-1')
    await run('watch')
    expect(await alerts('stationOffline')).toEqual([])
  })

  test('a faulted charger is reported in its own words, and the plan goes without it', async () => {
    const { db, now, run, tick, alerts, connect } = await begin()
    const charger = await connect('CP-1')
    await tick()
    const timestamp = now().toISOString()
    await charger.call('StatusNotification', {
      connectorId: 1,
      status: 'Faulted',
      errorCode: 'HighTemperature',
      timestamp,
    })
    await tick()
    await run('watch')
    const [alert] = await alerts('chargerFault')
    expect(alert?.sentence).toBe('CP-1 reports a fault.')
    expect(alert?.cause).toBe('The charger says: HighTemperature.')
    expect(await toldInBulgarian(alert, now())).toMatchObject({
      sentence: expect.stringContaining('CP-1'),
      cause: 'Станцията съобщава: HighTemperature.',
    })
    expect(alert?.parameters).toMatchObject({ actions: [{ type: 'resetStation', stationId: 'CP-1' }] })
    const plan = await currentPlan(db, 'depot')
    expect(plan?.instance.points.find((point) => point.id === 'CP-1/1')?.maxKw).toBe(0)
  })

  test('a session of nobody asks who it is', async () => {
    const { run, tick, advance, alerts, connect } = await begin()
    const charger = await connect('CP-2')
    await tick()
    await charger.plugIn('VISITOR')
    advance(2)
    await run('watch')
    expect((await alerts('unknownVehicle'))[0]?.sentence).toBe('CP-2 charges, but nobody knows which vehicle.')
    expect((await alerts('unknownVehicle'))[0]?.cause).toBe('The card VISITOR belongs to no vehicle.')
  })

  test('a new charger waits for approval in plain sight', async () => {
    const { run, alerts, connect } = await begin()
    await connect('CP-9')
    await run('watch')
    const [alert] = await alerts('stationPending')
    expect(alert?.sentence).toBe('A new charger, CP-9, asks to be let in.')
    expect(alert?.cause).toBe('It is a Test works DC 150 and is in no fleet file.')
    expect(alert?.parameters).toMatchObject({ actions: [{ type: 'approveStation', stationId: 'CP-9' }] })
  })

  test('prices that are missing are said openly, and planning goes on', async () => {
    const { run, alerts, db } = await begin({ tariff: { series: 'day-ahead' } })
    await run('replan', 'watch')
    const [alert] = await alerts('pricesMissing')
    expect(alert?.sentence).toBe('There are no prices of day-ahead from 22:00 on.')
    expect(alert?.cause).toContain('one flat price')
    expect(await currentPlan(db, 'depot')).not.toBeNull()
  })

  test('a timetable that ends within two weeks is reported', async () => {
    const { run, advance, alerts } = await begin()
    await run('watch')
    expect(await alerts('timetableEnding')).toEqual([])
    advance(60 * 24 * 60)
    await run('watch')
    expect((await alerts('timetableEnding'))[0]?.sentence).toBe('The timetable ends on 2027-01-31, in 9 days.')
  })

  test('a plan that fails keeps the old one and says why; the next one that works takes that back', async () => {
    const { db, run, alerts } = await begin()
    await run('replan')
    const good = await currentPlan(db, 'depot')
    await db.updateTable('limit_node').set({ parent_id: 'grid' }).execute()
    await run('replan')
    expect((await currentPlan(db, 'depot'))?.planId).toBe(good?.planId)
    const [alert] = await alerts('planFailed')
    expect(alert?.sentence).toBe('No new charging plan could be made; the last one goes on.')
    expect(alert?.parameters).toMatchObject({ actions: [{ type: 'replan', siteId: 'depot' }] })
    await db.updateTable('limit_node').set({ parent_id: null }).execute()
    await run('replan')
    expect(await alerts('planFailed')).toEqual([])
  })

  test('an alert keeps its number while its words change', async () => {
    const { db, now, run, advance, alerts } = await begin()
    await know(db, 'bus-1', 40, now())
    await run('replan', 'watch')
    const [before] = await alerts('notPluggedIn')
    advance(60)
    await run('watch')
    const [after] = await alerts('notPluggedIn')
    expect(after?.id).toBe(before?.id)
    expect(after?.sentence).toContain('2 h')
    expect(after?.raised_at).toEqual(before?.raised_at)
  })

  test('blocks that nobody drives are given to a bus that is free', async () => {
    const { db, run } = await begin({
      blocks: [{ id: 'B7', vehicle: null, date: '2026-11-24', from: '06:00', to: '12:00', km: 80 }],
    })
    await run('replan')
    const assigned = await db.selectFrom('block_assignment').selectAll().execute()
    expect(assigned).toMatchObject([{ block_id: 'B7', date: '2026-11-24', vehicle_id: 'bus-1', source: 'automatic' }])
    const plan = await currentPlan(db, 'depot')
    expect(plan?.context.visits.find((visit) => visit.vehicleId === 'bus-1')?.leavesFor).toEqual({
      blockId: 'B7',
      date: '2026-11-24',
    })
  })
})

/** Lets the server notice that a socket has closed. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100))
}
