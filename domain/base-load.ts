import { Temporal } from 'temporal-polyfill'
import type { LimitNode } from './fleet.ts'

const HOUR_MS = 3_600_000

type BaseLoad = Pick<LimitNode, 'baseLoadW' | 'hourlyBaseLoadW'>

/**
 * What a node draws on average beside its chargers at an instant, in W: the mean of the local hour where the fleet file has them, else the
 * one base load. The answers for an hour are remembered: build one function and ask it for many instants.
 */
export function baseLoadAt(timeZone: string): (node: BaseLoad, at: Date) => number {
  const local = new Map<number, { month: number; hour: number }>()
  return ({ baseLoadW, hourlyBaseLoadW }, at) => {
    if (hourlyBaseLoadW === undefined || hourlyBaseLoadW === null) return baseLoadW
    // Zones are whole quarters of an hour away from UTC.
    const quarterMs = at.getTime() - (at.getTime() % (HOUR_MS / 4))
    let time = local.get(quarterMs)
    if (time === undefined) {
      const { month, hour } = Temporal.Instant.fromEpochMilliseconds(quarterMs).toZonedDateTimeISO(timeZone)
      local.set(quarterMs, (time = { month, hour }))
    }
    return hourlyBaseLoadW[time.month - 1]?.[time.hour] ?? baseLoadW
  }
}
