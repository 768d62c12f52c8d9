import { blockKey, type Block } from '../../domain/block.ts'

export interface AssignableVehicle {
  vehicleId: string
  /** How far it goes on a full battery with its reserve kept. */
  rangeM: number
}

export interface BlockAssignment {
  date: string
  blockId: string
  vehicleId: string
  /** A sentence when nothing better was to be had; null when all is well. */
  note: string | null
}

export interface UnassignedBlock {
  date: string
  blockId: string
  reason: string
}

/** Between pull-in and the next pull-out: parking, inspection, a change of drivers. */
const TURNAROUND_MS = 10 * 60_000

/**
 * Gives each block that nobody drives to a vehicle that is free then. What the timetable and people decided stays, and so do earlier automatic
 * assignments unless they have come to overlap. Among free vehicles: one that can do the distance, then the one that had the same block on another day,
 * then the one with the fewest kilometres within `blocks`, then by id. A block whose vehicle a person took away is left alone; so is one that the
 * timetable gives to a vehicle outside the fleet. The same input always gives the same answer. O(blocks × vehicles).
 */
export function assignBlocks(
  blocks: readonly Block[],
  vehicles: readonly AssignableVehicle[],
): { assignments: BlockAssignment[]; unassigned: UnassignedBlock[] } {
  const work = new Map(vehicles.map((vehicle) => [vehicle.vehicleId, { ...vehicle, blocks: [] as Block[], metres: 0 }]))
  const habit = new Map<string, string>()
  const take = (block: Block, vehicleId: string): void => {
    const own = work.get(vehicleId)
    own?.blocks.push(block)
    if (own !== undefined) own.metres += block.distanceM
    habit.set(block.blockId, vehicleId)
  }

  const ordered = blocks.toSorted(
    (a, b) => a.startAt.getTime() - b.startAt.getTime() || (blockKey(a) < blockKey(b) ? -1 : 1),
  )
  for (const block of ordered) {
    if (block.vehicleId !== null && block.assignedBy !== 'automatic') take(block, block.vehicleId)
  }
  const open: Block[] = []
  for (const block of ordered) {
    if (block.assignedBy === 'automatic' && block.vehicleId !== null) {
      const own = work.get(block.vehicleId)
      if (own !== undefined && isFree(own.blocks, block)) take(block, block.vehicleId)
      else open.push(block)
    } else if (block.vehicleId === null && block.assignedBy === null) open.push(block)
  }

  const assignments: BlockAssignment[] = []
  const unassigned: UnassignedBlock[] = []
  for (const block of open) {
    const { date, blockId } = block
    const free = [...work.values()]
      .filter((vehicle) => isFree(vehicle.blocks, block))
      .map((vehicle) => ({
        vehicle,
        reaches: vehicle.rangeM >= block.distanceM,
        usual: habit.get(blockId) === vehicle.vehicleId,
      }))
      .sort(
        (a, b) =>
          Number(b.reaches) - Number(a.reaches) ||
          Number(b.usual) - Number(a.usual) ||
          (a.reaches ? 0 : b.vehicle.rangeM - a.vehicle.rangeM) ||
          a.vehicle.metres - b.vehicle.metres ||
          (a.vehicle.vehicleId < b.vehicle.vehicleId ? -1 : 1),
      )
    const best = free[0]
    if (best === undefined) {
      const reason =
        vehicles.length === 0 ? 'the site has no vehicle in service' : 'every vehicle drives another block then'
      unassigned.push({ date, blockId, reason })
      continue
    }
    const note = best.reaches
      ? null
      : `${kilometres(block.distanceM)} km, but no free vehicle goes further than ${kilometres(best.vehicle.rangeM)} km with its reserve`
    assignments.push({ date, blockId, vehicleId: best.vehicle.vehicleId, note })
    take(block, best.vehicle.vehicleId)
  }
  return { assignments, unassigned }
}

function isFree(taken: readonly Block[], block: Block): boolean {
  return taken.every(
    (other) =>
      other.endAt.getTime() + TURNAROUND_MS <= block.startAt.getTime() ||
      block.endAt.getTime() + TURNAROUND_MS <= other.startAt.getTime(),
  )
}

function kilometres(metres: number): number {
  return Math.round(metres / 1000)
}
