import { expect, test } from 'vitest'
import { closeReplanRequest, openReplanRequests } from '../../db/replan-requests.ts'
import { storePlan } from '../../db/plans.ts'
import { syncAlerts } from '../../db/alerts.ts'
import { listOf } from '../../fleet-api/schemas/common.ts'
import * as depot from '../../fleet-api/schemas/depot.ts'
import * as markets from '../../fleet-api/schemas/markets.ts'
import * as records from '../../fleet-api/schemas/records.ts'
import { body, depotApi, EVENING, nightPlan, openSession } from './api-depot.ts'

const HOUR = 3_600_000
const minutesLater = (minutes: number): Date => new Date(EVENING.getTime() + minutes * 60_000)

test('charging sessions come latest start first, page by page, and by vehicle, station, site, state and time', async () => {
  const api = await depotApi()
  for (let n = 0; n < 5; n += 1) {
    const startedAt = new Date(EVENING.getTime() - n * HOUR)
    await openSession(api, {
      vehicleId: n < 2 ? 'bus-1' : null,
      startedAt,
      ...(n === 0 ? {} : { endedAt: minutesLater(0) }),
    })
  }
  // Two that start at the same instant must not be lost between pages.
  await openSession(api, { vehicleId: null, startedAt: EVENING, endedAt: minutesLater(1) })
  const read = async (query: string) => body(api.get(`/api/v1/sessions?${query}`), listOf(depot.session))
  const seen: number[] = []
  let cursor = ''
  for (let pages = 0; pages < 10; pages += 1) {
    const { items, next } = await read(`limit=1${cursor}`)
    seen.push(...items.map((one: { sessionNumber: number }) => one.sessionNumber))
    if (next === null) break
    cursor = `&cursor=${next}`
  }
  expect(seen).toEqual([6, 1, 2, 3, 4, 5])
  const numbers = async (query: string) =>
    (await read(query)).items.map((one: { sessionNumber: number }) => one.sessionNumber)
  expect(await numbers('vehicleId=bus-1')).toEqual([1, 2])
  expect(await numbers('open=true')).toEqual([1])
  expect(await numbers('open=false&siteId=depot&stationId=CP1')).toEqual([6, 2, 3, 4, 5])
  expect(await numbers(`from=2026-11-23T18:00:00Z&to=2026-11-23T19:30:00Z`)).toEqual([2, 3])
  expect(await numbers('siteId=elsewhere')).toEqual([])
  expect((await api.get('/api/v1/sessions?open=perhaps')).status).toBe(400)
  expect((await api.get('/api/v1/sessions?from=yesterday')).status).toBe(400)
  expect(await body(api.get('/api/v1/sessions/1'), depot.session)).toMatchObject({
    sessionNumber: 1,
    siteId: 'depot',
    transactionId: 'tx-0',
    endedAt: null,
    meterStopWh: null,
    orphan: false,
  })
  expect((await api.get('/api/v1/sessions/99')).status).toBe(404)
  expect((await api.get('/api/v1/sessions/x')).status).toBe(400)
})

test('the readings of a session come oldest first and page by page, and what was not measured is null', async () => {
  const api = await depotApi()
  const number = await openSession(api, { vehicleId: 'bus-1' })
  await api.db
    .insertInto('meter_sample')
    .values(
      [0, 1, 1, 2].map((minute, n) => ({
        station_id: 'CP1',
        evse_id: 1,
        connector_id: 1,
        session_number: number,
        at: minutesLater(minute),
        station_at: null,
        received_at: minutesLater(minute),
        context: n === 1 ? 'Sample.Clock' : 'Sample.Periodic',
        register_wh: 1000 + n,
        power_w: null,
        offered_w: null,
        soc_percent: n === 3 ? 51.5 : null,
        current_a: null,
        voltage_v: null,
      })),
    )
    .execute()
  const first = await body(api.get(`/api/v1/sessions/${number}/samples?limit=2`), listOf(records.meterSample))
  const rest = await body(
    api.get(`/api/v1/sessions/${number}/samples?limit=2&cursor=${first.next}`),
    listOf(records.meterSample),
  )
  const all = [...first.items, ...rest.items]
  expect(all.map((one) => one.registerWh)).toEqual([1000, 1001, 1002, 1003])
  expect(all[3]).toEqual({
    at: minutesLater(2).toISOString(),
    context: 'Sample.Periodic',
    registerWh: 1003,
    powerW: null,
    offeredW: null,
    socPercent: 51.5,
    currentA: null,
    voltageV: null,
  })
  expect(rest.next).toBeNull()
  expect((await api.get('/api/v1/sessions/99/samples')).status).toBe(404)
})

test('the current plan is told in watts and millionths of a euro, with the site’s own limit and every vehicle’s stays', async () => {
  const { get } = await depotApi()
  const plan = await body(get('/api/v1/plans/current?siteId=depot'), depot.plan)
  expect(plan).toMatchObject({
    planId: 1,
    siteId: 'depot',
    startAt: EVENING.toISOString(),
    slotMinutes: 15,
    slots: 32,
    status: 'optimal',
    reason: 'bus-1 plugged in at CP-1/1',
    causes: [{ kind: 'plugged', vehicleId: 'bus-1', stationId: 'CP-1', evseId: 1 }],
    peakW: 60_000,
    totalCostMicroEur: 8_000_000,
    lowerBoundMicroEur: 7_990_000,
    gap: 0.001,
    carbonGPerKwh: null,
    uncontrolled: { peakW: 95_000, totalCostMicroEur: 16_000_000 },
    explain: ['bus-1 waits for the cheap hours.'],
  })
  for (const series of [plan.limitW, plan.baseLoadW, plan.importW, plan.uncontrolledImportW, plan.priceMicroEurPerKwh])
    expect(series).toHaveLength(32)
  // Whatever was kept for chargers that may fall back, the limit is the limit.
  expect(plan.limitW[0]).toBe(300_000)
  expect([plan.baseLoadW[0], plan.importW[4], plan.priceMicroEurPerKwh[0]]).toEqual([20_000, 60_000, 150_000])
  expect(plan.vehicles[0]).toMatchObject({
    vehicleId: 'bus-1',
    blocks: [{ blockId: 'B1', date: '2026-11-24', startAt: '2026-11-24T03:40:00.000Z', routes: ['7'] }],
    visits: [
      {
        stationId: 'CP1',
        evseId: 1,
        arriveAt: EVENING.toISOString(),
        departAt: '2026-11-24T03:40:00.000Z',
        needSocPercent: 85,
        arriveSocPercent: 50,
        departSocPercent: 97.5,
        shortWh: 0,
        firstSlot: 0,
      },
    ],
  })
  // The stay ends within slot 30.
  expect(plan.vehicles[0]?.visits[0]?.powerW).toHaveLength(31)
  expect(plan.vehicles[0]?.visits[0]?.powerW.slice(3, 5)).toEqual([0, 40_000])
  expect(plan.vehicles[1]).toMatchObject({
    vehicleId: 'bus-2',
    visits: [],
    blocks: [{ blockId: 'B2', date: '2026-11-23' }],
  })
})

test('plans are listed newest first, and old ones stay as they were', async () => {
  const { db, get } = await depotApi()
  await storePlan(db, {
    ...nightPlan(),
    siteId: 'depot',
    createdAt: minutesLater(5),
    causes: [{ kind: 'round' }],
  })
  const first = await body(get('/api/v1/plans?siteId=depot&limit=1'), listOf(records.planSummary))
  expect(first.items).toMatchObject([
    { planId: 2, current: true, reason: 'every five minutes', totalCostMicroEur: 8_000_000, gap: 0.001 },
  ])
  const second = await body(get(`/api/v1/plans?limit=1&cursor=${first.next}`), listOf(records.planSummary))
  expect(second).toMatchObject({ items: [{ planId: 1, current: false }], next: null })
  expect(await body(get('/api/v1/plans/1'), depot.plan)).toMatchObject({
    planId: 1,
    reason: 'bus-1 plugged in at CP-1/1',
  })
  expect(await body(get('/api/v1/plans/current?siteId=depot'), depot.plan)).toMatchObject({ planId: 2 })
  expect((await get('/api/v1/plans/9')).status).toBe(404)
  expect((await get('/api/v1/plans/current?siteId=x')).status).toBe(404)
  expect((await get('/api/v1/plans/current')).status).toBe(400)
})

test('a plan can be asked for: the answer is the new plan when it comes in time, else 202', async () => {
  const { db, send } = await depotApi()
  const later = await send('POST', '/api/v1/plans', { siteId: 'depot' })
  expect(later.status).toBe(202)
  expect(await later.json()).toEqual({ siteId: 'depot', asked: true })

  const waiting = send('POST', '/api/v1/plans', { siteId: 'depot', wait: 20 })
  const asked = async () => (await openReplanRequests(db)).find((one) => one.version >= 2)
  while ((await asked()) === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
  // A plan that was made before the ask was heard is not the answer.
  await storePlan(db, { ...nightPlan(), siteId: 'depot', createdAt: EVENING, causes: [{ kind: 'round' }] })
  await storePlan(db, { ...nightPlan(), siteId: 'depot', createdAt: EVENING, causes: [{ kind: 'byHand' }] })
  await closeReplanRequest(db, 'depot', 2)
  const made = await waiting
  expect(made.status).toBe(200)
  expect(await made.json()).toMatchObject({ planId: 3, reason: 'asked for by hand' })
  expect((await send('POST', '/api/v1/plans', { siteId: 'x' })).status).toBe(404)
  expect((await send('POST', '/api/v1/plans', { siteId: 'depot', wait: 3600 })).status).toBe(400)
})

test('an alert tells its cause, its remedy and what can be done at once, and can be put aside', async () => {
  const { db, get, send } = await depotApi()
  const draft = (key: string, parameters = {}) => ({
    key,
    siteId: 'depot',
    kind: 'needNotMet' as const,
    severity: 'act' as const,
    vehicleId: 'bus-1',
    sentence: 'Bus 1 will not make 05:40: 72 of 85 %.',
    cause: 'It came back late.',
    remedy: 'Let bus 3 drive block B1.',
    parameters,
  })
  const action = { type: 'assignBlock', date: '2026-11-24', blockId: 'B1', vehicleId: 'bus-3' }
  const scope = { siteId: 'depot', kinds: ['needNotMet' as const] }
  await syncAlerts(
    db,
    scope,
    [draft('a'), draft('b', { socPercent: 72, actions: [action, { type: 'somethingNewer' }] })],
    EVENING,
  )
  await syncAlerts(
    db,
    scope,
    [draft('b', { socPercent: 72, actions: [action, { type: 'somethingNewer' }] })],
    minutesLater(5),
  )
  const open = await body(get('/api/v1/alerts?siteId=depot&open=true'), listOf(depot.alert))
  expect(open.items).toMatchObject([
    {
      alertId: 2,
      kind: 'needNotMet',
      severity: 'act',
      vehicleId: 'bus-1',
      clearedAt: null,
      parameters: { socPercent: 72 },
      actions: [action],
    },
  ])
  expect(open.items[0]?.actions).toHaveLength(1)
  expect((await body(get('/api/v1/alerts?open=false'), listOf(depot.alert))).items).toMatchObject([
    { alertId: 1, clearedAt: minutesLater(5).toISOString() },
  ])
  const first = await body(get('/api/v1/alerts?limit=1'), listOf(depot.alert))
  expect((await body(get(`/api/v1/alerts?limit=1&cursor=${first.next}`), listOf(depot.alert))).items).toMatchObject([
    { alertId: 1 },
  ])

  const snoozed = await send('PATCH', '/api/v1/alerts/2', { snoozedUntil: '2026-11-24T00:30:00+02:00' })
  expect(await snoozed.json()).toMatchObject({ alertId: 2, snoozedUntil: '2026-11-23T22:30:00.000Z' })
  expect(await body(send('PATCH', '/api/v1/alerts/2', { snoozedUntil: null }), depot.alert)).toMatchObject({
    snoozedUntil: null,
  })
  expect((await send('PATCH', '/api/v1/alerts/99', { snoozedUntil: null })).status).toBe(404)
  expect((await send('PATCH', '/api/v1/alerts/2', {})).status).toBe(400)
})

test('a token is made, changed in part, and told with its vehicle', async () => {
  const { get, send } = await depotApi()
  expect((await body(get('/api/v1/tokens'), listOf(records.token))).items).toMatchObject([
    { value: 'TAG-1', vehicleId: 'bus-1', blocked: false },
  ])
  const made = await send('PUT', '/api/v1/tokens/CARD%202', { label: 'Night shift', type: 'Central' })
  expect(await made.json()).toEqual({
    value: 'CARD 2',
    type: 'Central',
    label: 'Night shift',
    vehicleId: null,
    blocked: false,
    expiresAt: null,
  })
  const changed = await send('PUT', '/api/v1/tokens/CARD%202', { blocked: true, vehicleId: 'bus-2' })
  expect(await changed.json()).toMatchObject({
    label: 'Night shift',
    type: 'Central',
    blocked: true,
    vehicleId: 'bus-2',
  })
  expect((await body(get('/api/v1/tokens?vehicleId=bus-2'), listOf(records.token))).items).toHaveLength(1)
  const page = await body(get('/api/v1/tokens?limit=1'), listOf(records.token))
  expect(page.items).toMatchObject([{ value: 'CARD 2' }])
  expect((await body(get(`/api/v1/tokens?limit=1&cursor=${page.next}`), listOf(records.token))).items).toMatchObject([
    { value: 'TAG-1' },
  ])
  expect((await send('PUT', '/api/v1/tokens/X', { vehicleId: 'bus-9' })).status).toBe(409)
  expect((await send('PUT', `/api/v1/tokens/${'x'.repeat(37)}`, {})).status).toBe(400)
})

test('prices are uploaded, replaced and read page by page, negative ones too', async () => {
  const { get, send } = await depotApi()
  const slot = (hour: number, price: number) => ({
    startAt: `2026-11-24T0${hour}:00:00Z`,
    endAt: `2026-11-24T0${hour + 1}:00:00Z`,
    priceMicroEurPerKwh: price,
  })
  const put = (slots: unknown) => send('PUT', '/api/v1/prices?series=market', { source: 'test', slots })
  expect(await (await put([slot(0, 90_000), slot(1, -20_000), slot(2, 50_000)])).json()).toEqual({
    series: 'market',
    stored: 3,
  })
  await put([slot(2, 51_000)])
  const first = await body(get('/api/v1/prices?series=market&limit=2'), listOf(markets.priceSlot))
  const rest = await body(get(`/api/v1/prices?series=market&limit=2&cursor=${first.next}`), listOf(markets.priceSlot))
  expect([...first.items, ...rest.items].map((one) => one.priceMicroEurPerKwh)).toEqual([90_000, -20_000, 51_000])
  expect((await body(get('/api/v1/prices?from=2026-11-24T02:30:00Z'), listOf(markets.priceSlot))).items).toHaveLength(1)
  expect((await put([slot(1, 1), slot(0, 1)])).status).toBe(400)
  expect((await put([{ ...slot(1, 1), endAt: '2026-11-24T01:00:00Z' }])).status).toBe(400)
  expect((await put([])).status).toBe(400)
  expect((await send('PUT', '/api/v1/prices', { slots: [slot(1, 1)] })).status).toBe(400)
})
