import type { components } from '../generated/api.d.ts'

type Request = components['schemas']['PlanPreviewRequest']
export type Preview = components['schemas']['PlanPreview']
export type Departure = { date: string; blockId: string } | null

/** One thing that the reader thinks of changing. */
export type Change =
  | { kind: 'need'; vehicleId: string; departure: Departure; needSocPercent: number | null }
  | { kind: 'departure'; vehicleId: string; departure: Departure; departAt: string | null }
  | { kind: 'chargeNow'; vehicleId: string; on: boolean }
  | { kind: 'limit'; nodeId: string; limitW: number }
  | { kind: 'outOfService'; vehicleId: string }
  | { kind: 'assign'; date: string; blockId: string; vehicleId: string; from: string }

/** What a change is about: a newer one about the same takes its place. */
export function changeKey(change: Change): string {
  switch (change.kind) {
    case 'need':
    case 'departure':
      return `${change.kind} ${change.vehicleId} ${change.departure?.date} ${change.departure?.blockId}`
    case 'limit':
      return `limit ${change.nodeId}`
    case 'assign':
      return `assign ${change.date} ${change.blockId}`
    default:
      return `${change.kind} ${change.vehicleId}`
  }
}

/** The changes with one more, in place of what it is about. */
export function withChange(changes: readonly Change[], change: Change): Change[] {
  const key = changeKey(change)
  return [...changes.filter((one) => changeKey(one) !== key), change]
}

/** The changes as the API asks for them in a preview. */
export function previewChanges(changes: readonly Change[]): Request['changes'] {
  type Wish = NonNullable<Request['changes']['wishes']>[number]
  const wishes = new Map<string, Wish>()
  const wish = (vehicleId: string, departure: Departure): Wish => {
    const key = `${vehicleId} ${departure?.date} ${departure?.blockId}`
    const known = wishes.get(key) ?? { vehicleId, departure }
    wishes.set(key, known)
    return known
  }
  for (const change of changes) {
    if (change.kind === 'need') wish(change.vehicleId, change.departure).needSocPercent = change.needSocPercent
    else if (change.kind === 'departure') wish(change.vehicleId, change.departure).departAt = change.departAt
    else if (change.kind === 'chargeNow')
      wish(change.vehicleId, null).chargeNow = change.on ? { untilSocPercent: null } : null
  }
  return {
    wishes: [...wishes.values()],
    limits: changes.filter((one) => one.kind === 'limit').map(({ nodeId, limitW }) => ({ nodeId, limitW })),
    vehiclesOutOfService: changes.filter((one) => one.kind === 'outOfService').map((one) => one.vehicleId),
    assignments: changes
      .filter((one) => one.kind === 'assign')
      .map(({ date, blockId, vehicleId }) => ({ date, blockId, vehicleId })),
  }
}
