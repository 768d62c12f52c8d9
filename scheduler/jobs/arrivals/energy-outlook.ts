import type { PredictionStamp } from '../../../db/block-predictions.ts'
import type { ChargedVehicle } from '../../../db/charge-outlook.ts'
import type { Block } from '../../../domain/block.ts'
import { driveEnergyKwh } from '../../../domain/energy/block-need.ts'
import { estimateSoc } from '../../../domain/energy/soc-estimate.ts'
import type { VehicleType } from '../../../domain/fleet.ts'
import type { BlockCalls, BlockPlace } from '../../arrivals/block-calls.ts'
import { firstOutOfReach, type TripAhead } from '../../arrivals/energy-end.ts'
import { localTime } from '../alerts/words.ts'

/** What the charge of a block's vehicle means for the block. */
export interface EnergyOutlook {
  /** Index among the block's trips of the first that it cannot do. */
  trip: number
  tripId: string
  /** Who could drive from there; null: nobody, so it is cancelled. */
  replacementVehicleId: string | null
  sentence: string
}

export interface OutlookContext {
  now: Date
  timeZone: string
  temperatureC: number | null
  types: ReadonlyMap<string, VehicleType>
  /** Vehicles of the same site that are in service, with their blocks around now; who is given away once is not given away twice. */
  others: readonly { vehicle: ChargedVehicle; blocks: readonly Block[] }[]
  taken: Set<string>
  /** What the others have to spare, worked out when it is first asked for. */
  spare: Map<string, number>
}

/** Older readings of the charge say too little to cancel a bus by. */
const READING_FOR_MS = 12 * 3_600_000
/** Until so long before it leaves, a bus may still be charged or changed without anybody noticing. */
const LEAVES_SOON_MS = 10 * 60_000
/** Whoever was named before is worth so much more than another: names on a board do not change for nothing. */
const KEPT_BONUS_KWH = 10
/** From the depot to where the work is taken over. */
const TAKE_OVER_MS = 15 * 60_000

/**
 * Whether a block's vehicle runs out of energy on it, and who could take over. Nothing is said without a reading of its charge, and nothing before
 * it is about to leave: until then that is the planner's affair.
 */
export function energyOutlook(
  vehicle: ChargedVehicle,
  work: {
    block: Block
    blocks: readonly Block[]
    calls: BlockCalls
    place: BlockPlace | null
    delaySeconds: number | null
  },
  stamp: PredictionStamp | null,
  context: OutlookContext,
): EnergyOutlook | null {
  const { now, temperatureC, types } = context
  const type = types.get(vehicle.typeId)
  const { block } = work
  if (type === undefined || vehicle.socAt === null || vehicle.socPercent === null) return null
  if (now.getTime() - vehicle.socAt.getTime() > READING_FOR_MS) return null
  if (block.startAt.getTime() - now.getTime() > LEAVES_SOON_MS) return null
  const estimate = estimateSoc(vehicle, type, work.blocks, {
    now,
    pluggedIn: null,
    temperatureC,
    delaySeconds: work.delaySeconds,
    chargedWh: 0,
  })
  const capacityKwh = type.batteryCapacityWh / 1000
  const usableKwh = ((estimate.socPercent - type.minSocPercent) / 100) * capacityKwh
  const usableSdKwh = (((estimate.socPercent - estimate.lowPercent) / 2) * capacityKwh) / 100
  const ahead = tripsAhead(work, type, context)
  const trips = ahead.map((one) => one.ahead)
  const before = stamp?.vehicleId === vehicle.vehicleId ? stamp.cancelledFromTripId : null
  const first = firstOutOfReach(trips, { usableKwh, usableSdKwh, before })
  const lost = first === null ? undefined : ahead[first]
  if (first === null || lost === undefined) return null
  const trip = block.trips[lost.index]
  if (trip === undefined) return null

  const neededKwh = trips.reduce((sum, one) => sum + one.energyKwh, 0)
  const lostM = block.trips.slice(lost.index).reduce((sum, one) => sum + one.distanceM, 0)
  const leaveMs = Math.max(now.getTime(), trip.startAt.getTime() - TAKE_OVER_MS)
  const found = replacement(vehicle, { from: new Date(leaveMs), to: block.endAt, distanceM: lostM }, stamp, context)
  const at = localTime(trip.startAt, now, context.timeZone)
  const short =
    `${vehicle.label} has about ${Math.max(0, Math.round(usableKwh))} kWh left and needs ${Math.round(neededKwh)} kWh for the rest of block ${block.blockId}: ` +
    `it is not expected to drive the trip at ${at}${trip.route === null ? '' : ` on line ${trip.route}`}`
  const sentence =
    found === null
      ? `${short}, and no vehicle with enough energy is free.`
      : `${short}. ${found.label} is free and has enough energy.`
  return { trip: lost.index, tripId: trip.tripId, replacementVehicleId: found?.vehicleId ?? null, sentence }
}

function tripsAhead(
  work: { block: Block; calls: BlockCalls; place: BlockPlace | null },
  type: VehicleType,
  { now, temperatureC }: OutlookContext,
): { index: number; ahead: TripAhead }[] {
  const { block, calls, place } = work
  const last = block.trips.at(-1)
  // What the timetable lets it drive home; from elsewhere it is taken to be as far.
  const homeM = last === undefined || last.kind === 'revenue' ? 0 : last.distanceM
  return block.trips.flatMap((trip, index) => {
    let share = 1
    if (place !== null) {
      const path = calls.trips[index]?.path
      if (index < place.trip) share = 0
      else if (index === place.trip && path) share = 1 - Math.min(1, place.alongM / Math.max(1, path.lengthM))
    } else {
      const lengthMs = trip.endAt.getTime() - trip.startAt.getTime()
      share = Math.min(1, Math.max(0, (trip.endAt.getTime() - now.getTime()) / Math.max(1, lengthMs)))
    }
    if (share <= 0) return []
    const energyKwh = driveEnergyKwh(type, share * trip.distanceM, temperatureC)
    const homeKwh = trip === last ? 0 : driveEnergyKwh(type, homeM, temperatureC)
    return [{ index, ahead: { tripId: trip.tripId, revenue: trip.kind === 'revenue', energyKwh, homeKwh } }]
  })
}

/** The vehicle with the most energy to spare that has no work in a span and enough for it with its reserve kept. The one found before stays while it is good. */
function replacement(
  vehicle: ChargedVehicle,
  work: { from: Date; to: Date; distanceM: number },
  stamp: PredictionStamp | null,
  context: OutlookContext,
): ChargedVehicle | null {
  let best: { vehicle: ChargedVehicle; spareKwh: number } | null = null
  for (const { vehicle: other, blocks } of context.others) {
    const type = context.types.get(other.typeId)
    if (other.vehicleId === vehicle.vehicleId || context.taken.has(other.vehicleId) || type === undefined) continue
    const neededKwh = driveEnergyKwh(type, work.distanceM, context.temperatureC)
    const kept = stamp?.replacementVehicleId === other.vehicleId ? KEPT_BONUS_KWH : 0
    const spareKwh = spareOf(other, type, blocks, context) - neededKwh + kept
    if (spareKwh < 0 || (best !== null && spareKwh <= best.spareKwh)) continue
    if (blocks.some((block) => block.endAt > work.from && block.startAt < work.to)) continue
    best = { vehicle: other, spareKwh }
  }
  if (best !== null) context.taken.add(best.vehicle.vehicleId)
  return best?.vehicle ?? null
}

/** Energy above its reserve, by the low end of the estimate; below any need when its charge is not known. */
function spareOf(
  vehicle: ChargedVehicle,
  type: VehicleType,
  blocks: readonly Block[],
  { now, temperatureC, spare }: OutlookContext,
): number {
  const known = spare.get(vehicle.vehicleId)
  if (known !== undefined) return known
  const { socAt } = vehicle
  let kwh = -Infinity
  if (socAt !== null && now.getTime() - socAt.getTime() <= READING_FOR_MS) {
    const state = { now, pluggedIn: null, temperatureC, delaySeconds: null, chargedWh: 0 }
    const { lowPercent } = estimateSoc(vehicle, type, blocks, state)
    kwh = ((lowPercent - type.minSocPercent - type.reserveSocPercent) * type.batteryCapacityWh) / 100_000
  }
  spare.set(vehicle.vehicleId, kwh)
  return kwh
}
