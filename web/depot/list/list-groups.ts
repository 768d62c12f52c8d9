import type { VehicleStatus, VehicleView } from '../../parts/vehicle-view.ts'

export const GROUPINGS = ['margin', 'state', 'type', 'none'] as const
export type Grouping = (typeof GROUPINGS)[number]
export const SORTINGS = ['margin', 'out', 'charge', 'label'] as const
export type Sorting = (typeof SORTINGS)[number]
export const FILTERS = ['all', 'attention', 'charging', 'plugged', 'unplugged', 'away', 'out'] as const
export type Filter = (typeof FILTERS)[number]

export interface ListChoice {
  /** Words that must all occur in what a vehicle goes by: label, type, block, lines, charger, bay. */
  search: string
  filter: Filter
  grouping: Grouping
  sorting: Sorting
}

export interface ListGroup {
  /** A margin group, a state, or a type's label; empty where all are one. */
  key: string
  views: VehicleView[]
}

const TIGHT_MINUTES = 60
const MARGINS = ['missed', 'tight', 'made', 'unknown', 'none'] as const
export type MarginGroup = (typeof MARGINS)[number]

const STATES: readonly VehicleStatus['kind'][] = [
  'late',
  'chargerFaulted',
  'chargerOffline',
  'notPluggedIn',
  'charging',
  'waits',
  'pluggedIn',
  'full',
  'onTheLine',
  'unknown',
  'outOfService',
]

const wantedStates: Record<Exclude<Filter, 'all' | 'attention'>, readonly VehicleStatus['kind'][]> = {
  charging: ['charging'],
  plugged: ['charging', 'waits', 'full', 'pluggedIn', 'chargerFaulted', 'chargerOffline'],
  unplugged: ['notPluggedIn', 'unknown'],
  away: ['onTheLine', 'late'],
  out: ['outOfService'],
}

/** The vehicles that are asked for, in their groups, empty groups left out. */
export function listGroups(views: readonly VehicleView[], choice: ListChoice): ListGroup[] {
  const words = choice.search.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  const shown = views.filter(
    (view) => passes(view, choice.filter) && words.every((word) => nameOf(view).includes(word)),
  )
  const sorted = choice.sorting === 'label' ? shown : shown.toSorted(orders[choice.sorting])
  const groups = Map.groupBy(sorted, (view) => groupOf(view, choice.grouping))
  return [...groups]
    .map(([key, of]) => ({ key, views: of }))
    .sort((a, b) => rankOf(a.key, choice.grouping) - rankOf(b.key, choice.grouping) || (a.key < b.key ? -1 : 1))
}

function passes(view: VehicleView, filter: Filter): boolean {
  if (filter === 'all') return true
  if (filter === 'attention') return view.tone === 'act' || view.tone === 'look'
  return wantedStates[filter].includes(view.status.kind)
}

function nameOf({ label, vehicle }: VehicleView): string {
  const { typeLabel, bayId, stationId, block, next } = vehicle
  const work = [block, next].flatMap((one) => (one === null ? [] : [one.blockId, ...one.routes]))
  return [label, typeLabel, bayId, stationId, ...work].join(' ').toLocaleLowerCase()
}

export function marginGroup(view: VehicleView): MarginGroup {
  if (view.pullOut === 'made') return (view.marginMinutes ?? 0) < TIGHT_MINUTES ? 'tight' : 'made'
  return view.pullOut
}

function groupOf(view: VehicleView, grouping: Grouping): string {
  switch (grouping) {
    case 'margin':
      return marginGroup(view)
    case 'state':
      return view.status.kind
    case 'type':
      return view.vehicle.typeLabel
    case 'none':
      return ''
  }
}

function rankOf(key: string, grouping: Grouping): number {
  if (grouping === 'margin') return MARGINS.indexOf(key as MarginGroup)
  return grouping === 'state' ? STATES.indexOf(key as VehicleStatus['kind']) : 0
}

const byOut = (a: VehicleView, b: VehicleView): number =>
  (a.pullOutAt ?? Number.MAX_SAFE_INTEGER) - (b.pullOutAt ?? Number.MAX_SAFE_INTEGER)

const orders: Record<Exclude<Sorting, 'label'>, (a: VehicleView, b: VehicleView) => number> = {
  // Those that will not make it first; then who has least to spare.
  margin: (a, b) =>
    MARGINS.indexOf(marginGroup(a)) - MARGINS.indexOf(marginGroup(b)) ||
    (a.marginMinutes ?? 0) - (b.marginMinutes ?? 0) ||
    byOut(a, b),
  out: byOut,
  charge: (a, b) => chargeOf(a) - chargeOf(b) || byOut(a, b),
}

const chargeOf = ({ soc }: VehicleView): number => (soc.kind === 'unknown' ? -1 : soc.percent)
