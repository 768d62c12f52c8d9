import type { PlanInstance } from './instance-fields.ts'

export interface GeneratedDepot {
  buses: number
  seed?: number
  /** Batteries that take less when nearly full. Default true. */
  taper?: boolean
  slots?: number
}

/**
 * A synthetic bus depot, the same for the same seed: feeders of 20 buses at 60 % of their chargers, a night stay and a second one after the
 * morning peak for each bus, day-ahead-like prices, a monthly peak charge. For measurements and tests.
 */
export function generateInstance({ buses, seed = 1, taper = true, slots = 144 }: GeneratedDepot): PlanInstance {
  const random = randomNumbers(seed)
  const between = (low: number, high: number): number => low + (high - low) * random()
  const start = Date.UTC(2026, 10, 23, 12)
  const instant = (hours: number): string => new Date(start + Math.round(hours * 60) * 60_000).toISOString()
  const feeders = Math.ceil(buses / 20)
  const price = Array.from({ length: slots }, (_, t) => {
    const hour = (12 + t / 4) % 24
    const evening = 0.12 * Math.exp(-((hour - 18.5) ** 2) / 5)
    const morning = 0.07 * Math.exp(-((hour - 8) ** 2) / 3)
    return Math.round((0.07 + evening + morning + between(-0.005, 0.005)) * 1e5) / 1e5
  })
  return {
    start: instant(0),
    slotMinutes: 15,
    slots,
    timeZone: 'Europe/Sofia',
    price,
    peak: { eurPerKw: 5, soFarKw: 0 },
    carbon: price.map((eurPerKwh) => Math.round(200 + 1000 * eurPerKwh)),
    nodes: [
      { id: 'site', parent: null, limitKw: buses * 50, baseLoadKw: buses * 1.5 },
      ...Array.from({ length: feeders }, (_, f) => ({ id: `feeder-${f + 1}`, parent: 'site', limitKw: 20 * 60 })),
    ],
    points: Array.from({ length: buses }, (_, b) => ({
      id: `CP${b + 1}`,
      node: `feeder-${Math.floor(b / 20) + 1}`,
      maxKw: 100,
      efficiency: 0.95,
    })),
    vehicles: Array.from({ length: buses }, (_, b) => {
      const capacityKwh = 350
      const firstArrive = between(5, 11)
      const firstDepart = between(15.5, 18.5)
      const secondArrive = firstDepart + between(4.5, 6)
      return {
        id: `bus-${b + 1}`,
        capacityKwh,
        energyKwh: Math.round(between(0.45, 0.7) * capacityKwh),
        maxKw: 100,
        ...(taper
          ? {
              taper: [
                [0, 100],
                [0.8, 100],
                [1, 15],
              ] as [number, number][],
            }
          : {}),
        minSoc: 0.1,
        maxSoc: 1,
        visits: [
          {
            arrive: instant(firstArrive),
            depart: instant(firstDepart),
            point: `CP${b + 1}`,
            usedBeforeKwh: Math.round(between(40, 110)),
            needSoc: Math.round(between(0.75, 0.95) * 100) / 100,
          },
          {
            arrive: instant(secondArrive),
            depart: instant(Math.min(slots / 4, secondArrive + between(5, 9))),
            point: `CP${b + 1}`,
            usedBeforeKwh: Math.round(between(60, 120)),
            needSoc: Math.round(between(0.7, 0.9) * 100) / 100,
          },
        ],
      }
    }),
  }
}

/** Mulberry32: small, fast, and the same everywhere. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
