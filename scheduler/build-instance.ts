import { baseLoadAt } from '../domain/base-load.ts'
import type { Block } from '../domain/block.ts'
import { pointId, type Fleet, type Vehicle, type VehicleType } from '../domain/fleet.ts'
import { SLOT_MINUTES, SLOT_MS, slotStart } from '../domain/slots.ts'
import type { PlanContext, PlanVisitContext } from '../domain/stored-plan.ts'
import { blockNeed } from '../domain/energy/block-need.ts'
import { assumedTemperature, type AssumedTemperature } from '../domain/energy/consumption.ts'
import { plannedCapacityWh } from '../domain/energy/planned-capacity.ts'
import { assumptionText, type StayAssumption } from '../domain/stay-assumption.ts'
import type { VehicleWish } from '../domain/vehicle-wish.ts'
import type { PlanInstance, PlanVehicle } from './plan/instance.ts'
import { placeStays, type PlacedStay } from './timetable/place-stays.ts'
import { wishedStays, type WishedStay } from './wished-stays.ts'
import { planVehicle, type Assumption, type ExpectedHome, type VehiclePlan } from './vehicle-plan.ts'

export interface BuildInstanceInput extends Fleet {
  /** Of these vehicles, from a day and a half before `now` to a day after the horizon; others are ignored. */
  blocks: readonly Block[]
  now: Date
  horizonSlots: number
  /** EUR per kWh with network charges, one per slot from `slotStart(now)`. */
  prices: readonly number[]
  /** Highest quarter-hour mean import of the month so far; null: none was measured. */
  peakSoFarW?: number | null
  /** Outdoor temperature to plan with; left out: the one forecast, else measured at the site, else the long-term mean. */
  temperatureC?: number
  /** The mean forecast for the coming day; null: none. */
  forecastC?: number | null
  /** g per kWh, one per slot. */
  carbon?: readonly number[]
  /** When vehicles under way are expected home, from where they are; for others the delay that was told counts. */
  expectedHome?: readonly ExpectedHome[]
  /** Standing wishes for these vehicles' departures. */
  wishes?: readonly VehicleWish[]
}

/** What the instance leaves out; fits `domain/stored-plan.ts` once prices and reserves are added. */
export interface InstanceContext extends Pick<PlanContext, 'visits' | 'unplanned'> {
  assumed: Assumption[]
  temperature: AssumedTemperature
}

/**
 * The planning instance of one depot: every vehicle in service with its battery now, its stays in the horizon, and what it needs at each departure.
 * Pure; the same input always gives the same instance. Throws RangeError when `prices` does not have one price per slot.
 */
export function buildInstance(input: BuildInstanceInput): { instance: PlanInstance; context: InstanceContext } {
  const { site, nodes, evses, now, horizonSlots, prices } = input
  if (prices.length !== horizonSlots) throw new RangeError(`${prices.length} prices for ${horizonSlots} slots`)
  const startAt = slotStart(now)
  const endAt = new Date(startAt.getTime() + horizonSlots * SLOT_MINUTES * 60_000)
  const temperature: AssumedTemperature =
    input.temperatureC === undefined
      ? assumedTemperature(site, now, input.forecastC)
      : { celsius: input.temperatureC, source: 'measured' }
  const assumed: Assumption[] = []
  if (temperature.celsius === null) {
    const sentence =
      'The outdoor temperature is unknown, so every vehicle is taken to use as much as in its worst weather.'
    assumed.push({ kind: 'temperatureUnknown', vehicleId: null, sentence })
  }
  if (evses.some((evse) => evse.minPowerW > 0)) {
    const sentence = 'Minimum powers of the charging points are not planned yet; a slot may ask for less.'
    assumed.push({ kind: 'minPowerNotPlanned', vehicleId: null, sentence })
  }

  const types = new Map(input.vehicleTypes.map((type) => [type.typeId, type]))
  const blocksOf = Map.groupBy(input.blocks, (block) => block.vehicleId)
  const plans = input.vehicles.flatMap((vehicle) => {
    const sold = types.get(vehicle.typeId)
    if (sold === undefined) return []
    const type = { ...sold, batteryCapacityWh: plannedCapacityWh(sold.batteryCapacityWh, vehicle.usableWh) }
    if (type.batteryCapacityWh !== sold.batteryCapacityWh) assumed.push(learnedCapacity(vehicle, sold, type))
    const blocks = (blocksOf.get(vehicle.vehicleId) ?? []).toSorted((a, b) => a.startAt.getTime() - b.startAt.getTime())
    return [
      planVehicle(
        vehicle,
        type,
        blocks,
        {
          evses,
          bays: input.bays,
          now,
          endAt,
          temperatureC: temperature.celsius,
          expectedHome: (input.expectedHome ?? []).filter((one) => one.vehicleId === vehicle.vehicleId),
        },
        assumed,
      ),
    ]
  })
  const wishesOf = Map.groupBy(input.wishes ?? [], (wish) => wish.vehicleId)
  const { placed, unplaced } = placeStays(
    plans.flatMap((plan) =>
      wishedStays(plan.stays, wishesOf.get(plan.vehicle.vehicleId) ?? [], now).map((stay) => ({
        stay,
        home: stay.here ? (plan.plug ?? plan.home) : plan.home,
        energyKwh: stay.after === null ? 0 : plan.kwhOf(stay.after),
      })),
    ),
    evses,
  )

  const visits: PlanVisitContext[] = []
  const vehicles = plans.map((plan): PlanVehicle => {
    const stays = placed.get(plan.vehicle.vehicleId) ?? []
    const own = stays.map((stay, index) => visitOf(plan, stay, stays[index + 1], index, assumed))
    visits.push(...own.map((visit) => visit.context))
    const { type } = plan
    return {
      id: plan.vehicle.vehicleId,
      capacityKwh: type.batteryCapacityWh / 1000,
      energyKwh: thousandths(plan.charge.energyKwh),
      maxKw: type.maxPowerW / 1000,
      taper: type.taper.map(([socPercent, kw]) => [socPercent / 100, kw]),
      minSoc: type.minSocPercent / 100,
      maxSoc: type.maxSocPercent / 100,
      visits: own.map((visit) => visit.visit),
    }
  })

  const meanBaseLoadW = baseLoadAt(site.timeZone)
  const peakEurPerKw = site.tariff?.peakEurPerKw ?? 0
  const instance: PlanInstance = {
    start: startAt.toISOString(),
    slotMinutes: SLOT_MINUTES,
    slots: horizonSlots,
    timeZone: site.timeZone,
    price: [...prices],
    ...(peakEurPerKw > 0 ? { peak: { eurPerKw: peakEurPerKw, soFarKw: (input.peakSoFarW ?? 0) / 1000 } } : {}),
    ...(input.carbon === undefined ? {} : { carbon: [...input.carbon] }),
    nodes: nodes.map((node) => ({
      id: node.nodeId,
      parent: node.parentId,
      limitKw: node.limitW / 1000,
      baseLoadKw:
        (node.hourlyBaseLoadW ?? null) === null
          ? node.baseLoadW / 1000
          : Array.from(
              { length: horizonSlots },
              (_, slot) => meanBaseLoadW(node, new Date(startAt.getTime() + slot * SLOT_MS)) / 1000,
            ),
    })),
    points: evses.map((evse) => ({
      id: pointId(evse),
      node: evse.nodeId,
      maxKw: evse.usable ? evse.maxPowerW / 1000 : 0,
      efficiency: thousandths(evse.efficiency),
    })),
    vehicles,
  }
  return { instance, context: { visits, unplanned: unplaced, assumed, temperature } }
}

function learnedCapacity(vehicle: Vehicle, sold: VehicleType, learned: VehicleType): Assumption {
  const kwh = (wh: number): number => Math.round(wh / 1000)
  const sentence = `The battery of ${vehicle.label} is taken to hold ${kwh(learned.batteryCapacityWh)} kWh, as its charging sessions show, not the ${kwh(sold.batteryCapacityWh)} kWh of its type.`
  return { kind: 'learnedCapacity', vehicleId: vehicle.vehicleId, sentence }
}

function visitOf(
  plan: VehiclePlan,
  stay: PlacedStay<WishedStay>,
  next: PlacedStay<WishedStay> | undefined,
  index: number,
  assumed: Assumption[],
): { visit: PlanVehicle['visits'][number]; context: PlanVisitContext } {
  const { vehicleId, label } = plan.vehicle
  // Everything driven until it can charge again, which may be more than one block.
  const work = stay.after === null ? [] : next !== undefined && next.before.length > 0 ? next.before : [stay.after]
  const need = blockNeed(
    plan.type,
    work.reduce((sum, block) => sum + plan.kwhOf(block), 0),
  )
  const notes: StayAssumption[] = [stay.note, need.note, stay.wishNote].filter((note) => note !== null)
  if (stay.note !== null)
    assumed.push({ kind: 'sharedPoint', vehicleId, sentence: `${label}: ${assumptionText(stay.note)}.` })
  if (need.note !== null)
    assumed.push({ kind: 'needExceedsBattery', vehicleId, sentence: `${label}: ${assumptionText(need.note)}` })
  if (stay.after === null && index === 0) {
    notes.push({ kind: 'noWork' })
    assumed.push({
      kind: 'noWorkKnown',
      vehicleId,
      sentence: `No work is known for ${label} after this stay; only its reserve is planned.`,
    })
  }
  if (index === 0 && plan.type.batteryCapacityWh === plan.vehicle.usableWh)
    notes.push({ kind: 'learnedCapacity', capacityWh: plan.vehicle.usableWh })
  if (index === 0 && plan.charge.basis !== 'measured')
    notes.push({
      kind: 'socNotMeasured',
      socPercent: Math.round((plan.charge.energyKwh / plan.type.batteryCapacityWh) * 100_000),
    })
  const { wish } = stay
  const needSoc = (wish?.needSocPercent ?? need.needSoc * 100) / 100
  const now = wish?.chargeNow ?? null
  const nowToSoc = now === null ? undefined : (now.untilSocPercent ?? needSoc * 100) / 100
  const usedBeforeKwh = stay.before.reduce((sum, block) => sum + plan.kwhLeft(block), 0)
  return {
    visit: {
      arrive: stay.arriveAt.toISOString(),
      depart: stay.departAt.toISOString(),
      point: pointId(stay.point),
      usedBeforeKwh: thousandths(usedBeforeKwh),
      needSoc: Math.round(needSoc * 10_000) / 10_000,
      ...(nowToSoc === undefined ? {} : { chargeNowToSoc: Math.min(1, nowToSoc) }),
    },
    context: {
      vehicleId,
      visit: index,
      stationId: stay.point.stationId,
      evseId: stay.point.evseId,
      leavesFor: stay.after === null ? null : { blockId: stay.after.blockId, date: stay.after.date },
      wish: wish === null ? null : { ...wish, workNeedSocPercent: Math.round(need.needSoc * 1000) / 10 },
      assumptions: notes.map(assumptionText),
      assumed: notes,
    },
  }
}

function thousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}
