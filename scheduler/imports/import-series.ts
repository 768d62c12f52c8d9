import { z } from 'zod'
import { storeCarbon } from '../../db/carbon.ts'
import type { Db } from '../../db/database.ts'
import { storePrices } from '../../db/prices.ts'
import { siteLocations } from '../../db/site-locations.ts'
import { namedSeries, putSiteTariff } from '../../db/tariffs.ts'
import { storeWeather } from '../../db/weather.ts'
import { entsoeZone } from '../../domain/tariff/market-fetch.ts'
import { siteTariff } from '../../domain/tariff/tariff.ts'
import { openMeteoAnswer, readOpenMeteo, type TemperatureAt } from '../../domain/weather/open-meteo.ts'
import { parseCarbonCsv, parsePriceCsv, parseWeatherCsv } from '../prices/csv.ts'
import { readDayAhead } from '../prices/entsoe/day-ahead.ts'
import { FACTOR_SOURCE } from '../prices/entsoe/generation-factors.ts'
import { readGenerationCarbon } from '../prices/entsoe/generation.ts'
import type { CsvProblem } from '../prices/series-csv.ts'
import { counted, ImportRefused, issueLine, parseJson, refusal } from './import-refused.ts'

export interface SeriesImport {
  /** The file's name, to show and to keep as the source. */
  name: string
  text: string
  /** Name of a price or carbon series; undefined: the one that the sites' tariffs name. */
  series: string | undefined
  /** undefined: the only one. */
  site: string | undefined
  at: Date
}

/** Prices from a CSV, or from a day-ahead document of ENTSO-E. Resolves with the lines of a report; throws ImportRefused. */
export async function importPrices(db: Db, given: SeriesImport): Promise<string[]> {
  const series = given.series ?? onlyOne('price series', (await namedSeries(db)).price, '--series')
  if (!isXml(given.text)) {
    const { slots, problems } = parsePriceCsv(given.text)
    refuse(given.name, problems)
    const count = await storePrices(db, series, slots, given.name, given.at)
    return [`${counted(count, 'price')} of series ${series}, ${span(slots)}.`]
  }
  const read = readDayAhead(given.text, zoneOf(series))
  if (read.kind !== 'prices') throw refusal(given.name, [read.reason])
  if (read.slots.length === 0) throw refusal(given.name, ['it has no prices', ...read.problems])
  const count = await storePrices(db, series, read.slots, given.name, given.at)
  return [...read.problems.map(leftOut), `${counted(count, 'price')} of series ${series}, ${span(read.slots)}.`]
}

/** Carbon intensities from a CSV, or from a document of ENTSO-E with the generation per type. */
export async function importCarbon(db: Db, given: SeriesImport): Promise<string[]> {
  const series = given.series ?? onlyOne('carbon series', (await namedSeries(db)).carbon, '--series')
  const done = (count: number, slots: Parameters<typeof span>[0]): string =>
    `${count} carbon ${count === 1 ? 'intensity' : 'intensities'} of series ${series}, ${span(slots)}.`
  if (!isXml(given.text)) {
    const { slots, problems } = parseCarbonCsv(given.text)
    refuse(given.name, problems)
    return [done(await storeCarbon(db, series, slots, given.name, given.at), slots)]
  }
  const read = readGenerationCarbon(given.text, zoneOf(series))
  if (read.kind !== 'carbon') throw refusal(given.name, [read.reason])
  if (read.slots.length === 0) throw refusal(given.name, ['it has no quarter hour that can be known', ...read.problems])
  const count = await storeCarbon(db, series, read.slots, FACTOR_SOURCE, given.at)
  return [...read.problems.map(leftOut), done(count, read.slots)]
}

/** Temperatures of a site from a CSV, or from an answer of Open-Meteo. */
export async function importWeather(db: Db, given: SeriesImport): Promise<string[]> {
  const { name, text } = given
  const hours = text.trimStart().startsWith('{') ? openMeteoHours(text, name) : csvHours(text, name)
  if (hours.length === 0) throw refusal(given.name, ['it has no temperatures'])
  const site = await siteOf(db, given.site)
  await storeWeather(
    db,
    site,
    [...new Map(hours.map((hour) => [hour.at.getTime(), hour])).values()],
    given.name,
    given.at,
  )
  const times = hours.map((hour) => hour.at.getTime()).sort((a, b) => a - b)
  const [first = 0] = times
  return [
    `${counted(hours.length, 'temperature')} of site ${site}, ${new Date(first).toISOString()} to ${new Date(times.at(-1) ?? first).toISOString()}.`,
  ]
}

function csvHours(text: string, path: string): TemperatureAt[] {
  const { hours, problems } = parseWeatherCsv(text)
  refuse(path, problems)
  return hours
}

function openMeteoHours(text: string, path: string): TemperatureAt[] {
  const parsed = openMeteoAnswer.safeParse(parseJson(text, path))
  if (!parsed.success) throw refusal(path, parsed.error.issues.map(issueLine))
  try {
    return readOpenMeteo(parsed.data)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw refusal(path, [error.message])
  }
}

const tariffEntry = z.strictObject({
  site: z.string().optional(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable().default(null),
  tariff: siteTariff,
})
const tariffFile = z
  .union([tariffEntry.transform((one) => [one]), z.array(tariffEntry).min(1).max(1000)])
  .refine((entries) => entries.every((one) => one.validTo === null || one.validTo > one.validFrom), {
    message: 'a validTo lies before its validFrom',
  })

/** Tariffs with their validity from JSON: one `{ site?, validFrom, validTo?, tariff }`, or a list of them. */
export async function importTariffs(db: Db, given: SeriesImport): Promise<string[]> {
  const parsed = tariffFile.safeParse(parseJson(given.text, given.name))
  if (!parsed.success) throw refusal(given.name, parsed.error.issues.map(issueLine))
  const entries: (z.output<typeof tariffEntry> & { site: string })[] = []
  // Every site is looked for before any tariff is stored.
  for (const entry of parsed.data) entries.push({ ...entry, site: await siteOf(db, entry.site ?? given.site) })
  const lines: string[] = []
  for (const { site, validFrom, validTo, tariff } of entries) {
    await putSiteTariff(db, site, { validFrom, validTo, tariff }, given.at)
    lines.push(`Tariff of site ${site} from ${validFrom} ${validTo === null ? 'on' : `to before ${validTo}`}.`)
  }
  return lines
}

async function siteOf(db: Db, given: string | undefined): Promise<string> {
  const sites = (await siteLocations(db)).map((site) => site.siteId)
  if (given === undefined) return onlyOne('site', sites, '--site')
  if (!sites.includes(given))
    throw new ImportRefused(`There is no site ${given}; there is ${sites.join(', ') || 'none'}.`)
  return given
}

function onlyOne(thing: string, names: readonly string[], option: string): string {
  const [name] = names
  if (name !== undefined && names.length === 1) return name
  const found = names.length === 0 ? 'none is named' : `there are ${names.join(', ')}`
  throw new ImportRefused(`Say which ${thing} is meant, with ${option}: ${found}.`)
}

function zoneOf(series: string): string {
  const zone = entsoeZone(series)
  if (zone !== null) return zone
  throw new ImportRefused(
    `A market document belongs to a bidding zone: name the series after it, like --series entsoe:10YCA-BULGARIA-R.`,
  )
}

function isXml(text: string): boolean {
  return text
    .replace(/^\u{FEFF}/u, '')
    .trimStart()
    .startsWith('<')
}

function refuse(path: string, problems: readonly CsvProblem[]): void {
  if (problems.length > 0)
    throw refusal(
      path,
      problems.map((problem) => `line ${problem.line}: ${problem.message}`),
    )
}

function leftOut(problem: string): string {
  return `Left out: ${problem}.`
}

function span(slots: readonly { startAt: Date; endAt: Date }[]): string {
  return `${slots[0]?.startAt.toISOString()} to ${slots.at(-1)?.endAt.toISOString()}`
}
