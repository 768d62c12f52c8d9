import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ChargingPlan } from '../../domain/charging-plan.ts'
import { planFaults } from '../../scheduler/plan/check-plan.ts'
import { planInstance } from '../../scheduler/plan/instance.ts'
import { minutesIn, smallInstance, smallVehicle } from '../../scheduler/plan/small-instance.ts'

const root = new URL('../..', import.meta.url).pathname
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zaryad-plan-'))
})
afterAll(() => rm(folder, { recursive: true }))

interface Ran {
  code: number
  out: string
  err: string
}

/** `npm run plan -- …`, from the repository's root. */
function plan(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['runtime/cli/plan.ts', ...args], { cwd: root }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
}

async function fileOf(name: string, content: unknown): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

describe('npm run plan -- instance.json', () => {
  test('prints a table and writes the plan and a picture of it', async () => {
    const instance = smallInstance({
      peak: { eurPerKw: 5, soFarKw: 5 },
      carbon: 400,
      vehicles: [
        smallVehicle(),
        smallVehicle({ id: 'bus-<2>', visit: { point: 'p2', depart: minutesIn(30), needSoc: 0.9 } }),
      ],
    })
    const [out, svg] = [join(folder, 'plan.json'), join(folder, 'plan.svg')]
    const ran = await plan(await fileOf('small.json', instance), '--out', out, '--svg', svg)
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toMatch(/bus-1 +Mon 20:00 +Mon 22:00 +80 % +80 % +p1 +30\.0 +3\.00/)
    expect(ran.out).toMatch(/bus-<2> .* 90 % +75 % ! +p2/)
    expect(ran.out).toMatch(/Peak +\d+ kW of 100 kW; charging at will 100 kW/)
    expect(ran.out).toMatch(/Gap +at most 0\.0\d % above the best possible plan/)
    expect(ran.out).toMatch(/Carbon +22 kg CO₂/)
    expect(ran.out).toContain(
      '15.0 kWh short, because it stays 30 min, arrives with 50 % and takes at most 50 kW at p2.',
    )

    const written = JSON.parse(await readFile(out, 'utf8')) as ChargingPlan
    expect(planFaults(planInstance.parse(instance), written)).toEqual([])

    const picture = await readFile(svg, 'utf8')
    expect(picture).toMatch(/^<svg [^>]*role="img" aria-labelledby="plan-title plan-desc"/)
    expect(picture).toContain('1 departure short of charge')
    expect(picture).toContain('bus-&lt;2&gt;')
    expect(picture).toContain('prefers-color-scheme:dark')
    expect(picture).not.toMatch(/NaN|Infinity|undefined|<2>/)
  })

  test.each([
    ['a file that is not there', 'nowhere.json', /nowhere\.json cannot be read/],
    ['two instances', 'a.json b.json', /one instance is planned at a time/],
    ['an unknown option', '--bogus', /Unknown option '--bogus'/],
    ['nothing', '', /^what is to be planned\?/],
    ['a timetable without a fleet', '--gtfs feed.zip', /also needs --fleet and --date/],
    ['a day that is none', '--gtfs feed.zip --fleet f.json --date 2026-02-30', /--date 2026-02-30 is no day/],
  ])('refuses %s with a reason and code 2', async (_, args, reason) => {
    const ran = await plan(...args.split(' ').filter((arg) => arg !== ''))
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(reason)
    expect(ran.err).not.toContain('    at ')
  })

  test('names every field that is wrong or cannot be planned yet, a line each', async () => {
    const wrong = await plan(await fileOf('wrong.json', { ...smallInstance(), price: [1], slots: 8, colour: 'red' }))
    expect(wrong.code).toBe(2)
    expect(
      wrong.err
        .trim()
        .split('\n')
        .map((line) => line.replace(/^.*wrong\.json: /, '')),
    ).toEqual(['the whole file: Unrecognized key: "colour"', 'price: has 1 values, but there are 8 slots'])
    const early = smallInstance({
      vehicles: [smallVehicle({ visit: { point: null, precondition: { kw: 5, minutes: 10 } } })],
    })
    const unsupported = await plan(await fileOf('early.json', early))
    expect(unsupported).toMatchObject({
      code: 2,
      err: 'not supported yet: vehicles[0].visits[0].point null (choice of the point)\nnot supported yet: vehicles[0].visits[0].precondition (heating or cooling before departure)\n',
    })
  })
})

describe('npm run plan -- --gtfs … --fleet … --date …', () => {
  const fleet = 'examples/blagoevgrad/fleet.json'
  const gtfs = 'examples/blagoevgrad/gtfs'

  test('plans every vehicle of a timetable, the night before included', async () => {
    const out = join(folder, 'blagoevgrad.json')
    const ran = await plan(
      '--gtfs',
      gtfs,
      '--gtfs',
      'examples/blagoevgrad/tods',
      '--fleet',
      fleet,
      '--date',
      '2026-11-24',
      '--out',
      out,
    )
    expect(ran).toMatchObject({ code: 0, err: '' })
    expect(ran.out).toContain('2026-11-24 · Mon 12:00 to Wed 00:00 (Europe/Sofia)')
    const written = JSON.parse(await readFile(out, 'utf8')) as ChargingPlan
    expect(new Set(written.visits.map((visit) => visit.vehicle)).size).toBe(6)
    expect(written.status).toBe('optimal')
    expect(written.gap).toBeLessThan(0.005)
    expect(written.peakKw).toBeLessThan(written.uncontrolled.peakKw)
  })

  test('refuses a feed without blocks, with the reason', async () => {
    const trips = (await readFile(join(root, gtfs, 'trips.txt'), 'utf8')).replace('block_id', 'block_number')
    const feed = join(folder, 'blockless')
    await cp(join(root, gtfs), feed, { recursive: true })
    await writeFile(join(feed, 'trips.txt'), trips)
    const ran = await plan('--gtfs', feed, '--fleet', fleet, '--date', '2026-11-24')
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(/^blockless: no trip has a block_id, so nobody can know which trips one vehicle drives/)
  })

  test('refuses a day without service, and prices that do not cover it', async () => {
    const never = await plan('--gtfs', gtfs, '--fleet', fleet, '--date', '2019-01-01')
    expect(never.code).toBe(2)
    expect(never.err).toMatch(/no block runs on 2019-01-01; the feed is for/)
    const prices = await fileOf('prices.csv', 'start,eurPerKwh\n2026-11-23T10:00:00Z,0.1\n2026-11-23T11:00:00Z,0.2\n')
    const unpriced = await plan('--gtfs', gtfs, '--fleet', fleet, '--date', '2026-11-24', '--prices', prices)
    expect(unpriced).toMatchObject({
      code: 2,
      err: expect.stringMatching(/prices\.csv has no price for 2026-11-23T12:00:00/),
    })
  })
})
