import type { VehicleView } from '../../parts/vehicle-view.ts'

/** As many rows as are seen at once; where a depot has more vehicles, the rest is shown on demand. */
export const FEW_ROWS = 12

/** The vehicles that get a row: in the depot's order where they are few, else those first that leave next. */
export function shownVehicles(vehicles: readonly VehicleView[], all: boolean): readonly VehicleView[] {
  if (vehicles.length <= FEW_ROWS) return vehicles
  const ordered = vehicles.toSorted(
    (a, b) => rank(a) - rank(b) || (a.pullOutAt ?? Infinity) - (b.pullOutAt ?? Infinity),
  )
  return all ? ordered : ordered.slice(0, FEW_ROWS)
}

function rank(view: VehicleView): number {
  return view.pullOut === 'missed' ? 0 : view.pullOut === 'none' ? 2 : 1
}
