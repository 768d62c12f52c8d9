import { readFileSync } from 'node:fs'
import { beforeEach, expect, test } from 'vitest'
import { carbonBetween } from '../../db/carbon.ts'
import { json, type Db } from '../../db/database.ts'
import { pricesBetween } from '../../db/prices.ts'
import type { Sentence } from '../../domain/sentences/sentence.ts'
import { siteTariffs } from '../../db/tariffs.ts'
import { weatherBetween } from '../../db/weather.ts'
import { importCarbon, importPrices, importTariffs, importWeather } from '../../scheduler/imports/import-series.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const SERIES = 'entsoe:10YCA-BULGARIA-R'
const at = new Date('2026-11-22T12:00:00Z')
const always = [new Date(0), new Date('2030-01-01')] as const

let db: Db

beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
  await db
    .updateTable('site')
    .set({ tariff: json({ series: SERIES }) })
    .execute()
})

/** What the command line prints of it. */
const english = async (lines: Promise<Sentence[]>): Promise<string[]> => (await lines).map((line) => line.in('en'))

const file = (text: string) => ({ name: 'file', text, series: undefined, site: undefined, at })

const fixture = (name: string) =>
  file(readFileSync(new URL(`../../scheduler/prices/fixtures/${name}.xml`, import.meta.url), 'utf8'))

test('a market document is stored under the series that the tariff names, and what was left out is said', async () => {
  const lines = await english(importPrices(db, fixture('several-series')))
  expect(lines).toEqual([
    'Left out: a series of market agreement A07, not day-ahead.',
    `192 prices of series ${SERIES}, 2026-11-22T23:00:00.000Z to 2026-11-24T23:00:00.000Z.`,
  ])
  expect(await pricesBetween(db, SERIES, ...always)).toHaveLength(192)
  expect(await english(importCarbon(db, fixture('generation')))).toContain(
    `8 carbon intensities of series ${SERIES}, 2026-11-22T23:00:00.000Z to 2026-11-23T03:00:00.000Z.`,
  )
  expect(await carbonBetween(db, SERIES, ...always)).toHaveLength(8)
})

test('temperatures come from a CSV and from an answer of Open-Meteo', async () => {
  await importWeather(db, file('time,temperatureC\n2026-11-23T00:00Z,3.5\n'))
  const answer = {
    utc_offset_seconds: 0,
    hourly_units: { time: 'iso8601', temperature_2m: '°C' },
    hourly: { time: ['2026-11-23T01:00'], temperature_2m: [4] },
  }
  expect(await english(importWeather(db, file(JSON.stringify(answer))))).toEqual([
    '1 temperature of site depot, 2026-11-23T01:00:00.000Z to 2026-11-23T01:00:00.000Z.',
  ])
  const stored = await weatherBetween(db, { siteId: 'depot', limit: 10 })
  expect(stored.map((hour) => hour.temperatureC)).toEqual([3.5, 4])
})

test('tariffs come with their validity, one or several; of a file with a fault none is stored', async () => {
  const entry = { validFrom: '2026-12-01', tariff: { networkEurPerKwh: 0.02 } }
  expect(
    await english(
      importTariffs(db, file(JSON.stringify([entry, { ...entry, validFrom: '2027-01-01', validTo: '2027-07-01' }]))),
    ),
  ).toEqual(['Tariff of site depot from 2026-12-01 on.', 'Tariff of site depot from 2027-01-01 to before 2027-07-01.'])
  const later = { ...entry, validFrom: '2028-01-01' }
  for (const faulty of [
    [later, { ...entry, site: 'elsewhere' }],
    [later, { ...entry, validTo: '2026-01-01' }],
    [later, { ...entry, tariff: { networkEurPerKwh: -1 } }],
  ])
    await expect(importTariffs(db, file(JSON.stringify(faulty)))).rejects.toThrow()
  expect((await siteTariffs(db, 'depot'))?.dated).toHaveLength(2)
})

test.each([
  ['no data', () => importPrices(db, fixture('no-data')), /No matching data/],
  [
    'a document without a zone to look for',
    () => importPrices(db, { ...fixture('carried-forward'), series: 'ibex' }),
    /bidding zone/,
  ],
  [
    'a price that cannot be meant',
    async () => importPrices(db, file('start,eurPerKwh\n2026-11-23T00:00Z,112\n')),
    /line 2/,
  ],
  [
    'a site that is not there',
    async () => importWeather(db, { ...file('time,temperatureC\n2026-11-23T00:00Z,1\n'), site: 'x' }),
    /no site x/,
  ],
])('%s is refused with what is wrong, and nothing is stored', async (_what, run, message) => {
  await expect(run()).rejects.toThrow(message)
  expect(await pricesBetween(db, SERIES, ...always)).toEqual([])
  expect(await weatherBetween(db, { siteId: 'depot', limit: 10 })).toEqual([])
})
