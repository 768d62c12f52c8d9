import { randomUUID } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** Another running process owns the folder; the message says which and what to do. */
export class DataDirectoryInUse extends Error {
  override readonly name = 'DataDirectoryInUse'
}

interface Holder {
  /** Tells one lock from the next. */
  id: string
  pid: number
  /** When the process began, as the system tells it: a process id alone may belong to another program by now. */
  processStart: string
  host: string
}

const HEARTBEAT_MS = 5_000
/** A holder on another host (two containers on one volume) cannot be looked up; its file's age tells whether it lives. */
const FOREIGN_HOLDER_LIVES_MS = 4 * HEARTBEAT_MS

/**
 * Takes `directory` for this process alone, making it when it is not there; the embedded database must never be open twice. A lock whose
 * process is gone (`kill -9`, power cut) is taken over. Throws `DataDirectoryInUse` when a running process holds it.
 */
export function lockDataDirectory(directory: string): { release(): void } {
  mkdirSync(directory, { recursive: true })
  const path = join(directory, 'lock')
  const own: Holder = {
    id: randomUUID(),
    pid: process.pid,
    processStart: processStart(process.pid) ?? '',
    host: hostname(),
  }
  const text = JSON.stringify(own)
  for (let attempt = 0; !create(path, text); attempt += 1) {
    const standing = readIfThere(path)
    const holder = standing === null ? null : parseHolder(standing)
    if (holder !== null && isAlive(holder, path)) throw new DataDirectoryInUse(inUseMessage(directory, holder))
    if (attempt === 20) throw new DataDirectoryInUse(`Cannot take the lock ${path}: other processes keep taking it.`)
    if (standing !== null) removeStale(path, standing)
  }
  const heartbeat = setInterval(() => {
    try {
      utimesSync(path, new Date(), new Date())
    } catch {
      // The folder was taken away under us: the database will say so at its next write.
    }
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return {
    release() {
      clearInterval(heartbeat)
      if (readIfThere(path) === text) rmSync(path, { force: true })
    },
  }
}

function create(path: string, text: string): boolean {
  // Written aside and linked in place, so that nobody ever reads half a lock.
  const aside = `${path}.${randomUUID()}`
  try {
    writeFileSync(aside, text)
    linkSync(aside, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

/** Removes the lock that reads `stale`, and puts back any other that came in its place meanwhile. */
function removeStale(path: string, stale: string): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  if (readIfThere(aside) !== stale) linkSync(aside, path)
  rmSync(aside, { force: true })
}

function isAlive(holder: Holder, path: string): boolean {
  if (holder.host !== hostname()) {
    const { mtimeMs } = statSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
    return Date.now() - mtimeMs < FOREIGN_HOLDER_LIVES_MS
  }
  const start = processStart(holder.pid)
  return start !== null && start === holder.processStart
}

/** null: no such process. */
function processStart(pid: number): string | null {
  try {
    // Field 22 of stat(5); the second field is a name in brackets that may itself contain spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return (
      stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .at(19) ?? null
    )
  } catch {
    if (process.platform === 'linux') return null
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null
  } catch {
    return null
  }
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}

/** null: not a lock of ours (a disk that was full when it was written). */
function parseHolder(text: string): Holder | null {
  try {
    const { id, pid, processStart, host } = JSON.parse(text) as Partial<Holder>
    if (id === undefined || pid === undefined || processStart === undefined || host === undefined) return null
    return { id, pid, processStart, host }
  } catch {
    return null
  }
}

function inUseMessage(directory: string, holder: Holder): string {
  const elsewhere = holder.host === hostname() ? '' : ` on ${holder.host}`
  return [
    `Another Zaryad process (${holder.pid}${elsewhere}) is using the database in ${directory}.`,
    'Stop it first, or choose another folder with DATA_DIR. Several processes at once need PostgreSQL (DATABASE_URL).',
  ].join('\n')
}
