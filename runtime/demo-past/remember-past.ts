import type { Db } from '../../db/database.ts'
import type { FleetFile } from '../../domain/fleet-file.ts'
import type { Log } from '../../domain/ports.ts'
import { sitePast } from './demo-past.ts'
import { type AddUp, writePast } from './write-past.ts'

export interface RememberedPast {
  /** What the meters show when the demo begins, in Wh, by station and EVSE: the chargers go on from there. */
  registers: Record<string, Record<number, number>>
  /** Begins to add up the energy of the past, beside everything else. */
  addUp(): void
  /** Resolves when all is added up. */
  untilDone(): Promise<void>
  /** Gives up adding; resolves when nothing is being added any more. */
  stop(): Promise<void>
}

/** Gives the demo's sites the weeks that they have behind them. */
export async function rememberPast(db: Db, fleet: FleetFile, now: Date, log: Log): Promise<RememberedPast> {
  const registers: RememberedPast['registers'] = {}
  const waiting: AddUp[] = []
  for (const site of fleet.sites) {
    const past = await sitePast(db, fleet, site, now)
    for (const evse of past.evses) {
      registers[evse.stationId] = {
        ...registers[evse.stationId],
        [evse.evseId]: past.past.ledger.register(evse),
      }
    }
    waiting.push(await writePast(db, past))
  }
  let stopped = false
  let running = Promise.resolve()
  return {
    registers,
    addUp() {
      const begun = performance.now()
      running = addUpAll(waiting, () => stopped).then(
        () => log.info({ ms: Math.round(performance.now() - begun) }, 'the energy of the past is added up'),
        (error: unknown) => log.error({ error }, 'the energy of the past could not be added up'),
      )
    },
    untilDone: () => running,
    async stop() {
      stopped = true
      await running
    },
  }
}

async function addUpAll(waiting: readonly AddUp[], stopped: () => boolean): Promise<void> {
  for (const addUp of waiting) await addUp(stopped)
}
