import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { DataDirectoryInUse, lockDataDirectory } from '../../runtime/data-directory.ts'

const made: string[] = []

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'zaryad-lock-'))
  made.push(path)
  return path
}

afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true })
})

/** A process of its own that takes the lock and holds it. */
async function holder(directory: string) {
  const module = new URL('../../runtime/data-directory.ts', import.meta.url).href
  const script = `import { lockDataDirectory } from ${JSON.stringify(module)}
    lockDataDirectory(${JSON.stringify(directory)}); console.log('held'); process.stdin.resume()`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return child
}

test('a folder that a running process holds is refused, and the message names the process and the way out', async () => {
  const directory = folder()
  const child = await holder(directory)
  expect(() => lockDataDirectory(directory)).toThrow(DataDirectoryInUse)
  expect(() => lockDataDirectory(directory)).toThrow(new RegExp(`${child.pid}.*\\n.*DATA_DIR.*DATABASE_URL`))
  child.kill('SIGKILL')
  await once(child, 'exit')
})

test('the lock of a process that was killed is taken over', async () => {
  const directory = folder()
  const child = await holder(directory)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const lock = lockDataDirectory(directory)
  expect(JSON.parse(readFileSync(join(directory, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
  lock.release()
  lockDataDirectory(directory).release()
})

test('a lock whose process id now belongs to another program is taken over', () => {
  const directory = folder()
  const lock = lockDataDirectory(directory)
  const standing = JSON.parse(readFileSync(join(directory, 'lock'), 'utf8')) as object
  lock.release()
  writeFileSync(join(directory, 'lock'), JSON.stringify({ ...standing, id: 'old', processStart: 'another' }))
  lockDataDirectory(directory).release()
})

test('half a lock, from a disk that was full, is taken over', () => {
  const directory = folder()
  writeFileSync(join(directory, 'lock'), '{"pid":')
  lockDataDirectory(directory).release()
})

test('the lock of another host counts while it is fresh: two containers on one volume', () => {
  const directory = folder()
  const path = join(directory, 'lock')
  writeFileSync(path, JSON.stringify({ id: 'far', pid: 7, processStart: '1', host: 'another-host' }))
  expect(() => lockDataDirectory(directory)).toThrow(/another-host/)
  const longAgo = new Date(Date.now() - 60_000)
  utimesSync(path, longAgo, longAgo)
  lockDataDirectory(directory).release()
})
