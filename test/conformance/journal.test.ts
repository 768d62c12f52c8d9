import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { createJournal, type Journal } from '../../db/journal.ts'
import type { LoggedFrame } from '../../db/message-log.ts'
import { startCentral } from '../support/central.ts'
import { bootRequest, connectCharger } from '../support/charger.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const at = new Date('2026-11-23T20:00:00Z')

function frame(messageId: string, changes: Partial<LoggedFrame> = {}): LoggedFrame {
  return {
    at,
    stationId: 'CP-1',
    direction: 'in',
    messageType: 2,
    messageId,
    action: 'Heartbeat',
    errorCode: null,
    frame: `[2,"${messageId}","Heartbeat",{}]`,
    ...changes,
  }
}

async function logged(db: Db): Promise<(string | null)[]> {
  const rows = await db.selectFrom('message_log').select('message_id').orderBy('id').execute()
  return rows.map((row) => row.message_id)
}

test('what was written is there when the promise resolves, however many write at once', async () => {
  const db = await emptyDatabase()
  const journal = createJournal(db)
  await Promise.all(
    Array.from({ length: 500 }, async (_, i) => {
      await journal.write({ frames: [frame(String(i))] })
      if (i % 100 === 0) expect(await logged(db)).toContain(String(i))
    }),
  )
  expect(await logged(db)).toHaveLength(500)
})

test('a value that no column takes fails its own entry only', async () => {
  const db = await emptyDatabase()
  const journal = createJournal(db)
  const outcomes = await Promise.allSettled([
    journal.write({ frames: [frame('good')] }),
    journal.write({ frames: [frame('bad', { messageType: 99_999 })] }),
    journal.write({ frames: [frame('good too')] }),
  ])
  expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(await logged(db)).toEqual(['good', 'good too'])
})

test('last values of a busy session are written at once, then gathered, and lose nothing', async () => {
  const db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
  let real = 0
  const journal = createJournal(db, { lastValuesEveryMs: 1000, clock: () => real })
  const power = async () => (await db.selectFrom('evse').select('power_w').executeTakeFirstOrThrow()).power_w
  const write = (second: number, powerW: number, settle = false) =>
    journal.write({
      settle,
      latest: [
        {
          stationId: 'CP-1',
          evseId: 1,
          sessionNumber: null,
          at: new Date(at.getTime() + second * 1000),
          meterStartWh: null,
          meterLastWh: null,
          energyWh: null,
          socPercent: null,
          powerW,
          seqNo: null,
        },
      ],
    })
  await write(1, 1000)
  expect(await power()).toBe(1000)
  await write(2, 2000)
  await write(3, 3000)
  expect(await power()).toBe(1000)
  await write(4, 4000, true)
  expect(await power()).toBe(4000)
  await write(5, 5000)
  real = 1001
  await write(6, 6000)
  expect(await power()).toBe(6000)
  await write(7, 7000)
  await journal.flush()
  expect(await power()).toBe(7000)
})

test.each([
  ['what is to be settled', { lastValuesEveryMs: 10_000 }, true],
  ['everything, where nothing is gathered', { lastValuesEveryMs: 0 }, false],
] as const)(
  'last values of %s are there when the promise resolves, whichever commits are under way',
  async (_, options, settle) => {
    const db = await emptyDatabase()
    const stationIds = Array.from({ length: 40 }, (_unused, i) => `CP-${i}`)
    await enterDepot(db, { stationIds })
    const journal = createJournal(db, { ...options, gatherMs: 0 })
    const told = async (id: string) =>
      (await db.selectFrom('station').select('quirks').where('id', '=', id).executeTakeFirstOrThrow()).quirks
    await Promise.all(
      stationIds.map(async (stationId) => {
        for (let times = 1; times <= 5; times += 1) {
          await journal.write({ heard: [{ stationId, at, quirks: { unknownField: 1 } }], settle })
          expect(await told(stationId)).toEqual({ unknownField: times })
        }
      }),
    )
  },
)

test('a message that could not be stored is not answered: the socket closes, and the station sends it again', async () => {
  const db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
  const real = createJournal(db, { lastValuesEveryMs: 0 })
  let failing = false
  // Stands for a database that cannot be reached; everything else is real.
  const journal: Journal = {
    write: (entry) => (failing ? Promise.reject(new Error('Connection terminated')) : real.write(entry)),
    flush: () => real.flush(),
  }
  const central = await startCentral({ db, journal, policy: 'known' })
  const options = { wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp1.6' } as const
  const station = await connectCharger(options)
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  failing = true
  await expect(station.call('Heartbeat', {})).rejects.toThrow(/closed \(1011\)/)
  failing = false
  const again = await connectCharger(options)
  expect(await again.call('Heartbeat', {})).toHaveProperty('currentTime')
  await again.close()
  await central.stop()
})

test('everything that was answered is in the database at the moment of the answer', async () => {
  const central = await startCentral({ policy: 'known', journal: createJournal(await emptyDatabase()) })
  const { db } = central
  await enterDepot(db, { stationIds: ['CP-1'] })
  const station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp1.6' })
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  const { transactionId } = await station.call('StartTransaction', {
    connectorId: 1,
    idTag: 'BUS-1',
    meterStart: 0,
    timestamp: new Date(Date.now() - 3_600_000).toISOString(),
  })
  for (let i = 1; i <= 20; i += 1) {
    await station.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [
        {
          timestamp: new Date(Date.now() - 3_600_000 + i * 60_000).toISOString(),
          sampledValue: [{ value: String(i * 100) }],
        },
      ],
    })
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from meter_sample`.execute(db)
    expect(rows[0]?.n).toBe(i)
  }
  await station.close()
  await central.stop()
  const session = await db.selectFrom('charging_session').select('energy_wh').executeTakeFirstOrThrow()
  expect(session.energy_wh).toBe(2000)
})
