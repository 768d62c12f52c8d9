import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockDataDirectory } from '../../runtime/data-directory.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zaryad-import-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs the command as a person does, on an embedded database of its own. */
function importCommand(...args: string[]): Promise<{ code: number; text: string }> {
  const command = new URL('../../runtime/cli/import.ts', import.meta.url).pathname
  const { DATABASE_URL: _, ...environment } = process.env
  const env = { ...environment, DATA_DIR: join(folder, 'data') }
  return new Promise((resolve) => {
    execFile(process.execPath, [command, ...args], { env }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, text: stdout + stderr })
    })
  })
}

test('a command that is not understood says how to write it, and ends with 2', async () => {
  expect(await importCommand('timetable')).toMatchObject({
    code: 2,
    text: expect.stringContaining('npm run import -- gtfs'),
  })
  expect(await importCommand('gtfs', 'a', '--wrong')).toMatchObject({
    code: 2,
    text: expect.stringContaining('--wrong'),
  })
  expect((await importCommand('--help')).code).toBe(0)
})

test('while a server has the embedded database, the import says so and ends with 1', async () => {
  const lock = lockDataDirectory(join(folder, 'data'))
  try {
    const answer = await importCommand('fleet', 'examples/blagoevgrad/fleet.json')
    expect(answer).toMatchObject({ code: 1, text: expect.stringContaining('Stop the server') })
  } finally {
    lock.release()
  }
})

test('the example is stored, and what is wrong with a file is said line by line', async () => {
  const example = (name: string): string => new URL(`../../examples/blagoevgrad/${name}`, import.meta.url).pathname
  const fleet = await importCommand('fleet', example('fleet.json'))
  expect(fleet).toMatchObject({ code: 0, text: expect.stringContaining('3 stations with 6 EVSEs, 6 vehicles') })
  await writeFile(join(folder, 'prices.csv'), 'start,eurPerKwh\n2026-11-23T00:00,0.1\n')
  const prices = await importCommand('prices', join(folder, 'prices.csv'), '--series', 'day-ahead')
  expect(prices).toMatchObject({ code: 1, text: expect.stringContaining('line 2') })
  const nothing = await importCommand('prices', join(folder, 'nothing.csv'), '--series', 'day-ahead')
  expect(nothing).toMatchObject({ code: 1, text: expect.stringContaining('cannot be read') })
  const feed = await importCommand('gtfs', join(folder, 'prices.csv'))
  expect(feed).toMatchObject({ code: 1, text: expect.stringContaining('Refused: the zip is broken') })
}, 120_000)
