import { readFile } from 'node:fs/promises'
import { fleetFile, type FleetFile } from '../../domain/fleet-file.ts'
import { fleetOfFile } from '../../domain/fleet-of-file.ts'
import type { Fleet } from '../../domain/fleet.ts'
import { addDays, localDate, serviceInstant } from '../../domain/service-time.ts'
import { SLOT_MS } from '../../domain/slots.ts'
import { buildInstance } from '../../scheduler/build-instance.ts'
import { rangeM } from '../../domain/energy/block-need.ts'
import { assumedTemperature } from '../../domain/energy/consumption.ts'
import { planInstance, type PlanInstance } from '../../scheduler/plan/instance.ts'
import { parsePriceCsv } from '../../scheduler/prices/csv.ts'
import { networkPrice } from '../../domain/tariff/network-price.ts'
import { toQuarterHours } from '../../scheduler/prices/price-slots.ts'
import { zoneTariff } from '../../scheduler/prices/zone-tariff.ts'
import { assignBlocks } from '../../scheduler/timetable/assign-blocks.ts'
import { readFeed } from '../../scheduler/timetable/read-feed.ts'
import { timetableBlocks } from '../../scheduler/timetable/timetable-blocks.ts'
import { decodeText } from '../../scheduler/imports/decode-text.ts'
import { readFeedFiles } from './feed-files.ts'

/** What was given cannot be planned. The message says why, one line for each reason. */
export class PlanRefused extends Error {
  override name = 'PlanRefused'
}

/** What is to be planned, and what people call it. */
export interface PlanInput {
  instance: PlanInstance
  title: string
  /** Names of vehicles for people, by id. */
  labels: ReadonlyMap<string, string>
  /** The block that each visit leaves for, as `vehicle/visit`. */
  leavesFor: ReadonlyMap<string, string>
  /** What is taken for granted, as sentences. */
  notes: string[]
}

/** Half a day of the eve, so that the night's charging is in the plan, and the whole of the day. */
const HORIZON_SLOTS = 144
const NOON_S = 12 * 3600
const HOUR_MS = 3_600_000

/** The instance in a JSON file. */
export async function inputFromInstance(path: string): Promise<PlanInput> {
  const parsed = planInstance.safeParse(parseJson(await readText(path), path))
  if (!parsed.success) throw new PlanRefused(problemLines(path, parsed.error.issues))
  return { instance: parsed.data, title: 'Charging plan', labels: new Map(), leavesFor: new Map(), notes: [] }
}

export interface TimetableInput {
  gtfs: readonly string[]
  fleet: string
  /** Service day, `YYYY-MM-DD`. */
  date: string
  site: string | undefined
  prices: string | undefined
}

/** The instance of one depot for one day of a timetable: from noon of the eve to the day's end. */
export async function inputFromTimetable(given: TimetableInput): Promise<PlanInput> {
  const fleet = siteOf(await readFleetFile(given.fleet), given)
  const { site } = fleet
  const { fileName, files } = await readFeedFiles(given.gtfs)
  const { timetable, report } = readFeed(files, { fileName, today: given.date })
  if (timetable === null) throw new PlanRefused(`${fileName}: ${report.refused?.in('en') ?? 'the feed cannot be used'}`)
  if (timetable.trips.every((trip) => trip.blockId === null)) {
    throw new PlanRefused(
      `${fileName}: no trip has a block_id, so nobody can know which trips one vehicle drives and what it needs; ask for a feed with blocks, or lay TODS runs over it`,
    )
  }
  const now = serviceInstant(addDays(given.date, -1), site.timeZone, NOON_S)
  const end = new Date(now.getTime() + HORIZON_SLOTS * SLOT_MS)
  const known = timetableBlocks(timetable, {
    from: new Date(now.getTime() - 36 * HOUR_MS),
    to: new Date(end.getTime() + 24 * HOUR_MS),
  })
  const ofTheDay = known.filter((block) => block.date === given.date)
  if (ofTheDay.length === 0) {
    throw new PlanRefused(
      `${fileName}: no block runs on ${given.date}; the feed is for ${timetable.startDate} to ${timetable.endDate}`,
    )
  }
  const temperatureC = assumedTemperature(site, now).celsius
  const types = new Map(fleet.vehicleTypes.map((type) => [type.typeId, type]))
  const vehicles = fleet.vehicles.flatMap((vehicle) => {
    const type = types.get(vehicle.typeId)
    return type === undefined ? [] : [{ vehicleId: vehicle.vehicleId, rangeM: rangeM(type, temperatureC) }]
  })
  const { assignments, unassigned } = assignBlocks(known, vehicles)
  const vehicleOf = new Map(assignments.map((one) => [`${one.date} ${one.blockId}`, one.vehicleId]))
  const blocks = known.map((block) => {
    const vehicleId = vehicleOf.get(`${block.date} ${block.blockId}`)
    return vehicleId === undefined ? block : { ...block, vehicleId, assignedBy: 'automatic' as const }
  })
  const { instance, context } = buildInstance({
    ...fleet,
    blocks,
    now,
    horizonSlots: HORIZON_SLOTS,
    prices: await slotPrices(fleet, given.prices, now),
  })
  return {
    instance,
    title: `${site.name}: ${given.date}`,
    labels: new Map(fleet.vehicles.map((vehicle) => [vehicle.vehicleId, vehicle.label])),
    leavesFor: new Map(
      context.visits.flatMap((visit) =>
        visit.leavesFor === null ? [] : [[`${visit.vehicleId}/${visit.visit}`, visit.leavesFor.blockId]],
      ),
    ),
    notes: [
      `${ofTheDay.length} blocks on ${given.date}, ${ofTheDay.length - unassigned.filter((one) => one.date === given.date).length} of them with a vehicle.`,
      ...summed(
        unassigned.map((one) => `Block ${one.blockId} of ${one.date} has no vehicle: ${one.reason}.`),
        'blocks',
      ),
      ...summed(
        assignments.flatMap((one) => (one.note === null ? [] : [`Block ${one.blockId}: ${one.note}.`])),
        'blocks',
      ),
      ...summed(
        context.unplanned.map((one) => `${one.vehicleId} is not planned: ${one.reason}.`),
        'vehicles',
      ),
      ...[...Map.groupBy(context.assumed, (one) => one.kind).values()].flatMap((ones) =>
        summed(
          ones.map((one) => one.sentence),
          'such cases',
        ),
      ),
    ],
  }
}

function siteOf(file: FleetFile, given: TimetableInput): Fleet {
  const siteId = given.site ?? file.sites[0]?.id
  const sites = file.sites.map((site) => site.id).join(', ')
  if (given.site === undefined && file.sites.length > 1)
    throw new PlanRefused(`${given.fleet} has several sites; say which with --site: ${sites}`)
  if (file.sites.every((site) => site.id !== siteId))
    throw new PlanRefused(`${given.fleet} has no site ${siteId}, but ${sites}`)
  return fleetOfFile(file, siteId)
}

async function readFleetFile(path: string): Promise<FleetFile> {
  const parsed = fleetFile.safeParse(parseJson(await readText(path), path))
  if (!parsed.success) throw new PlanRefused(problemLines(path, parsed.error.issues))
  return parsed.data
}

/** EUR per kWh, network charges included: from the price file, else from the tariff's zones. */
async function slotPrices({ site }: Fleet, pricesPath: string | undefined, now: Date): Promise<number[]> {
  const end = new Date(now.getTime() + HORIZON_SLOTS * SLOT_MS)
  const network = site.tariff === null ? () => 0 : networkPrice(site.tariff, site.timeZone)
  const networkEur = (slot: number): number => network(now.getTime() + slot * SLOT_MS) / 1e6
  if (pricesPath !== undefined) {
    const { slots, problems } = parsePriceCsv(await readText(pricesPath))
    if (problems.length > 0) {
      throw new PlanRefused(
        problems
          .slice(0, 20)
          .map((one) => `${pricesPath}, line ${one.line}: ${one.said.in('en')}`)
          .join('\n'),
      )
    }
    return toQuarterHours(slots, now, HORIZON_SLOTS).map((price, slot) => {
      if (price !== null) return price / 1e6 + networkEur(slot)
      const at = new Date(now.getTime() + slot * SLOT_MS).toISOString()
      throw new PlanRefused(`${pricesPath} has no price for ${at} (${localDate(new Date(at), site.timeZone)} there)`)
    })
  }
  const zones = site.tariff?.zones
  if (zones === undefined) {
    throw new PlanRefused(
      `site ${site.siteId} has no tariff zones in the fleet file; give prices with --prices prices.csv`,
    )
  }
  const quarters = toQuarterHours(
    await zoneTariff(zones, site.timeZone, site.tariff?.holidays).prices(now, end),
    now,
    HORIZON_SLOTS,
  )
  if (quarters.includes(null)) {
    throw new PlanRefused(
      `the tariff zones of site ${site.siteId} leave hours without a price; add a zone for all days from 00:00 to 24:00`,
    )
  }
  return quarters.map((price, slot) => (price ?? 0) / 1e6 + networkEur(slot))
}

function problemLines(path: string, issues: readonly { path: PropertyKey[]; message: string }[]): string {
  const lines = issues.slice(0, 20).map((issue) => `${path}: ${fieldPath(issue.path)}: ${issue.message}`)
  return [...lines, ...(issues.length > 20 ? [`${path}: … and ${issues.length - 20} more`] : [])].join('\n')
}

/** `vehicles[3].visits[0].arrive`. */
function fieldPath(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  return text === '' ? 'the whole file' : text.replace(/^\./, '')
}

async function readText(path: string): Promise<string> {
  try {
    return decodeText(await readFile(path))
  } catch (error) {
    throw new PlanRefused(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new PlanRefused(`${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The first two of many similar sentences, and how many more there are. */
function summed(sentences: readonly string[], what: string): string[] {
  return sentences.length <= 3
    ? [...sentences]
    : [...sentences.slice(0, 2), `… and ${sentences.length - 2} more ${what} like these.`]
}
