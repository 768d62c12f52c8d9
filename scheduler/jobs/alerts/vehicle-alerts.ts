import type { AlertDraft } from '../../../domain/alert.ts'
import type { Block } from '../../../domain/block.ts'
import type { Vehicle } from '../../../domain/fleet.ts'
import { needAlerts } from './need-alerts.ts'
import { isSettling } from './settling.ts'
import { plugOf, type WatchState } from './watch-state.ts'
import { duration, localTime } from './words.ts'

const LATE_MS = 10 * 60_000
const NOT_PLUGGED_MS = 10 * 60_000
/** What was told of a delay longer ago than this is no news. */
const DELAY_IS_OLD_MS = 60 * 60_000
const SOON_MS = 24 * 60 * 60_000
const SOC_IS_UNKNOWN_MS = 24 * 60 * 60_000

/** What is wrong with vehicles: needs that will not be met, vehicles that stand unplugged, run late, or whose charge nobody knows. */
export function vehicleAlerts(state: WatchState): AlertDraft[] {
  const needs = needAlerts(state)
  const short = new Set(needs.map((alert) => alert.vehicleId))
  return [
    ...needs,
    ...state.fleet.vehicles.flatMap((vehicle) => {
      const late = lateAlert(state, vehicle)
      if (isSettling(state, vehicle)) return late === null ? [] : [late]
      // A need that will not be met already says why.
      const unplugged = short.has(vehicle.vehicleId) ? null : notPluggedInAlert(state, vehicle)
      return [late, unplugged, socUnknownAlert(state, vehicle)].filter((alert) => alert !== null)
    }),
  ]
}

function lateAlert(state: WatchState, vehicle: Vehicle): AlertDraft | null {
  const { now, fleet } = state
  const { delaySeconds, delayAt, vehicleId } = vehicle
  if (delaySeconds === null || delayAt === null || plugOf(state, vehicleId) !== undefined) return null
  const delayMs = delaySeconds * 1000
  if (delayMs < LATE_MS || now.getTime() - delayAt.getTime() > DELAY_IS_OLD_MS) return null
  const block = state.blocks.find(
    (one) => one.vehicleId === vehicleId && one.startAt <= now && now.getTime() < one.endAt.getTime() + delayMs,
  )
  if (block === undefined) return null
  const backAt = new Date(block.endAt.getTime() + delayMs)
  const next = nextBlock(state, vehicleId, block.endAt)
  const slackMs = next === undefined ? null : next.startAt.getTime() - backAt.getTime()
  const tight = slackMs !== null && slackMs < 30 * 60_000
  return {
    key: `vehicleLate:${vehicleId}:${block.date}:${block.blockId}`,
    siteId: fleet.site.siteId,
    kind: 'vehicleLate',
    severity: tight ? 'act' : 'look',
    vehicleId,
    sentence: `${vehicle.label} is ${duration(delayMs)} late: back at ${localTime(backAt, now, fleet.site.timeZone)} instead of ${localTime(block.endAt, now, fleet.site.timeZone)}.`,
    cause: `Block ${block.blockId} runs late.`,
    remedy:
      next === undefined
        ? 'Nothing to do: it has no other work yet. The plan counts on its later return.'
        : tight
          ? `Find another vehicle for block ${next.blockId}, which leaves at ${localTime(next.startAt, now, fleet.site.timeZone)}.`
          : `Nothing to do: it still has ${duration(slackMs ?? 0)} before block ${next.blockId}, and the plan counts on that.`,
    parameters: {
      delayMinutes: Math.round(delayMs / 60_000),
      blockId: block.blockId,
      date: block.date,
      backAt: backAt.toISOString(),
      plannedBackAt: block.endAt.toISOString(),
      next:
        next === undefined || slackMs === null
          ? null
          : {
              blockId: next.blockId,
              departAt: next.startAt.toISOString(),
              slackMinutes: Math.round(slackMs / 60_000),
              tight,
            },
    },
  }
}

function notPluggedInAlert(state: WatchState, vehicle: Vehicle): AlertDraft | null {
  const { now, fleet } = state
  const { vehicleId } = vehicle
  if (plugOf(state, vehicleId) !== undefined) return null
  const lateMs = Math.max(0, vehicle.delaySeconds ?? 0) * 1000
  const own = state.blocks.filter((block) => block.vehicleId === vehicleId)
  const last = own.filter((block) => block.startAt <= now).sort((a, b) => b.endAt.getTime() - a.endAt.getTime())[0]
  // A vehicle without a block in the last hours has stood here all the while.
  const homeSince = last === undefined ? null : last.endAt.getTime() + lateMs
  if (homeSince !== null && now.getTime() - homeSince < NOT_PLUGGED_MS) return null
  const next = nextBlock(state, vehicleId, now)
  const planned = state.plan?.context.visits.find(
    (visit) =>
      visit.vehicleId === vehicleId &&
      visit.leavesFor?.blockId === next?.blockId &&
      visit.leavesFor?.date === next?.date,
  )
  const window = state.plan?.instance.vehicles.find((one) => one.id === vehicleId)?.visits[planned?.visit ?? -1]
  const soc = vehicle.socPercent
  if (next === undefined || (soc !== null && window !== undefined && soc >= window.needSoc * 100)) return null
  const bay = fleet.bays.find((one) => one.bayId === vehicle.bayId)
  const evse = state.evses.find((one) => one.stationId === bay?.stationId && one.evseId === bay?.evseId)
  return {
    key: `notPluggedIn:${vehicleId}:${next.date}:${next.blockId}`,
    siteId: fleet.site.siteId,
    kind: 'notPluggedIn',
    severity: 'act',
    vehicleId,
    sentence:
      homeSince === null
        ? `${vehicle.label} is not plugged in.`
        : `${vehicle.label} has been back for ${duration(roundDown(now.getTime() - homeSince))} by the timetable and is not plugged in.`,
    cause: 'No charger has reported it, so it stands unplugged, is not back yet, or its token is not known.',
    remedy: `Plug it in${bay === undefined ? '' : ` at bay ${bay.label}`}${evse === undefined ? '' : ` (${evse.stationLabel})`}: it leaves at ${localTime(next.startAt, now, fleet.site.timeZone)} for block ${next.blockId}. If it is plugged in, say at which plug.`,
    parameters: {
      homeSince: homeSince === null ? null : new Date(homeSince).toISOString(),
      homeMinutes: homeSince === null ? null : roundDown(now.getTime() - homeSince) / 60_000,
      departAt: next.startAt.toISOString(),
      blockId: next.blockId,
      date: next.date,
      bayId: vehicle.bayId,
      bayLabel: bay?.label ?? null,
      stationId: evse?.stationId ?? null,
      socPercent: soc,
      needSocPercent: window === undefined ? null : Math.round(window.needSoc * 1000) / 10,
    },
  }
}

function socUnknownAlert(state: WatchState, vehicle: Vehicle): AlertDraft | null {
  const { now, fleet } = state
  const old = vehicle.socAt === null || now.getTime() - vehicle.socAt.getTime() > SOC_IS_UNKNOWN_MS
  if (vehicle.socPercent !== null && !old) return null
  const next = nextBlock(state, vehicle.vehicleId, now)
  if (next === undefined || next.startAt.getTime() - now.getTime() > SOON_MS) return null
  const plug = plugOf(state, vehicle.vehicleId)
  return {
    key: `socUnknown:${vehicle.vehicleId}`,
    siteId: fleet.site.siteId,
    kind: 'socUnknown',
    severity: 'look',
    vehicleId: vehicle.vehicleId,
    sentence: `Nobody knows the charge of ${vehicle.label}, which leaves at ${localTime(next.startAt, now, fleet.site.timeZone)}.`,
    cause:
      vehicle.socPercent === null || vehicle.socAt === null
        ? plug === undefined
          ? 'No charger and no person has ever said it.'
          : `${plug.stationLabel} charges it but sends no state of charge.`
        : `The last reading, ${Math.round(vehicle.socPercent)} %, is ${duration(now.getTime() - vehicle.socAt.getTime())} old.`,
    remedy: 'Enter the charge that its dashboard shows; until then the plan goes by a cautious assumption.',
    parameters: {
      departAt: next.startAt.toISOString(),
      socPercent: vehicle.socPercent,
      socAt: vehicle.socAt?.toISOString() ?? null,
      stationId: plug?.stationId ?? null,
      blockId: next.blockId,
      date: next.date,
    },
  }
}

function nextBlock(state: WatchState, vehicleId: string, after: Date): Block | undefined {
  return state.blocks
    .filter((block) => block.vehicleId === vehicleId && block.startAt >= after)
    .sort((a, b) => a.startAt.getTime() - b.startAt.getTime())[0]
}

/** To whole quarters of an hour beyond the first, so that the sentence does not change every minute. */
function roundDown(ms: number): number {
  const minutes = Math.floor(ms / 60_000)
  return (minutes < 15 ? 10 : Math.floor(minutes / 15) * 15) * 60_000
}
