import { beforeEach, describe, expect, test } from 'vitest'
import { forgetCountedSamples, indexNewSamples } from '../../db/counted-samples.ts'
import { json, type Db } from '../../db/database.ts'
import { storePrices } from '../../db/prices.ts'
import { monthlyPeak, peakContributors } from '../../db/peaks.ts'
import { putSiteTariff } from '../../db/tariffs.ts'
import { insertSamples } from '../../db/meter-samples.ts'
import { siteTariff } from '../../domain/tariff/tariff.ts'
import { countEnergy } from '../../scheduler/jobs/energy-intervals.ts'
import type { JobContext } from '../../scheduler/jobs/jobs.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const start = new Date('2026-11-23T20:00:00Z')
const later = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000)

let db: Db

beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1', 'CP-2'] })
})

interface Given {
  start: [minute: number, wh: number | null]
  stop: [minute: number, wh: number | null] | null
  vehicleId?: string | null
  stationId?: string
  soc?: [from: number, to: number]
}

/** A session as the messages of a station would have left it; its number. */
async function session({
  start: [from, fromWh],
  stop,
  vehicleId = 'bus-1',
  stationId = 'CP-1',
  soc,
}: Given): Promise<number> {
  const { number } = await db
    .insertInto('charging_session')
    .values({
      station_id: stationId,
      evse_id: 1,
      connector_id: 1,
      transaction_id: `${stationId}-${from}`,
      start_key: `${stationId}-${from}`,
      protocol: 'ocpp1.6',
      id_token: null,
      vehicle_id: vehicleId,
      authorization: 'accepted',
      started_at: later(from),
      started_received_at: later(from),
      ended_at: stop === null ? null : later(stop[0]),
      ended_received_at: stop === null ? null : later(stop[0]),
      meter_start_wh: fromWh,
      meter_last_wh: stop?.[1] ?? fromWh,
      meter_stop_wh: stop?.[1] ?? null,
      energy_wh: stop === null || stop[1] === null || fromWh === null ? null : stop[1] - fromWh,
      soc_start_percent: soc?.[0] ?? null,
      soc_percent: soc?.[1] ?? null,
      power_w: null,
      last_sample_at: null,
      charging_state: null,
      stop_reason: null,
      last_seq_no: null,
      flags: '{}',
    })
    .returning('number')
    .executeTakeFirstOrThrow()
  return number
}

async function samples(
  readings: [minute: number, wh: number][],
  of: { stationId?: string; evseId?: number; session?: number; received?: number } = {},
): Promise<void> {
  await insertSamples(
    db,
    readings.map(([minute, wh]) => ({
      stationId: of.stationId ?? 'CP-1',
      evseId: of.evseId ?? 1,
      connectorId: 1,
      sessionNumber: of.session ?? null,
      at: later(minute),
      stationAt: null,
      receivedAt: later(Math.max(minute, of.received ?? 0)),
      context: 'Sample.Periodic',
      registerWh: wh,
      powerW: null,
      offeredW: null,
      socPercent: null,
      currentA: null,
      voltageV: null,
    })),
  )
}

async function count(minute: number): Promise<void> {
  await countEnergy({ db, now: () => later(minute) } as unknown as JobContext)
}

const intervals = async () =>
  (await db.selectFrom('energy_interval').selectAll().orderBy('start_at').orderBy('session_number').execute()).map(
    (row) => [row.start_at.toISOString().slice(11, 16), row.session_number, row.energy_wh, row.vehicle_id],
  )
const day = async () =>
  (
    await db
      .selectFrom('energy_day')
      .selectAll()
      .orderBy('date')
      .orderBy('station_id')
      .orderBy('evse_id')
      .orderBy('vehicle_id')
      .execute()
  ).map((row) => ({
    ...row,
    energy_wh: Number(row.energy_wh),
    standby_wh: Number(row.standby_wh),
    session_wh: Number(row.session_wh),
  }))

describe('energy by session and quarter hour', () => {
  test('two sessions within a quarter have each their own, and what flowed between them is nobody’s', async () => {
    await session({ start: [1, 1000], stop: [5, 3000] })
    await session({ start: [8, 3010], stop: [14, 6010], vehicleId: 'bus-2' })
    await count(15)
    expect(await intervals()).toEqual([
      ['20:00', 0, 10, null],
      ['20:00', 1, 2000, 'bus-1'],
      ['20:00', 2, 3000, 'bus-2'],
    ])
    expect(await day()).toMatchObject([
      { date: '2026-11-23', vehicle_id: '', energy_wh: 10, session_wh: 0, standby_wh: 10 },
      { vehicle_id: 'bus-1', energy_wh: 2000, session_wh: 2000, standby_wh: 0 },
      { vehicle_id: 'bus-2', energy_wh: 3000 },
    ])
  })

  test('the vehicle of a session that is told later is its intervals’ too', async () => {
    await session({ start: [0, 0], stop: [14, 5000], vehicleId: null })
    await count(15)
    expect(await day()).toMatchObject([{ vehicle_id: '', energy_wh: 5000 }])
    await db.updateTable('charging_session').set({ vehicle_id: 'bus-2' }).execute()
    await count(20)
    expect(await intervals()).toEqual([['20:00', 1, 5000, 'bus-2']])
    expect(await day()).toMatchObject([{ vehicle_id: 'bus-2', energy_wh: 5000 }])
  })

  test('a register that began anew before a late sample told so mends the session’s own figure', async () => {
    const number = await session({ start: [0, 4_000_000], stop: [40, 6000] })
    await count(41)
    await samples(
      [
        [20, 4_020_000],
        [30, 2000],
      ],
      { session: number, received: 60 },
    )
    await count(61)
    const row = await db.selectFrom('charging_session').select('energy_wh').executeTakeFirstOrThrow()
    expect(Number(row.energy_wh)).toBe(26_000)
    expect((await intervals()).reduce((sum, one) => sum + Number(one[2]), 0)).toBe(26_000)
    const counted = await db.selectFrom('session_energy').selectAll().executeTakeFirstOrThrow()
    expect(counted).toMatchObject({ resets: 1, breaks: 0 })
  })

  test('a main meter counts where none of its station’s EVSEs was read, and never twice', async () => {
    await samples(
      [
        [0, 0],
        [15, 6000],
        [30, 6100],
      ],
      { evseId: 0 },
    )
    await count(31)
    expect(await day()).toMatchObject([{ evse_id: 0, energy_wh: 6100, standby_wh: 6100 }])
    await session({ start: [0, 100], stop: [15, 5900] })
    await count(40)
    expect(await day()).toMatchObject([
      { evse_id: 0, energy_wh: 100 },
      { evse_id: 1, energy_wh: 5800 },
    ])
    const quarters = await db.selectFrom('energy_quarter').select('energy_wh').orderBy('start_at').execute()
    expect(quarters.map((row) => Number(row.energy_wh))).toEqual([5800, 100])
  })
})

describe('sessions that were cut in two', () => {
  const groups = async () =>
    (await db.selectFrom('session_energy').selectAll().orderBy('session_number').execute()).map(
      (row) => row.group_number,
    )

  test('are one group when the same vehicle goes on within ten minutes and the register with it', async () => {
    await session({ start: [0, 1000], stop: [20, 9000] })
    await session({ start: [22, 9000], stop: [30, 12_000] })
    await session({ start: [31, 12_050], stop: [40, 15_000] })
    await session({ start: [60, 15_050], stop: [70, 16_000] })
    await session({ start: [71, 16_000], stop: [80, 17_000], vehicleId: 'bus-2' })
    await count(90)
    expect(await groups()).toEqual([1, 1, 1, 4, 5])
  })

  test('are told apart again when the vehicle turns out to be another, and joined when a first part comes late', async () => {
    await session({ start: [0, 1000], stop: [20, 9000] })
    await session({ start: [22, 9000], stop: [30, 12_000] })
    await session({ start: [31, 12_000], stop: [35, 13_000] })
    await count(40)
    expect(await groups()).toEqual([1, 1, 1])
    await db.updateTable('charging_session').set({ vehicle_id: 'bus-2' }).where('number', '=', 1).execute()
    await count(45)
    expect(await groups()).toEqual([1, 2, 2])
    await db.updateTable('charging_session').set({ vehicle_id: 'bus-1' }).where('number', '=', 1).execute()
    await count(50)
    expect(await groups()).toEqual([1, 1, 1])
  })

  test('a register that counts from each plug-in begins anew; then the state of charge must go on', async () => {
    await session({ start: [0, 0], stop: [20, 30_000], soc: [40, 52] })
    await session({ start: [22, 0], stop: [30, 9000], soc: [52, 55] })
    await session({ start: [31, 0], stop: [40, 9000], soc: [20, 30] })
    await count(45)
    expect(await groups()).toEqual([1, 1, 3])
  })

  test('what arrived in the battery is known from the rise of its charge, and unknown when that is small', async () => {
    await session({ start: [0, 0], stop: [60, 100_000], soc: [30, 57] })
    await session({ start: [200, 100_000], stop: [210, 110_000], soc: [57, 60] })
    await count(220)
    expect((await day()).filter((row) => row.vehicle_id === 'bus-1')).toMatchObject([
      { vehicle_id: 'bus-1', battery_wh: 94_500, battery_grid_wh: 100_000 },
      { date: '2026-11-24', battery_wh: null, battery_grid_wh: 0 },
    ])
  })
})

describe('local days', () => {
  const countDay = async (from: string, hours: number): Promise<[string, number][]> => {
    const begin = (Date.parse(from) - start.getTime()) / 60_000
    await samples(Array.from({ length: hours * 4 + 1 }, (_, i) => [begin + i * 15, i * 100] as [number, number]))
    await count(begin + hours * 60)
    return (await day()).map((row) => [row.date, row.energy_wh])
  }

  test('the day that clocks go forward has 92 quarter hours', async () => {
    const rows = await countDay('2026-03-28T22:00:00Z', 25)
    expect(rows).toEqual([
      ['2026-03-29', 9200],
      ['2026-03-30', 800],
    ])
  })

  test('the day that clocks go back has 100 quarter hours', async () => {
    const rows = await countDay('2026-10-24T21:00:00Z', 26)
    expect(rows).toEqual([
      ['2026-10-25', 10_000],
      ['2026-10-26', 400],
    ])
  })
})

describe('cost and carbon', () => {
  const cost = async () =>
    (await db.selectFrom('energy_day').selectAll().orderBy('date').execute()).map((row) => [
      row.energy_cost_micro_eur === null ? null : Number(row.energy_cost_micro_eur),
      row.network_cost_micro_eur === null ? null : Number(row.network_cost_micro_eur),
      Number(row.uncosted_wh),
    ])

  test('energy without a price is uncosted until the price comes, and carries what each quarter cost from then on', async () => {
    const tariff = siteTariff.parse({ series: 'market', networkEurPerKwh: 0.02 })
    await db
      .updateTable('site')
      .set({ tariff: json(tariff) })
      .execute()
    await session({ start: [0, 0], stop: [30, 20_000] })
    await count(31)
    expect(await cost()).toEqual([[null, 400_000, 20_000]])
    const slot = (minute: number, price: number) => ({
      startAt: later(minute),
      endAt: later(minute + 15),
      priceMicroEurPerKwh: price,
    })
    await storePrices(db, 'market', [slot(0, 100_000)], 'file', later(40))
    await count(41)
    expect(await cost()).toEqual([[1_000_000, 400_000, 10_000]])
    await storePrices(db, 'market', [slot(15, -50_000)], 'file', later(45))
    await count(46)
    expect(await cost()).toEqual([[500_000, 400_000, 0]])
    expect(await db.selectFrom('energy_dirty').selectAll().execute()).toEqual([])
  })

  test('a tariff that is entered afterwards costs the days that it holds for anew', async () => {
    await session({ start: [0, 0], stop: [30, 20_000] })
    await count(31)
    expect(await cost()).toEqual([[null, null, 20_000]])
    const tariff = siteTariff.parse({ zones: [{ from: '00:00', to: '24:00', eurPerKwh: 0.2 }], networkEurPerKwh: 0.01 })
    await putSiteTariff(db, 'depot', { validFrom: '2026-11-01', validTo: null, tariff }, later(40))
    await count(41)
    expect(await cost()).toEqual([[4_000_000, 200_000, 0]])
  })

  test('carbon is known by the default factor of the grid, and else told as unknown', async () => {
    await session({ start: [0, 0], stop: [30, 20_000] })
    await count(31)
    const known = await db.selectFrom('energy_day').select(['carbon_g', 'uncarboned_wh']).executeTakeFirstOrThrow()
    expect(Number(known.carbon_g)).toBeGreaterThan(0)
    expect(Number(known.uncarboned_wh)).toBe(0)
    await db.updateTable('site').set({ time_zone: 'Europe/Athens' }).execute()
    await count(41)
    const unknown = await db.selectFrom('energy_day').select(['carbon_g', 'uncarboned_wh']).executeTakeFirstOrThrow()
    expect(unknown.carbon_g).toBeNull()
    expect(Number(unknown.uncarboned_wh)).toBe(20_000)
  })
})

describe('the month’s peak', () => {
  test('says when it was and who drew what, and falls when late samples show that it was less', async () => {
    const number = await session({ start: [0, 0], stop: [30, 30_000] })
    await session({ start: [0, 500], stop: [15, 2500], stationId: 'CP-2', vehicleId: 'bus-2' })
    await count(31)
    expect(await monthlyPeak(db, 'depot', '2026-11-01')).toBe(68_000)
    expect(await peakContributors(db, 'depot', start)).toEqual([
      { stationId: 'CP-1', evseId: 1, sessionNumber: number, vehicleId: 'bus-1', energyWh: 15_000, powerW: 60_000 },
      { stationId: 'CP-2', evseId: 1, sessionNumber: 2, vehicleId: 'bus-2', energyWh: 2000, powerW: 8000 },
    ])
    await samples(
      [
        [10, 10_000],
        [15, 12_000],
        [20, 20_000],
      ],
      { session: number, received: 40 },
    )
    await count(41)
    const peak = await db.selectFrom('monthly_peak').selectAll().executeTakeFirstOrThrow()
    expect([Number(peak.peak_w), peak.at]).toEqual([72_000, later(15)])
    await samples(
      [
        [16, 13_000],
        [29, 13_500],
      ],
      { session: number, received: 50 },
    )
    await db.deleteFrom('meter_sample').where('at', '=', later(20)).execute()
    await count(51)
    expect(await monthlyPeak(db, 'depot', '2026-11-01')).toBe(72_000)
  })
})

test('a station that goes to another site takes its energy with it', async () => {
  await session({ start: [0, 0], stop: [30, 20_000] })
  await count(31)
  await db
    .insertInto('site')
    .values({
      id: 'other',
      name: 'Other',
      time_zone: 'Europe/Sofia',
      latitude: 42,
      longitude: 23,
      tariff: null,
      monthly_temperature_c: null,
      outdoor_temperature_c: null,
      outdoor_temperature_at: null,
    })
    .execute()
  await db.updateTable('station').set({ site_id: 'other' }).where('id', '=', 'CP-1').execute()
  await count(41)
  expect(await day()).toMatchObject([{ site_id: 'other', energy_wh: 20_000 }])
  const quarters = await db.selectFrom('energy_quarter').select(['site_id', 'energy_wh']).execute()
  expect(quarters.map((row) => [row.site_id, Number(row.energy_wh)])).toEqual([
    ['other', 10_000],
    ['other', 10_000],
  ])
})

test('samples are forgotten only when they have been counted, and what they told stays', async () => {
  const number = await session({ start: [0, 0], stop: [30, 20_000] })
  await samples([[10, 4000]], { session: number })
  await indexNewSamples(db)
  const kept = async () => (await db.selectFrom('meter_sample').select('at').execute()).length
  await count(31)
  await db.deleteFrom('setting').execute()
  await db
    .updateTable('meter_sample')
    .set({ at: new Date('2024-01-05T10:00:00Z') })
    .execute()
  await forgetCountedSamples(db, new Date('2025-01-01T00:00:00Z'), later(40))
  expect(await kept()).toBe(1)
  await db
    .updateTable('charging_session')
    .set({ started_at: new Date('2024-01-05T09:50:00Z') })
    .execute()
  await db
    .insertInto('setting')
    .values({ name: 'energyCountedUntil', value: json({ receivedUntil: later(31), changeSeq: 0 }) })
    .execute()
  await forgetCountedSamples(db, new Date('2025-01-01T00:00:00Z'), later(40))
  expect(await kept()).toBe(0)
  await db.updateTable('charging_session').set({ vehicle_id: 'bus-2' }).execute()
  await count(50)
  expect((await intervals()).map((one) => one[2])).toEqual([8000, 12_000])
})
