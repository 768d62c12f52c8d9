import type { VehicleView } from '../parts/vehicle-view.ts'

export interface Verdict {
  tone: 'go' | 'look' | 'act' | 'unknown'
  /** Vehicles with a pull-out ahead. */
  total: number
  made: number
  missed: number
  unknown: number
  /** The first to leave. */
  next: VehicleView | null
}

/** The answer to the question that the manager came with: will every bus make its pull-out? */
export function judge(vehicles: readonly VehicleView[], hasPlan: boolean): Verdict {
  const leaving = vehicles.filter((view) => view.pullOut !== 'none' && view.pullOutAt !== null)
  const count = (what: VehicleView['pullOut']): number => leaving.filter((view) => view.pullOut === what).length
  const missed = count('missed')
  const unknown = count('unknown')
  const tone = missed > 0 ? 'act' : !hasPlan ? 'unknown' : unknown > 0 ? 'look' : 'go'
  return {
    tone,
    total: leaving.length,
    made: count('made'),
    missed,
    unknown,
    next: leaving.toSorted((a, b) => (a.pullOutAt ?? 0) - (b.pullOutAt ?? 0))[0] ?? null,
  }
}
