import type { PlanInstance, PlanVehicle } from './instance-fields.ts'

const START = '2026-11-23T18:00:00Z'

/** `START` and some minutes. */
export function minutesIn(minutes: number, start = START): string {
  return new Date(Date.parse(start) + minutes * 60_000).toISOString()
}

/** A battery of 100 kWh, half full, that stays all 2 hours at point `p1` and needs 80 %; `changes` say what is different. */
export function smallVehicle(
  changes: Partial<PlanVehicle> & { visit?: Partial<PlanVehicle['visits'][number]> } = {},
): PlanVehicle {
  const { visit, ...rest } = changes
  return {
    id: 'bus-1',
    capacityKwh: 100,
    energyKwh: 50,
    maxKw: 50,
    visits: [{ arrive: minutesIn(0), depart: minutesIn(120), point: 'p1', needSoc: 0.8, ...visit }],
    ...rest,
  }
}

/** Eight quarter hours, one price, a site of 100 kW with two points of 50 kW, one vehicle. For tests; `changes` say what is different. */
export function smallInstance(changes: Partial<PlanInstance> = {}): PlanInstance {
  return {
    start: START,
    slotMinutes: 15,
    slots: 8,
    timeZone: 'Europe/Sofia',
    price: 0.1,
    nodes: [{ id: 'site', parent: null, limitKw: 100 }],
    points: [
      { id: 'p1', node: 'site', maxKw: 50 },
      { id: 'p2', node: 'site', maxKw: 50 },
    ],
    vehicles: [smallVehicle()],
    ...changes,
  }
}
