import { z } from 'zod'
import { storeCarbon } from '../../db/carbon.ts'
import type { Db } from '../../db/database.ts'
import { storePrices } from '../../db/prices.ts'
import { siteLocations } from '../../db/site-locations.ts'
import { namedSeries, putSiteTariff } from '../../db/tariffs.ts'
import { storeWeather } from '../../db/weather.ts'
import { issueAt, refusing } from '../../domain/sentences/issue-sentence.ts'
import type { Said } from '../../domain/sentences/said.ts'
import { SaidError } from '../../domain/sentences/said-error.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { entsoeZone } from '../../domain/tariff/market-fetch.ts'
import { siteTariff } from '../../domain/tariff/tariff.ts'
import { openMeteoAnswer, readOpenMeteo, type TemperatureAt } from '../../domain/weather/open-meteo.ts'
import { parseCarbonCsv, parsePriceCsv, parseWeatherCsv } from '../prices/csv.ts'
import { readDayAhead } from '../prices/entsoe/day-ahead.ts'
import { FACTOR_SOURCE } from '../prices/entsoe/generation-factors.ts'
import { readGenerationCarbon } from '../prices/entsoe/generation.ts'
import type { CsvProblem } from '../prices/series-csv.ts'
import { counted } from './counted.ts'
import { ImportRefused, parseJson, refusal } from './import-refused.ts'
import { problemAtLine } from './problem-at-line.ts'

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
export async function importPrices(db: Db, given: SeriesImport): Promise<Sentence[]> {
  const series = given.series ?? onlyOne('whichPriceSeries', (await namedSeries(db)).price)
  const pricesLine = (n: number, slots: Slots): Sentence =>
    say('pricesStored', { prices: counted(n, 'price'), series, ...span(slots) })
  if (!isXml(given.text)) {
    const { slots, problems } = parsePriceCsv(given.text)
    refuse(given.name, problems)
    const count = await storePrices(db, series, slots, given.name, given.at)
    return [pricesLine(count, slots)]
  }
  const read = readDayAhead(given.text, zoneOf(series))
  if (read.kind !== 'prices') throw because(given.name, read.reason)
  if (read.slots.length === 0) throw refusal(given.name, [say('fileNoPrices'), ...read.problems])
  const count = await storePrices(db, series, read.slots, given.name, given.at)
  return [...read.problems.map(leftOut), pricesLine(count, read.slots)]
}

/** Carbon intensities from a CSV, or from a document of ENTSO-E with the generation per type. */
export async function importCarbon(db: Db, given: SeriesImport): Promise<Sentence[]> {
  const series = given.series ?? onlyOne('whichCarbonSeries', (await namedSeries(db)).carbon)
  const done = (n: number, slots: Slots): Sentence =>
    say('pricesStored', { prices: counted(n, 'intensity'), series, ...span(slots) })
  if (!isXml(given.text)) {
    const { slots, problems } = parseCarbonCsv(given.text)
    refuse(given.name, problems)
    return [done(await storeCarbon(db, series, slots, given.name, given.at), slots)]
  }
  const read = readGenerationCarbon(given.text, zoneOf(series))
  if (read.kind !== 'carbon') throw because(given.name, read.reason)
  if (read.slots.length === 0) throw refusal(given.name, [say('fileNoQuarters'), ...read.problems])
  const count = await storeCarbon(db, series, read.slots, FACTOR_SOURCE, given.at)
  return [...read.problems.map(leftOut), done(count, read.slots)]
}

/** Temperatures of a site from a CSV, or from an answer of Open-Meteo. */
export async function importWeather(db: Db, given: SeriesImport): Promise<Sentence[]> {
  const { name, text } = given
  const hours = text.trimStart().startsWith('{') ? openMeteoHours(text, name) : csvHours(text, name)
  if (hours.length === 0) throw refusal(given.name, [say('fileNoTemperatures')])
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
    say('temperaturesStored', {
      temperatures: counted(hours.length, 'temperature'),
      site,
      from: new Date(first).toISOString(),
      to: new Date(times.at(-1) ?? first).toISOString(),
    }),
  ]
}

function csvHours(text: string, path: string): TemperatureAt[] {
  const { hours, problems } = parseWeatherCsv(text)
  refuse(path, problems)
  return hours
}

function openMeteoHours(text: string, path: string): TemperatureAt[] {
  const given = parseJson(text, path)
  const parsed = openMeteoAnswer.safeParse(given)
  if (!parsed.success)
    throw refusal(
      path,
      parsed.error.issues.map((issue) => issueAt(issue, given)),
    )
  try {
    return readOpenMeteo(parsed.data)
  } catch (error) {
    if (!(error instanceof SaidError)) throw error
    throw refusal(path, [error.sentence])
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
  .refine(
    (entries) => entries.every((one) => one.validTo === null || one.validTo > one.validFrom),
    refusing(say('validToFirst')),
  )

/** Tariffs with their validity from JSON: one `{ site?, validFrom, validTo?, tariff }`, or a list of them. */
export async function importTariffs(db: Db, given: SeriesImport): Promise<Sentence[]> {
  const file = parseJson(given.text, given.name)
  const parsed = tariffFile.safeParse(file)
  if (!parsed.success)
    throw refusal(
      given.name,
      parsed.error.issues.map((issue) => issueAt(issue, file)),
    )
  const entries: (z.output<typeof tariffEntry> & { site: string })[] = []
  // Every site is looked for before any tariff is stored.
  for (const entry of parsed.data) entries.push({ ...entry, site: await siteOf(db, entry.site ?? given.site) })
  const lines: Sentence[] = []
  for (const { site, validFrom, validTo, tariff } of entries) {
    await putSiteTariff(db, site, { validFrom, validTo, tariff }, given.at)
    const since = { site, from: validFrom }
    lines.push(validTo === null ? say('tariffFrom', since) : say('tariffSpan', { ...since, to: validTo }))
  }
  return lines
}

async function siteOf(db: Db, given: string | undefined): Promise<string> {
  const sites = (await siteLocations(db)).map((site) => site.siteId)
  if (given === undefined) return onlyOne('whichSite', sites)
  if (!sites.includes(given))
    throw new ImportRefused(
      sites.length === 0
        ? say('noSiteAtAll', { site: given })
        : say('noSuchSite', { site: given, sites: sites.join(', ') }),
    )
  return given
}

function onlyOne(which: 'whichPriceSeries' | 'whichCarbonSeries' | 'whichSite', names: readonly string[]): string {
  const [name] = names
  if (name !== undefined && names.length === 1) return name
  const found = names.length === 0 ? say('noneNamed') : say('theseNamed', { names: names.join(', ') })
  throw new ImportRefused(say(which, { found }))
}

function zoneOf(series: string): string {
  const zone = entsoeZone(series)
  if (zone !== null) return zone
  throw new ImportRefused(say('whichZone'))
}

function isXml(text: string): boolean {
  return text
    .replace(/^\u{FEFF}/u, '')
    .trimStart()
    .startsWith('<')
}

function refuse(path: string, problems: readonly CsvProblem[]): void {
  if (problems.length > 0) throw refusal(path, problems.map(problemAtLine))
}

/** A market's reason may be its own, in its own language. */
function because(path: string, reason: Said): ImportRefused {
  return refusal(path, [say('documentRefused', { reason })])
}

function leftOut(problem: Sentence): Sentence {
  return say('leftOut', { problem })
}

type Slots = readonly { startAt: Date; endAt: Date }[]

function span(slots: Slots): { from: string; to: string } {
  return { from: slots[0]?.startAt.toISOString() ?? '', to: slots.at(-1)?.endAt.toISOString() ?? '' }
}
