import { expect, test } from 'vitest'
import { createLog } from '../../runtime/log.ts'
import { emptyDatabase } from '../support/database.ts'

function logTo(isTTY: boolean) {
  const lines: string[] = []
  const log = createLog('info', { isTTY, write: (line: string) => lines.push(line) })
  return { log, lines }
}

test('into a file or a pipe each line is one JSON object, and what is below the level stays out', () => {
  const { log, lines } = logTo(false)
  log.debug({}, 'not this')
  log.warn({ stationId: 'CP-1', error: new Error('cable gone') }, 'a station left')
  expect(lines).toHaveLength(1)
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'warn',
    msg: 'a station left',
    stationId: 'CP-1',
    error: { message: 'cable gone' },
  })
})

test('on a terminal a line is a time, a sentence and its fields', () => {
  const { log, lines } = logTo(true)
  log.info({ stationId: 'CP-1', ports: [1, 2] }, 'a station came')
  expect(lines[0]).toMatch(/^\d\d:\d\d:\d\d a station came.* stationId=CP-1 ports=\[1,2\]\n$/)
})

test('no password comes out, neither in a field nor inside an address or an error', () => {
  for (const terminal of [true, false]) {
    const { log, lines } = logTo(terminal)
    log.error(
      {
        database: 'postgres://zaryad:p%40ssw0rd@db:5432/zaryad',
        password: 'p@ssw0rd',
        error: new Error('cannot reach postgres://zaryad:p@ssw0rd@db:5432/zaryad'),
      },
      'no database at postgres://:p@ssw0rd@db/',
    )
    expect(lines.join('')).not.toMatch(/ssw0rd/)
    expect(lines.join('')).toContain('postgres://zaryad:***@db:5432/zaryad')
  }
})

test('an error of the database is told without the values of its statement, which may be tokens', async () => {
  const db = await emptyDatabase()
  const token = { value: 'SECRET-CARD', type: 'ISO14443', label: null, vehicle_id: null, expires_at: null }
  await db.insertInto('token').values(token).execute()
  const error: unknown = await db
    .insertInto('token')
    .values(token)
    .execute()
    .catch((reason: unknown) => reason)
  for (const terminal of [true, false]) {
    const { log, lines } = logTo(terminal)
    log.error({ error: new Error('not stored', { cause: error }) }, 'a card')
    log.error({ error }, 'a card')
    expect(lines.join('')).toContain('token_pkey')
    expect(lines.join('')).not.toContain('SECRET-CARD')
  }
})
