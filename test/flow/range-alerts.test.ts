import { afterEach, describe, expect, test } from 'vitest'
import { receiveTelemetry } from '../../db/receive-telemetry.ts'
import { toldInBulgarian } from '../support/alert-words.ts'
import { startLoop, type Loop } from '../support/loop.ts'

let loop: Loop | undefined
afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

/** 14:00 in Sofia: bus-1 is half way through a block of 20 km an hour that ends at 20:00, with 120 km to go. It holds 300 kWh and uses 1 kWh a kilometre. */
async function onTheLine(): Promise<Loop> {
  loop = await startLoop({
    at: '2026-11-23T12:00:00Z',
    blocks: [{ id: 'B1', vehicle: 'bus-1', date: '2026-11-23', from: '08:00', to: '20:00', km: 240 }],
  })
  return loop
}

async function tell({ db, now }: Loop, values: object): Promise<void> {
  const reading = { vehicleId: 'bus-1', at: now().toISOString(), ...values }
  const { refused } = await receiveTelemetry(db, [reading], { source: 'api', now: now() })
  expect(refused).toEqual([])
}

describe('range alerts', () => {
  test('a bus that will not reach the end of its block is reported with what is missing, why, and where it could charge', async () => {
    const it = await onTheLine()
    await tell(it, { socPercent: 45 })
    await it.run('watch')
    const [alert] = await it.alerts('rangeShort')
    // 35 of 300 kWh above the least charge are 105 km, and the block takes 120.
    expect(alert).toMatchObject({
      severity: 'act',
      vehicle_id: 'bus-1',
      sentence: 'Bus 1 will stand still about 15 km before block B1 ends at 20:00.',
      cause: 'It had 45 % at 14:00 with 120 km to go, and uses 1.0 kWh a kilometre at 20 °C.',
      remedy: 'Let it charge at the depot (Depot), or give the rest of the block to another vehicle.',
    })
    expect(alert?.parameters).toMatchObject({ blockId: 'B1', expectedEndPercent: 5, minSocPercent: 10 })
    expect(await toldInBulgarian(alert, it.now())).toEqual({
      sentence: 'bus-1 ще спре около 15 km преди края на блок B1 в 20:00.',
      cause: 'Имаше 45 % в 14:00 при оставащи 120 km и харчи 1 kWh на километър при 20 °C.',
      remedy: 'Нека зареди в депото или дайте остатъка от блока на друг автобус.',
    })
  })

  test('where its position is known the nearest free charger in reach is named, and never one that is taken or broken', async () => {
    const it = await onTheLine()
    await it.connect('CP-1')
    await it.connect('CP-2')
    await it.db.updateTable('connector').set({ status: 'available' }).execute()
    await it.db.updateTable('station').set({ latitude: 42.03, longitude: 23 }).where('id', '=', 'CP-2').execute()
    await tell(it, { socPercent: 45, latitude: 42.04, longitude: 23 })
    await it.run('watch')
    const named = async () => (await it.alerts('rangeShort')).map((alert) => [alert.station_id, alert.remedy])
    expect(await named()).toEqual([
      ['CP-2', 'Let it charge at CP-2, which is free and 1 km away, or give the rest of the block to another vehicle.'],
    ])
    await it.db.updateTable('connector').set({ status: 'faulted' }).where('station_id', '=', 'CP-2').execute()
    await it.run('watch')
    expect((await named())[0]?.[1]).toContain('at CP-1, which is free and 4.5 km away')
    await it.db.updateTable('evse').set({ plugged_in: true }).where('station_id', '=', 'CP-1').execute()
    await it.run('watch')
    expect((await named())[0]?.[1]).toContain('at the depot')
  })

  test('one that eats into its reserve is worth a look, one with enough is none', async () => {
    const it = await onTheLine()
    await tell(it, { socPercent: 59 })
    await it.run('watch')
    expect(await it.alerts('rangeShort')).toMatchObject([
      { severity: 'look', sentence: 'Bus 1 will have only 19 % when block B1 ends at 20:00: less than its reserve.' },
    ])
  })

  test('an alert does not come and go with a point of charge: it is raised once and goes when the margin is clearly better', async () => {
    const it = await onTheLine()
    const raised = async (): Promise<number> => {
      const rows = await it.db.selectFrom('alert').select('id').where('kind', '=', 'rangeShort').execute()
      return rows.length
    }
    const open = async (socPercent: number): Promise<number> => {
      it.advance(0.5)
      await tell(it, { socPercent })
      await it.run('watch')
      return (await it.alerts('rangeShort')).length
    }
    expect(await open(61)).toBe(0)
    expect([await open(59), await open(60), await open(61), await open(59)]).toEqual([1, 1, 1, 1])
    expect(await raised()).toBe(1)
    expect(await open(64)).toBe(0)
    expect(await open(61)).toBe(0)
    expect(await raised()).toBe(1)
  })

  test('nobody is warned from a guess: without a reading there is no range alert, nor for a bus that is at a plug', async () => {
    const it = await onTheLine()
    await it.run('watch')
    expect(await it.alerts('rangeShort')).toEqual([])
    await tell(it, { socPercent: 30 })
    const charger = await it.connect('CP-1')
    await charger.plugIn('BUS-1', { soc: 30 })
    await it.run('watch')
    expect(await it.alerts('rangeShort')).toEqual([])
  })
})
