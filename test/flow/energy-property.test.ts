import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { datesWithEnergy, rebuildDay } from '../../db/energy-rebuild.ts'
import { insertSamples } from '../../db/meter-samples.ts'
import { refreshPeaks } from '../../db/peaks.ts'
import { findSession } from '../../db/sessions.ts'
import { startSession } from '../../db/start-session.ts'
import { stopSession } from '../../db/stop-session.ts'
import { countEnergy } from '../../scheduler/jobs/energy-intervals.ts'
import type { JobContext } from '../../scheduler/jobs/jobs.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const MINUTE = 60_000
const begin = Date.parse('2026-11-23T03:07:11Z')
const received = Date.parse('2026-11-25T00:00:00Z')

interface Reading {
  evseId: number
  atMs: number
  registerWh: number
  /** `start` and `stop` are told with the session, `sample` by itself. */
  kind: 'start' | 'sample' | 'stop'
  /** Which session of the EVSE; null: none. */
  session: number | null
}

/** A day of a meter: it rises, begins anew at zero, is silent for hours, and sessions begin and end on it. */
function dayOf(evseId: number, steps: readonly [wait: number, energyWh: number, kind: number][]): Reading[] {
  const readings: Reading[] = []
  let atMs = begin
  let registerWh = 4_000_000
  let session: number | null = null
  let sessions = 0
  let samples = 0
  for (const [i, [wait, energyWh, kind]] of steps.entries()) {
    atMs += wait * 1000 + (kind === 1 ? 5 * 60 * MINUTE : 0)
    const toggles = kind === 0
    // At a stop nobody could tell it from a stop that counts from the plug-in.
    const stops = session !== null && (toggles || i === steps.length - 1)
    const anew = kind === 2 && !toggles && !stops && (session === null || samples > 0) && registerWh - energyWh > 1000
    registerWh = anew ? energyWh : registerWh + energyWh
    if (toggles && session === null) {
      session = sessions
      sessions += 1
      samples = 0
      readings.push({ evseId, atMs, registerWh, kind: 'start', session })
    } else if (stops) {
      readings.push({ evseId, atMs, registerWh, kind: 'stop', session })
      session = null
    } else {
      samples += 1
      readings.push({ evseId, atMs, registerWh, kind: 'sample', session })
    }
  }
  return readings
}

/** What a person with the meter's log would add up: rises, and after a fall what the register shows. */
function addedUp(readings: readonly Reading[]): number {
  return readings.slice(1).reduce((sum, reading, i) => {
    const risen = reading.registerWh - (readings[i]?.registerWh ?? 0)
    return sum + (risen >= 0 ? risen : reading.registerWh)
  }, 0)
}

const steps = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 2400 }), fc.integer({ min: 0, max: 9000 }), fc.integer({ min: 0, max: 9 })),
  { minLength: 2, maxLength: 25 },
)
const days = fc.record({
  evses: fc.tuple(steps, steps),
  // How far each message is late, in messages, and after which the job runs.
  late: fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 50, maxLength: 50 }),
  runs: fc.uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 6 }),
})

/** Messages in the order in which they arrive. A start comes before what belongs to its session; everything else may be late. */
function arrivals(readings: readonly Reading[], late: readonly number[]): Reading[] {
  const placed = readings.map((reading, i) => ({ reading, place: i + (reading.kind === 'start' ? 0 : (late[i] ?? 0)) }))
  return placed.sort((a, b) => a.place - b.place).map((one) => one.reading)
}

async function deliver(db: Db, reading: Reading, receivedAt: Date): Promise<void> {
  const { evseId, session } = reading
  const at = new Date(reading.atMs)
  const transactionId = `tx-${evseId}-${session}`
  const known = session === null ? undefined : await findSession(db, 'CP-1', transactionId)
  if (reading.kind === 'start') {
    await startSession(db, {
      stationId: 'CP-1',
      protocol: 'ocpp2.0.1',
      evseId,
      connectorId: 1,
      startKey: transactionId,
      transactionId,
      idToken: 'BUS-1',
      acceptUnknownToken: true,
      at,
      receivedAt,
      meterStartWh: reading.registerWh,
      chargingState: 'Charging',
      pluggedIn: true,
      seqNo: 0,
      flags: {},
    })
  } else if (reading.kind === 'stop') {
    await stopSession(db, {
      stationId: 'CP-1',
      protocol: 'ocpp2.0.1',
      session: known,
      transactionId,
      meterStopWh: reading.registerWh,
      at,
      receivedAt,
      reason: 'Local',
      idToken: null,
      chargingState: null,
      flags: {},
    })
  } else {
    await insertSamples(db, [
      {
        stationId: 'CP-1',
        evseId,
        connectorId: 1,
        sessionNumber: known?.number ?? null,
        at,
        stationAt: null,
        receivedAt,
        context: 'Sample.Periodic',
        registerWh: reading.registerWh,
        powerW: null,
        offeredW: null,
        socPercent: null,
        currentA: null,
        voltageV: null,
      },
    ])
  }
}

async function everything(db: Db) {
  const energy = (one: { energy_wh: number }) => ({ ...one, energy_wh: Number(one.energy_wh) })
  return {
    intervals: await db
      .selectFrom('energy_interval')
      .selectAll()
      .orderBy('evse_id')
      .orderBy('start_at')
      .orderBy('session_number')
      .execute(),
    sessions: await db.selectFrom('session_energy').selectAll().orderBy('session_number').execute(),
    quarters: (await db.selectFrom('energy_quarter').selectAll().orderBy('start_at').execute()).map(energy),
    days: (
      await db.selectFrom('energy_day').selectAll().orderBy('date').orderBy('evse_id').orderBy('vehicle_id').execute()
    ).map(energy),
    peaks: await db.selectFrom('monthly_peak').selectAll().execute(),
  }
}

const RUNS = process.env['TEST_DATABASE_URL'] === undefined ? 6 : 12

test('on random days with resets, silences and late messages, the intervals add up to the registers, and counting bit by bit is counting all at once', async () => {
  await fc.assert(
    fc.asyncProperty(days, async ({ evses, late, runs }) => {
      const db = await emptyDatabase()
      await enterDepot(db, { stationIds: ['CP-1'], evsesPerStation: 2 })
      const perEvse = evses.map((each, i) => dayOf(i + 1, each))
      const messages = arrivals(
        perEvse.flat().sort((a, b) => a.atMs - b.atMs),
        late,
      )
      let clock = received
      const count = () => countEnergy({ db, now: () => new Date(clock) } as unknown as JobContext)
      for (const [i, message] of messages.entries()) {
        clock += MINUTE
        await deliver(db, message, new Date(clock))
        if (runs.includes(i)) await count()
      }
      await count()
      const counted = await everything(db)

      const sum = (rows: readonly { energy_wh: number }[]) =>
        rows.reduce((total, row) => total + Number(row.energy_wh), 0)
      const expected = perEvse.map(addedUp)
      expect(expected.map((_, i) => sum(counted.intervals.filter((row) => row.evse_id === i + 1)))).toEqual(expected)
      const total = expected.reduce((a, b) => a + b, 0)
      expect(sum(counted.quarters)).toBe(total)
      expect(sum(counted.days)).toBe(total)
      const sessions = await db.selectFrom('charging_session').selectAll().execute()
      for (const session of sessions) {
        const own = perEvse.flat().filter((one) => session.transaction_id === `tx-${one.evseId}-${one.session}`)
        const rows = counted.intervals.filter((row) => row.session_number === session.number)
        expect(sum(rows)).toBe(addedUp(own))
        if (session.ended_at !== null) expect(Number(session.energy_wh)).toBe(addedUp(own))
      }

      // Added up anew from the intervals, it is the same.
      for (const table of ['energy_quarter', 'energy_day', 'monthly_peak'] as const)
        await db.deleteFrom(table).execute()
      for (const { siteId, date } of await datesWithEnergy(db, { from: null, to: null })) {
        await refreshPeaks(db, await rebuildDay(db, siteId, date))
      }
      expect(await everything(db)).toEqual(counted)

      for (const table of [
        'energy_interval',
        'session_energy',
        'energy_quarter',
        'energy_day',
        'monthly_peak',
        'setting',
      ] as const) {
        await db.deleteFrom(table).execute()
      }
      await count()
      expect(await everything(db)).toEqual(counted)
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
}, 120_000)
