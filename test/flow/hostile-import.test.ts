import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readFeedFiles } from '../../runtime/cli/feed-files.ts'
import { readFeed } from '../../scheduler/timetable/read-feed.ts'

const EXAMPLE = new URL('../../examples/blagoevgrad/', import.meta.url).pathname

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zaryad-hostile-'))
})
afterAll(() => rm(folder, { recursive: true }))

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

/** The example's feed with each of its files passed through `change`. */
async function feedWith(change: (text: string) => Buffer) {
  const copy = await mkdtemp(join(folder, 'feed-'))
  await cp(join(EXAMPLE, 'gtfs'), copy, { recursive: true })
  for (const name of ['stops.txt', 'routes.txt', 'trips.txt']) {
    await writeFile(join(copy, name), change(await readFile(join(copy, name), 'utf8')))
  }
  const { files } = await readFeedFiles([copy])
  return readFeed(files, { fileName: 'feed', today: '2026-11-23' })
}

test('a feed with NUL characters is read without them, and says so', async () => {
  const { timetable, report } = await feedWith((text) => Buffer.from(text.replaceAll('а', '\0а')))
  expect(JSON.stringify(timetable)).not.toContain('\\u0000')
  expect(JSON.stringify(report)).toContain('NUL characters taken out')
})

test('a feed in UTF-16 is read without a word of complaint', async () => {
  const plain = await feedWith((text) => Buffer.from(text))
  const wide = await feedWith((text) => Buffer.from(`\uFEFF${text}`, 'utf16le'))
  expect(wide).toEqual(plain)
})

test('a fleet file as Windows writes it is stored; one that is not JSON is refused in one line', async () => {
  const fleet = await readFile(join(EXAMPLE, 'fleet.json'), 'utf8')
  const path = join(folder, 'fleet.json')
  await writeFile(path, Buffer.from(`\uFEFF${fleet}`, 'utf16le'))
  expect(await importCommand('fleet', path)).toMatchObject({ code: 0, text: expect.stringContaining('Stored in') })
  await writeFile(path, '['.repeat(200_000))
  const { code, text } = await importCommand('fleet', path)
  expect([code, text.trim().split('\n').length, text.includes('    at ')]).toEqual([1, 1, false])
})
