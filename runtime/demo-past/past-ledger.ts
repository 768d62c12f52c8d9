import type { EnergyInterval } from '../../db/energy-intervals.ts'
import type { EndedSession } from '../../db/ended-sessions.ts'
import { between } from './dice.ts'
import type { PastEvse } from './past-depot.ts'

/** What a charger draws for itself, in whole Wh an hour. */
const STANDBY_WH = 28
const HOURS_OF_SERVICE = 28_000

/** Like `EnergyInterval`, with the place of its session among the sessions until that has a number; −1: outside any. */
export type PastInterval = Omit<EnergyInterval, 'sessionNumber'> & { session: number }

/** The meters of a depot: whole Wh, so that what flowed in quarter hours adds up to the difference of the registers. */
export function createLedger(evses: readonly PastEvse[]) {
  const registers = new Map<PastEvse, number>(
    evses.map((evse) => [
      evse,
      Math.round(between(4_500, 6_500, evse.stationId, evse.evseId, 'register') * HOURS_OF_SERVICE),
    ]),
  )
  const sessions: EndedSession[] = []
  const intervals: PastInterval[] = []
  const register = (evse: PastEvse): number => registers.get(evse) ?? 0

  function flow(evse: PastEvse, startMs: number, energyWh: number, session: number, vehicleId: string | null): void {
    registers.set(evse, register(evse) + energyWh)
    const { stationId, evseId } = evse
    intervals.push({ stationId, evseId, startAt: new Date(startMs), energyWh, session, vehicleId, complete: true })
  }

  return {
    sessions,
    intervals,
    register,
    flow,
    /** Each EVSE's own need of an hour, in one of its quarters: together they leave no quarter of the depot without a reading. */
    standby(evse: PastEvse, index: number, startMs: number): void {
      if ((startMs / 900_000) % 4 === index % 4) flow(evse, startMs, STANDBY_WH, -1, null)
    },
  }
}

export type Ledger = ReturnType<typeof createLedger>
