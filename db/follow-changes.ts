import type { Db } from './database.ts'
import { changesSince, liveHorizon, type Change } from './live-changes.ts'

/** Follows what changes in the database from one look to the next; whoever has one reads everything after it was made. */
export interface ChangeFollower {
  /** Every change below it is known. */
  readonly horizon: number
  /** The rows changed since the look before, each once. */
  look(): Promise<Change[]>
}

export async function followChanges(db: Db): Promise<ChangeFollower> {
  let known = await liveHorizon(db)
  let seen = new Map<string, number>()
  const keyOf = (change: Change): string => `${change.kind} ${change.id}`
  return {
    get horizon() {
      return known
    },
    async look() {
      const horizon = await liveHorizon(db)
      const changes = await changesSince(db, known)
      const news = changes.filter((change) => seen.get(keyOf(change)) !== change.changeSeq)
      seen = new Map(
        changes.filter((change) => change.changeSeq >= horizon).map((change) => [keyOf(change), change.changeSeq]),
      )
      known = horizon
      return news
    },
  }
}
