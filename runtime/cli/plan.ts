import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { planCharging } from '../../scheduler/plan/plan-charging.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { UnsupportedInstanceError } from '../../scheduler/plan/unsupported-fields.ts'
import { NoFeedFiles } from './feed-files.ts'
import { FeedRefused } from '../../scheduler/timetable/feed-report.ts'
import { inputFromInstance, inputFromTimetable, PlanRefused, type PlanInput } from './plan-input.ts'
import { planSvg } from './plan-svg.ts'
import { planTable } from './plan-table.ts'

const usage = `npm run plan -- instance.json                                                       a plan for one instance (docs/schema/instance.schema.json)
npm run plan -- --gtfs feed.zip --fleet fleet.json --date 2026-11-23                a plan for one day of a timetable
  --gtfs path      a GTFS zip or folder; again for TODS files to lay over it
  --fleet path     the depot (docs/schema/fleet.schema.json)
  --site id        which site of the fleet file, when it has several
  --date day       the service day; the plan begins at noon of its eve
  --prices path    energy prices (start,eurPerKwh) instead of the tariff’s zones
  --out path       write the plan as JSON
  --svg path       draw the plan
Ends with 0 when there is a plan, 2 when there is none.`

interface Arguments {
  instance: string | undefined
  gtfs: string[]
  fleet: string | undefined
  date: string | undefined
  site: string | undefined
  prices: string | undefined
  out: string | undefined
  svg: string | undefined
}

/** `npm run plan`. Resolves with the exit code. */
async function main(args: readonly string[]): Promise<number> {
  try {
    const given = readArguments(args)
    if (given === 'help') {
      process.stdout.write(`${usage}\n`)
      return 0
    }
    const input = await readInput(given)
    const plan = await planCharging(input.instance, createHighsSolver())
    process.stdout.write(`${planTable(input, plan)}\n`)
    if (given.out !== undefined) await write(given.out, `${JSON.stringify(plan, null, 2)}\n`)
    if (given.svg !== undefined) await write(given.svg, planSvg(input, plan))
    return 0
  } catch (error) {
    if (![PlanRefused, FeedRefused, NoFeedFiles, UnsupportedInstanceError].some((kind) => error instanceof kind))
      throw error
    const { message } = error as Error
    process.stderr.write(`${error instanceof UnsupportedInstanceError ? unsupportedLines(error) : message}\n`)
    return 2
  }
}

function unsupportedLines({ fields }: UnsupportedInstanceError): string {
  const more = fields.length > 20 ? [`… and ${fields.length - 20} more`] : []
  return [...fields.slice(0, 20).map((field) => `not supported yet: ${field}`), ...more].join('\n')
}

function readArguments(args: readonly string[]): Arguments | 'help' {
  const { values, positionals } = parsed(args)
  if (values.help) return 'help'
  const [instance, ...rest] = positionals
  const { gtfs = [], fleet, date, site, prices, out, svg } = values
  if (rest.length > 0) throw new PlanRefused(`only one instance is planned at a time, not also ${rest.join(' ')}`)
  const fromTimetable = gtfs.length > 0 || fleet !== undefined || date !== undefined
  if (instance !== undefined && fromTimetable) throw new PlanRefused('give either an instance or --gtfs, not both')
  if (instance === undefined && !fromTimetable) throw new PlanRefused(`what is to be planned?\n${usage}`)
  if (instance !== undefined && (site !== undefined || prices !== undefined))
    throw new PlanRefused('an instance has its own prices and site: --prices and --site go with --gtfs')
  if (date !== undefined && !isDay(date)) throw new PlanRefused(`--date ${date} is no day; write 2026-11-23`)
  return { instance, gtfs, fleet, date, site, prices, out, svg }
}

/** 30 February is none. */
function isDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(`${date}T`)
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        gtfs: { type: 'string', multiple: true },
        fleet: text,
        date: text,
        site: text,
        prices: text,
        out: text,
        svg: text,
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    throw new PlanRefused(error instanceof Error ? error.message : String(error))
  }
}

function readInput({ instance, gtfs, fleet, date, site, prices }: Arguments): Promise<PlanInput> {
  if (instance !== undefined) return inputFromInstance(instance)
  if (gtfs.length === 0 || fleet === undefined || date === undefined) {
    const missing = [
      gtfs.length === 0 ? '--gtfs' : '',
      fleet === undefined ? '--fleet' : '',
      date === undefined ? '--date' : '',
    ]
    throw new PlanRefused(`a plan from a timetable also needs ${missing.filter((name) => name !== '').join(' and ')}`)
  }
  return inputFromTimetable({ gtfs, fleet, date, site, prices })
}

async function write(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    throw new PlanRefused(`${path} cannot be written: ${error instanceof Error ? error.message : String(error)}`)
  }
}

process.exitCode = await main(process.argv.slice(2))
