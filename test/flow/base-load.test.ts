import { expect, test } from 'vitest'
import { changeSite } from '../../db/change-site.ts'
import { readFleet, storeFleet } from '../../db/fleet.ts'
import { monthlyPeak, refreshPeaks } from '../../db/peaks.ts'
import { sitePowerHistory } from '../../db/site-power.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import { emptyDatabase } from '../support/database.ts'

/** No base load from eight to sixteen o'clock, when the sun shines; 100 kW otherwise. */
const day = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 16 ? 0 : 100))
const depot = (hourlyBaseLoadKw: number[][]) => ({
  sites: [
    {
      id: 'depot',
      name: 'Depot',
      timeZone: 'Europe/Sofia',
      latitude: 42.5,
      longitude: 27.4,
      nodes: [{ id: 'grid', parentId: null, limitKw: 500, baseLoadKw: 120, hourlyBaseLoadKw }],
      stations: [{ id: 'CP-1', nodeId: 'grid', evses: [{ evseId: 1, maxPowerKw: 400 }] }],
    },
  ],
  vehicleTypes: [
    {
      id: 'solo',
      batteryCapacityKwh: 300,
      maxPowerKw: 100,
      taper: [
        [0, 100],
        [100, 10],
      ],
      consumptionKwhPerKm: [[0, 1.2]],
    },
  ],
  vehicles: [],
})
const at = new Date('2026-11-23T06:00:00Z')

test('peaks and power go by what is drawn on average in that hour, and one number by hand holds all day again', async () => {
  const db = await emptyDatabase()
  await storeFleet(db, fleetFile.parse(depot(Array.from({ length: 12 }, () => day))), at)
  const noon = new Date('2026-11-23T10:00:00Z')
  const evening = new Date('2026-11-23T17:00:00Z')
  const quarters = [
    { siteId: 'depot', startAt: noon, energyWh: 40_000 },
    { siteId: 'depot', startAt: evening, energyWh: 25_000 },
  ]
  await db
    .insertInto('energy_quarter')
    .values(
      quarters.map(({ siteId, startAt, energyWh }) => ({
        site_id: siteId,
        start_at: startAt,
        energy_wh: energyWh,
        complete: true,
      })) as never,
    )
    .execute()
  await refreshPeaks(db, quarters)
  // 160 kW of charging at noon, 100 kW and the base load in the evening.
  expect(await monthlyPeak(db, 'depot', '2026-11-01')).toBe(200_000)

  const baseLoads = async (): Promise<number[]> => {
    const span = { from: new Date('2026-11-23T13:45:00Z'), to: new Date('2026-11-23T14:15:00Z') }
    return (await sitePowerHistory(db, 'depot', { ...span, now: evening })).map((slot) => slot.baseLoadW)
  }
  expect(await baseLoads()).toEqual([0, 100_000])
  await changeSite(db, 'depot', { nodes: [{ nodeId: 'grid', baseLoadW: 120_000 }] }, evening)
  expect(await baseLoads()).toEqual([120_000, 120_000])
  expect((await readFleet(db, 'depot'))?.nodes[0]).toMatchObject({ baseLoadW: 120_000, hourlyBaseLoadW: null })
})

test('a mean above the most that is drawn is refused', () => {
  const parsed = fleetFile.safeParse(depot(Array.from({ length: 12 }, () => Array<number>(24).fill(121))))
  expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([
    'a mean is above baseLoadKw, the most that is drawn',
  ])
})
