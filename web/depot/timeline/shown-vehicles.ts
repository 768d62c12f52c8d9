import type { VehicleView } from '../../parts/vehicle-view.ts'

/** As many rows as are seen at once; where a depot has more vehicles, the rest is shown on demand. */
export const FEW_ROWS = 12
/** As many more as are drawn at a time, so that no press of a button stops the page. */
export const MORE_ROWS = 24

/** The vehicles that get a row: in the depot's order where they are few, else those first that leave next. */
export function shownVehicles(vehicles: readonly VehicleView[], count: number): readonly VehicleView[] {
  if (vehicles.length <= FEW_ROWS) return vehicles
  const ordered = vehicles.toSorted(
    (a, b) => rank(a) - rank(b) || (a.pullOutAt ?? Infinity) - (b.pullOutAt ?? Infinity),
  )
  return ordered.slice(0, count)
}

function rank(view: VehicleView): number {
  return view.pullOut === 'missed' ? 0 : view.pullOut === 'none' ? 2 : 1
}
