import type { AlertDraft } from '../../../domain/alert.ts'
import type { Block } from '../../../domain/block.ts'
import type { JsonObject } from '../../../domain/command.ts'
import { assumedTemperature, consumptionKwhPerKm } from '../../../domain/energy/consumption.ts'
import { plannedCapacityWh } from '../../../domain/energy/planned-capacity.ts'
import { blockRemainingMetres, rangeLeft, type RangeLeft } from '../../../domain/energy/range-left.ts'
import { estimateSoc } from '../../../domain/energy/soc-estimate.ts'
import type { Vehicle, VehicleType } from '../../../domain/fleet.ts'
import { distanceM } from '../../../domain/places/near.ts'
import { plugOf, typeOf, type WatchState } from './watch-state.ts'
import { localTime } from './words.ts'

/** An alert that stands goes only when the margin is this much better, in points, so that it does not come and go with every reading. */
const HYSTERESIS_PERCENT = 2
/** A charger further away than this helps no bus that is short. */
const NEAR_M = 15_000

interface ShortBus {
  vehicle: Vehicle
  type: VehicleType
  block: Block
  range: RangeLeft
  /** Expected at the end of the block, and at worst. */
  endPercent: number
  lowEndPercent: number
  temperatureC: number | null
}

/** Buses on the line that will end their block below their reserve, or may not come home at all, each with where it could charge. */
export function rangeAlerts(state: WatchState): AlertDraft[] {
  return state.fleet.vehicles.flatMap((vehicle) => {
    const bus = shortBus(state, vehicle)
    return bus === null ? [] : [rangeAlert(state, bus)]
  })
}

function alertKey(vehicleId: string, block: Block): string {
  return `rangeShort:${vehicleId}:${block.date}:${block.blockId}`
}

function shortBus(state: WatchState, vehicle: Vehicle): ShortBus | null {
  const { now, blocks, fleet } = state
  const sold = typeOf(state, vehicle)
  if (sold === undefined || plugOf(state, vehicle.vehicleId) !== undefined) return null
  const type = { ...sold, batteryCapacityWh: plannedCapacityWh(sold.batteryCapacityWh, vehicle.usableWh) }
  const own = blocks.filter((block) => block.vehicleId === vehicle.vehicleId)
  const delaySeconds = Math.max(0, vehicle.delaySeconds ?? 0)
  const block = own.find((one) => one.startAt <= now && now.getTime() < one.endAt.getTime() + delaySeconds * 1000)
  if (block === undefined) return null
  const temperatureC = assumedTemperature(fleet.site, now).celsius
  const estimate = estimateSoc(vehicle, type, own, { now, pluggedIn: false, temperatureC, delaySeconds, chargedWh: 0 })
  // Without a reading there is nothing to warn from; that the charge is unknown is an alert of its own.
  if (estimate.basis === 'cautious' || estimate.basis === 'plan') return null
  const range = rangeLeft(estimate, type, temperatureC, blockRemainingMetres(block, now, delaySeconds))
  if (range.marginPercent === null || range.lowMarginPercent === null) return null
  const better = state.range.open.has(alertKey(vehicle.vehicleId, block)) ? HYSTERESIS_PERCENT : 0
  const kept = type.minSocPercent + type.reserveSocPercent
  if (range.marginPercent >= better && range.lowMarginPercent + type.reserveSocPercent >= better) return null
  return {
    vehicle,
    type,
    block,
    range,
    endPercent: Math.round(range.marginPercent + kept),
    lowEndPercent: Math.round(range.lowMarginPercent + kept),
    temperatureC,
  }
}

function rangeAlert(state: WatchState, bus: ShortBus): AlertDraft {
  const { now, fleet } = state
  const { vehicle, type, block, range, endPercent, lowEndPercent } = bus
  const zone = fleet.site.timeZone
  const end = `block ${block.blockId} ends at ${localTime(block.endAt, now, zone)}`
  const strands = endPercent < type.minSocPercent
  const mayStrand = lowEndPercent < type.minSocPercent
  const missingKm = Math.max(1, Math.round(((range.blockRemainingMetres ?? 0) - range.metres) / 1000))
  const sentence = strands
    ? `${vehicle.label} will stand still about ${missingKm} km before ${end}.`
    : mayStrand
      ? `${vehicle.label} may not come home: ${Math.max(0, endPercent)} % are expected when ${end}, and at worst ${Math.max(0, lowEndPercent)} %.`
      : `${vehicle.label} will have only ${Math.max(0, endPercent)} % when ${end}: less than its reserve.`
  const place = whereToCharge(state, bus)
  return {
    key: alertKey(vehicle.vehicleId, block),
    siteId: fleet.site.siteId,
    kind: 'rangeShort',
    severity: strands || mayStrand ? 'act' : 'look',
    vehicleId: vehicle.vehicleId,
    ...(place.stationId === null ? {} : { stationId: place.stationId }),
    sentence,
    cause: causeOf(state, bus),
    remedy: `Let it charge ${place.words}, or give the rest of the block to another vehicle.`,
    parameters: {
      blockId: block.blockId,
      date: block.date,
      endAt: block.endAt.toISOString(),
      expectedEndPercent: endPercent,
      lowEndPercent,
      minSocPercent: type.minSocPercent,
      reserveSocPercent: type.reserveSocPercent,
      stationId: place.stationId,
      stationMetres: place.metres,
      outlook: strands ? 'strands' : mayStrand ? 'mayStrand' : 'belowReserve',
      missingKm,
      ...reckoned(bus, now),
    },
  }
}

function causeOf(state: WatchState, { vehicle, type, block, temperatureC }: ShortBus): string {
  const zone = state.fleet.site.timeZone
  const readAt = vehicle.socAt ?? state.now
  const soc = Math.round(vehicle.socPercent ?? 0)
  const read = `It had ${soc} % at ${localTime(readAt, state.now, zone)}`
  const perKm = consumptionKwhPerKm(type, temperatureC).toFixed(1)
  const weather = temperatureC === null ? 'in unknown weather' : `at ${Math.round(temperatureC)} °C`
  const leftThen = Math.round(blockRemainingMetres(block, readAt, vehicle.delaySeconds) / 1000)
  return `${read} with ${leftThen} km to go, and uses ${perKm} kWh a kilometre ${weather}.`
}

/** What its cause names: the reading, the way that was left then, and what it uses. */
function reckoned({ vehicle, type, block, temperatureC }: ShortBus, now: Date): JsonObject {
  const readAt = vehicle.socAt ?? now
  return {
    socPercent: Math.round(vehicle.socPercent ?? 0),
    readAt: readAt.toISOString(),
    leftThenKm: Math.round(blockRemainingMetres(block, readAt, vehicle.delaySeconds) / 1000),
    kwhPerKm: Math.round(consumptionKwhPerKm(type, temperatureC) * 10) / 10,
    temperatureC: temperatureC === null ? null : Math.round(temperatureC),
  }
}

/** The nearest free charger that it can reach, by where it is; without a position, or with none near, the depot. */
function whereToCharge(
  state: WatchState,
  bus: ShortBus,
): { words: string; stationId: string | null; metres: number | null } {
  const { site } = state.fleet
  const here = state.range.positions.get(bus.vehicle.vehicleId)
  const depot = { words: `at the depot (${site.name})`, stationId: null, metres: null }
  if (here === undefined) return depot
  const nearest = state.range.chargers
    .map((charger) => ({ charger, metres: distanceM(here, charger) }))
    // The way is longer than the straight line.
    .filter(({ metres }) => metres <= Math.min(NEAR_M, bus.range.metres / 1.4))
    .sort((a, b) => a.metres - b.metres || (a.charger.stationId < b.charger.stationId ? -1 : 1))[0]
  if (nearest === undefined) return depot
  // Whole half kilometres: the sentence is not to change with every reading.
  const km = Math.max(0.5, Math.round(nearest.metres / 500) / 2)
  return {
    words: `at ${nearest.charger.label}, which is free and ${km} km away`,
    stationId: nearest.charger.stationId,
    metres: km * 1000,
  }
}
