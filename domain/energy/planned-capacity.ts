/** What no battery of that nominal capacity has: then it was the charger's meter or the vehicle's display that was learned. */
const LEAST_SHARE = 0.5
const MOST_SHARE = 1.1

/**
 * The capacity that estimates and plans count with: the one learned from the vehicle's own sessions where there is one (it is told only with sufficient evidence) and it is
 * possible at all, else the nominal one.
 */
export function plannedCapacityWh(nominalWh: number, learnedWh: number | null | undefined): number {
  if (learnedWh === null || learnedWh === undefined) return nominalWh
  return learnedWh >= nominalWh * LEAST_SHARE && learnedWh <= nominalWh * MOST_SHARE ? learnedWh : nominalWh
}
