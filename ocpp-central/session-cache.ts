import type { Db } from '../db/database.ts'
import { findSession, findSessionAt, type SessionState } from '../db/sessions.ts'

const MOST_SESSIONS = 64

/**
 * The sessions that a connection has to do with, so that a meter value costs no query. Only this station's own messages change them, and
 * those come through this connection; when the process forgets them they are read again.
 */
export interface SessionCache {
  byTransaction(transactionId: string): Promise<SessionState | undefined>
  /** The session that goes on at the EVSE at this instant (0: at the only EVSE of the station). */
  at(evseId: number, at: Date): Promise<SessionState | undefined>
  put(session: SessionState): void
}

export function createSessionCache(db: Db, stationId: string): SessionCache {
  const byTransaction = new Map<string, SessionState>()
  /** Per EVSE, the session that was last found open there; null: none was. */
  const openAt = new Map<number, SessionState | null>()

  function put(session: SessionState): void {
    byTransaction.delete(session.transactionId)
    byTransaction.set(session.transactionId, session)
    const [oldest] = byTransaction.keys()
    if (byTransaction.size > MOST_SESSIONS && oldest !== undefined) byTransaction.delete(oldest)
    const open = openAt.get(session.evseId)
    if (session.endedAt === null && (open === undefined || open === null || open.startedAt <= session.startedAt)) {
      openAt.set(session.evseId, session)
    } else if (open?.number === session.number) {
      openAt.delete(session.evseId)
    }
    openAt.delete(0)
  }

  return {
    put,
    async byTransaction(transactionId) {
      const known = byTransaction.get(transactionId)
      if (known !== undefined) return known
      const found = await findSession(db, stationId, transactionId)
      if (found !== undefined) put(found)
      return found
    },
    async at(evseId, at) {
      const open = openAt.get(evseId)
      if (open !== undefined && open !== null && open.startedAt <= at) return open
      const found = await findSessionAt(db, { stationId, evseId, at })
      if (found?.endedAt === null) openAt.set(evseId, found)
      return found
    },
  }
}
