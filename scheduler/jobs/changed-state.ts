import { blockKey, type Block } from '../../domain/block.ts'
import { pointId } from '../../domain/fleet.ts'
import type { PlanChanges } from '../../domain/plan-preview.ts'
import { SaidError } from '../../domain/sentences/said-error.ts'
import { say } from '../../domain/sentences/sentence.ts'
import type { VehicleWish } from '../../domain/vehicle-wish.ts'
import type { PlanningState } from './site-plan.ts'

/** A change that speaks of something that is not there; the message is for people. */
export class UnknownInChanges extends SaidError {
  override readonly name = 'UnknownInChanges'
}

/** The state as it would be with the changes. Pure; throws UnknownInChanges. */
export function changedState(state: PlanningState, changes: PlanChanges): PlanningState {
  const { fleet } = state
  const limits = new Map((changes.limits ?? []).map((limit) => [limit.nodeId, limit.limitW]))
  const bays = new Map((changes.bays ?? []).map((bay) => [bay.vehicleId, bay.bayId]))
  const gone = new Set(changes.vehiclesOutOfService ?? [])
  const broken = new Set((changes.evsesOutOfOrder ?? []).map(pointId))
  const given = new Map((changes.assignments ?? []).map((one) => [blockKey(one), one.vehicleId]))
  const known = {
    node: new Set(fleet.nodes.map((node) => node.nodeId)),
    bay: new Set(fleet.bays.map((bay) => bay.bayId)),
    vehicle: new Set(fleet.vehicles.map((vehicle) => vehicle.vehicleId)),
    evse: new Set(fleet.evses.map(pointId)),
    block: new Set(state.blocks.map(blockKey)),
  }
  const check = (kind: keyof typeof known, ids: Iterable<string>): void => {
    for (const id of ids) if (!known[kind].has(id)) throw new UnknownInChanges(say(`planless_${kind}`, { id }))
  }
  check('node', limits.keys())
  check('bay', bays.values())
  check('evse', broken)
  check('block', given.keys())
  check('vehicle', [...bays.keys(), ...gone, ...(changes.wishes ?? []).map((wish) => wish.vehicleId)])
  check(
    'vehicle',
    [...given.values()].filter((id) => id !== null),
  )

  return {
    ...state,
    fleet: {
      ...fleet,
      nodes: fleet.nodes.map((node) => ({ ...node, limitW: limits.get(node.nodeId) ?? node.limitW })),
      evses: fleet.evses.map((evse) => ({ ...evse, usable: evse.usable && !broken.has(pointId(evse)) })),
      vehicles: fleet.vehicles
        .filter((vehicle) => !gone.has(vehicle.vehicleId))
        .map((vehicle) => ({ ...vehicle, bayId: bays.get(vehicle.vehicleId) ?? vehicle.bayId })),
    },
    blocks: state.blocks.map((block): Block => {
      const vehicleId = given.get(blockKey(block))
      if (vehicleId !== undefined) return { ...block, vehicleId, assignedBy: 'manual' }
      // As when it is really out of service: its work is open.
      if (block.vehicleId !== null && gone.has(block.vehicleId)) return { ...block, vehicleId: null, assignedBy: null }
      return block
    }),
    wishes: wishesWith(state, changes.wishes ?? []),
  }
}

/** Wishes that are thought of take the place of those that stand for the same departure, as when they are really made. */
function wishesWith(state: PlanningState, thought: NonNullable<PlanChanges['wishes']>): VehicleWish[] {
  const wishes = [...state.wishes]
  thought.forEach((one, index) => {
    const at = wishes.findIndex(
      (wish) =>
        wish.vehicleId === one.vehicleId &&
        wish.departure?.date === one.departure?.date &&
        wish.departure?.blockId === one.departure?.blockId,
    )
    const before = wishes[at]
    const wish: VehicleWish = {
      wishId: -1 - index,
      siteId: state.fleet.site.siteId,
      vehicleId: one.vehicleId,
      departure: one.departure,
      needSocPercent: one.needSocPercent === undefined ? (before?.needSocPercent ?? null) : one.needSocPercent,
      departAt:
        one.departAt === undefined ? (before?.departAt ?? null) : one.departAt === null ? null : new Date(one.departAt),
      chargeNow: one.chargeNow === undefined ? (before?.chargeNow ?? null) : one.chargeNow,
      madeAt: state.at,
      madeBy: null,
      until: state.at,
      leavesFor: one.departure,
      endedAt: null,
      endedBecause: null,
    }
    const empty = wish.needSocPercent === null && wish.departAt === null && wish.chargeNow === null
    if (at >= 0) wishes.splice(at, 1)
    if (!empty) wishes.push(wish)
  })
  return wishes
}
