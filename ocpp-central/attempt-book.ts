import { noteConnectionAttempts, type CountedAttempt } from '../db/connection-attempts.ts'
import type { Db } from '../db/database.ts'
import type { ConnectionAttempt } from '../domain/connection-attempt.ts'
import type { Log, Now } from '../domain/ports.ts'

/** Different tries that are kept a writing: of one address, and of all together. What goes beyond is not written down. */
const MOST_OF_ADDRESS = 10
const MOST = 50
const LONGEST_TEXT = 120
const MOST_PROTOCOLS = 8

/** Writes down how chargers knock, so that whoever installs one can see what is wrong. */
export interface AttemptBook {
  note(attempt: ConnectionAttempt): void
  /** Resolves when what was noted is written, or has failed to be. Never rejects: a try is no reason to refuse anybody. */
  flush(): Promise<void>
}

/**
 * A book that gathers the tries of `gatherMs` (real) and writes them at once: whoever tries ten thousand times a second, under ten thousand names, costs one small
 * statement of at most 50 rows in that time.
 */
export function createAttemptBook(where: { db: Db; now: Now; log: Log }, gatherMs = 1000): AttemptBook {
  let gathered = new Map<string, CountedAttempt>()
  let ofAddress = new Map<string, number>()
  let writing: Promise<void> = Promise.resolve()
  let timer: ReturnType<typeof setTimeout> | undefined

  function flush(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const attempts = [...gathered.values()]
    gathered = new Map()
    ofAddress = new Map()
    if (attempts.length > 0)
      writing = writing
        .then(() => noteConnectionAttempts(where.db, attempts))
        .catch((error: unknown) => where.log.error({ error }, 'could not write down how chargers knock'))
    return writing
  }

  return {
    flush,
    note(attempt) {
      const { stationId, outcome } = attempt
      // An IPv4 address as a socket for both kinds writes it.
      const address = attempt.address.replace(/^::ffff:/i, '').slice(0, LONGEST_TEXT)
      const at = where.now()
      const key = `${address} ${outcome} ${stationId ?? ''}`
      const again = gathered.get(key)
      if (again !== undefined) {
        again.tries += 1
        again.lastAt = at
        return
      }
      const sofar = ofAddress.get(address) ?? 0
      if (sofar >= MOST_OF_ADDRESS || gathered.size >= MOST) return
      ofAddress.set(address, sofar + 1)
      gathered.set(key, {
        ...attempt,
        address,
        path: plain(attempt.path),
        // A comma cannot be part of a name.
        protocols: attempt.protocols.slice(0, MOST_PROTOCOLS).map((name) => plain(name.trim()).replaceAll(',', '')),
        tries: 1,
        firstAt: at,
        lastAt: at,
      })
      timer ??= setTimeout(() => void flush(), gatherMs)
    },
  }
}

/** Without a query, which may carry a password, and without what a database cannot keep. */
function plain(text: string): string {
  return text
    .replace(/[?#].*$/s, '')
    .replace(/\p{C}/gu, '\uFFFD')
    .slice(0, LONGEST_TEXT)
}
