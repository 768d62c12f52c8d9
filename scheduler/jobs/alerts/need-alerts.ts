import type { AlertDraft } from '../../../domain/alert.ts'
import { blockKey, type Block } from '../../../domain/block.ts'
import type { JsonObject } from '../../../domain/command.ts'
import type { Vehicle } from '../../../domain/fleet.ts'
import type { PlanVisitContext, StoredInstance, StoredResult } from '../../../domain/stored-plan.ts'
import { chargeTimeMs } from './charge-time.ts'
import { isSettling } from './settling.ts'
import {
  evseName,
  findVehicle,
  isFaulted,
  isGone,
  plugOf,
  typeOf,
  vehicleLabel,
  type WatchState,
} from './watch-state.ts'
import { duration, localTime } from './words.ts'

/** Less than this is within what nobody can tell. */
const TOLERATED_SHARE = 0.005

interface ShortVisit {
  vehicle: Vehicle
  planned: StoredResult['visits'][number]
  window: StoredInstance['vehicles'][number]['visits'][number]
  capacityKwh: number
  context: PlanVisitContext
  departAt: Date
}

/** Departures for which the plan cannot bring the vehicle to what its work needs, each with its cause and what mends it. */
export function needAlerts(state: WatchState): AlertDraft[] {
  return shortVisits(state).map((short) => needAlert(state, short))
}

function shortVisits(state: WatchState): ShortVisit[] {
  const { plan, now } = state
  if (plan === null) return []
  return plan.result.visits.flatMap((planned) => {
    const inPlan = plan.instance.vehicles.find((one) => one.id === planned.vehicle)
    const window = inPlan?.visits[planned.visit]
    const vehicle = findVehicle(state, planned.vehicle)
    const context = plan.context.visits.find((one) => one.vehicleId === planned.vehicle && one.visit === planned.visit)
    if (inPlan === undefined || window === undefined || vehicle === undefined || context === undefined) return []
    const departAt = new Date(window.depart)
    if (context.leavesFor === null || departAt <= now || isSettling(state, vehicle)) return []
    if (planned.shortKwh <= inPlan.capacityKwh * TOLERATED_SHARE) return []
    return [{ vehicle, planned, window, capacityKwh: inPlan.capacityKwh, context, departAt }]
  })
}

function needAlert(state: WatchState, short: ShortVisit): AlertDraft {
  const { vehicle, planned, window, context, departAt } = short
  const { now, fleet } = state
  const zone = fleet.site.timeZone
  const reached = Math.floor(planned.socAtDepart * 100)
  const needed = Math.ceil(Math.min(1, window.needSoc) * 100 - 1e-6)
  const why = causeOf(state, short)
  const swap = swapFor(state, short)
  const remedies = [why.remedy, swap?.remedy].filter((text) => text !== undefined && text !== null && text !== '')
  const actions: JsonObject[] = swap === null ? [] : [swap.action]
  return {
    key: `needNotMet:${vehicle.vehicleId}:${context.leavesFor?.date ?? ''}:${context.leavesFor?.blockId ?? ''}`,
    siteId: fleet.site.siteId,
    kind: 'needNotMet',
    severity: 'act',
    vehicleId: vehicle.vehicleId,
    ...(context.stationId === null ? {} : { stationId: context.stationId }),
    sentence: `${vehicle.label} will not make ${localTime(departAt, now, zone)}: ${reached} of ${needed} %.`,
    cause: why.cause,
    remedy: remedies.length === 0 ? 'Give its block to another vehicle, or shorten the block.' : remedies.join(' Or: '),
    parameters: {
      causeKind: why.kind,
      ...why.parameters,
      departAt: departAt.toISOString(),
      reachedSocPercent: reached,
      needSocPercent: needed,
      shortWh: Math.round(planned.shortKwh * 1000),
      blockId: context.leavesFor?.blockId ?? null,
      date: context.leavesFor?.date ?? null,
      plugInBy: why.plugInBy?.toISOString() ?? null,
      swap: swap === null ? null : { vehicleId: swap.action.vehicleId, socPercent: swap.socPercent },
      actions,
    },
  }
}

interface Cause {
  kind: 'notPluggedIn' | 'late' | 'comesBackLate' | 'chargerDead' | 'pluggedTooLate' | 'limit'
  cause: string
  remedy: string | null
  plugInBy?: Date
  /** What its words name beside the departure. */
  parameters: JsonObject
}

function causeOf(state: WatchState, short: ShortVisit): Cause {
  const { vehicle, window, planned, context, departAt } = short
  const { now, fleet } = state
  const zone = fleet.site.timeZone
  const plug = plugOf(state, vehicle.vehicleId)
  const evse = plug ?? state.evses.find((one) => one.stationId === context.stationId && one.evseId === context.evseId)
  const name = evse === undefined ? null : evseName(state, evse)
  if (evse !== undefined && name !== null && (isFaulted(evse) || isGone(evse, now) || !evse.operative)) {
    const trouble = isFaulted(evse) ? 'faulted' : evse.operative ? 'silent' : 'switchedOff'
    const words = { faulted: 'reports a fault', silent: 'does not answer', switchedOff: 'is switched off' }[trouble]
    return {
      kind: 'chargerDead',
      cause: `${name} ${words}.`,
      remedy: 'Plug it in at another charger, or repair this one.',
      parameters: { stationId: evse.stationId, evseId: evse.evseId, chargerTrouble: trouble },
    }
  }
  const latest = latestPlugIn(state, short, evse)
  if (plug === undefined) {
    const home = !state.blocks.some(
      (block) =>
        block.vehicleId === vehicle.vehicleId &&
        block.startAt <= now &&
        now.getTime() < block.endAt.getTime() + (vehicle.delaySeconds ?? 0) * 1000,
    )
    const delayed = (vehicle.delaySeconds ?? 0) >= 5 * 60
    const cause = home
      ? 'It is back by the timetable but not plugged in.'
      : delayed
        ? `It runs ${duration((vehicle.delaySeconds ?? 0) * 1000)} late and comes back at ${localTime(new Date(window.arrive), now, zone)}.`
        : `It comes back only at ${localTime(new Date(window.arrive), now, zone)}.`
    const kind = home ? 'notPluggedIn' : delayed ? 'late' : 'comesBackLate'
    const parameters = {
      delayMinutes: delayed ? Math.round((vehicle.delaySeconds ?? 0) / 60) : null,
      backAt: home ? null : new Date(window.arrive).toISOString(),
    }
    if (latest !== null && latest > now)
      return { kind, cause, remedy: `Plug it in by ${localTime(latest, now, zone)}.`, plugInBy: latest, parameters }
    return { kind, cause, remedy: home ? 'Plug it in at once; every minute counts.' : planned.shortRemedy, parameters }
  }
  if (latest !== null && latest < now && (planned.shortCause === null || latest < state.now))
    return {
      kind: 'pluggedTooLate',
      cause: `Even at full power from now on there is not enough time: it should have been plugged in by ${localTime(latest, now, zone)}.`,
      remedy: `Let it leave later than ${localTime(departAt, now, zone)}.`,
      plugInBy: latest,
      parameters: {},
    }
  return {
    kind: 'limit',
    cause: planned.shortCause ?? 'The chargers or the grid connection cannot give it more in time.',
    remedy: planned.shortRemedy,
    parameters: {},
  }
}

/** The last moment at which full power would still do; null when it never would, or when the charge is not known. */
function latestPlugIn(
  state: WatchState,
  { vehicle, window, departAt }: ShortVisit,
  evse: { maxPowerW: number; stationId: string; evseId: number } | undefined,
): Date | null {
  const type = typeOf(state, vehicle)
  if (type === undefined || evse === undefined || vehicle.socPercent === null) return null
  const efficiency =
    state.fleet.evses.find((one) => one.stationId === evse.stationId && one.evseId === evse.evseId)?.efficiency ?? 0.95
  const ms = chargeTimeMs(type, {
    fromPercent: vehicle.socPercent,
    toPercent: Math.min(window.needSoc * 100, type.maxSocPercent),
    powerW: evse.maxPowerW,
    efficiency,
  })
  return ms === null ? null : new Date(Math.floor((departAt.getTime() - ms) / 60_000) * 60_000)
}

/** Another vehicle that is free for the block and full enough, or will be. The fullest first. */
function swapFor(
  state: WatchState,
  short: ShortVisit,
): { remedy: string; action: { vehicleId: string } & JsonObject; socPercent: number } | null {
  const block = state.blocks.find(
    (one) => one.blockId === short.context.leavesFor?.blockId && one.date === short.context.leavesFor.date,
  )
  const needKwh = short.window.needSoc * short.capacityKwh
  if (block === undefined) return null
  const ready = state.fleet.vehicles
    .filter((other) => other.vehicleId !== short.vehicle.vehicleId && isFree(state, other.vehicleId, block))
    .flatMap((other) => {
      const type = typeOf(state, other)
      if (type === undefined || other.socPercent === null) return []
      const capacityKwh = type.batteryCapacityWh / 1000
      const socThen = Math.max(other.socPercent / 100, plannedSocAt(state, other.vehicleId, block.startAt) ?? 0)
      return socThen * capacityKwh >= needKwh ? [{ other, socThen }] : []
    })
    .sort((a, b) => b.socThen - a.socThen || (a.other.vehicleId < b.other.vehicleId ? -1 : 1))
  const best = ready[0]
  if (best === undefined) return null
  return {
    remedy: `Give block ${block.blockId} to ${vehicleLabel(state, best.other.vehicleId)}, which has ${Math.floor(best.socThen * 100)} % and is free.`,
    action: { type: 'assignBlock', date: block.date, blockId: block.blockId, vehicleId: best.other.vehicleId },
    socPercent: Math.floor(best.socThen * 100),
  }
}

function isFree(state: WatchState, vehicleId: string, block: Block): boolean {
  return state.blocks.every(
    (own) =>
      own.vehicleId !== vehicleId ||
      blockKey(own) === blockKey(block) ||
      own.endAt <= block.startAt ||
      own.startAt >= block.endAt,
  )
}

function plannedSocAt(state: WatchState, vehicleId: string, at: Date): number | null {
  const { plan } = state
  const visits = plan?.instance.vehicles.find((one) => one.id === vehicleId)?.visits ?? []
  const before = visits.findLastIndex((visit) => new Date(visit.depart) <= at)
  if (before < 0) return null
  return plan?.result.visits.find((one) => one.vehicle === vehicleId && one.visit === before)?.socAtDepart ?? null
}
