import { describe, expect, test } from 'vitest'
import { planInstance } from './instance.ts'
import { smallInstance, smallVehicle } from './small-instance.ts'
import { unsupportedFields } from './unsupported-fields.ts'

/** An instance with every field that the format has. */
const everything = {
  start: '2026-11-23T15:00:00Z',
  slotMinutes: 15,
  slots: 2,
  timeZone: 'Europe/Sofia',
  price: [0.112, -0.05],
  peak: { eurPerKw: 5, soFarKw: 310 },
  carbon: [318, 300],
  feedInEurPerKwh: 0.04,
  nodes: [
    { id: 'site', parent: null, limitKw: [800, 700], baseLoadKw: 40 },
    { id: 'feeder-1', parent: 'site', limitKw: 300 },
  ],
  points: [
    {
      id: 'CP1-1',
      node: 'feeder-1',
      maxKw: 150,
      minKw: 10,
      efficiency: 0.95,
      group: 'CP1',
      groupMaxKw: 150,
      groupMaxActive: 1,
    },
  ],
  vehicles: [
    {
      id: 'bus-1',
      capacityKwh: 350,
      energyKwh: 120,
      maxKw: 150,
      taper: [
        [0, 150],
        [0.8, 150],
        [1, 20],
      ],
      minSoc: 0.1,
      maxSoc: 1,
      visits: [
        {
          arrive: '2026-11-23T15:05:00Z',
          depart: '2026-11-24T03:30:00+02:00',
          point: null,
          usedBeforeKwh: 0,
          needSoc: 0.85,
          priority: 1,
          precondition: { kw: 15, minutes: 20 },
        },
      ],
    },
  ],
  storage: [{ id: 'b1', node: 'site', capacityKwh: 200, energyKwh: 100, maxKw: 100, efficiency: 0.92 }],
  pv: [{ node: 'site', kw: [0, 3] }],
}

function messages(instance: unknown): string[] {
  const parsed = planInstance.safeParse(instance)
  return parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

describe('the instance format', () => {
  test('holds every field that it documents', () => {
    expect(messages(everything)).toEqual([])
  })

  test('names each field that cannot be planned yet', () => {
    expect(unsupportedFields(planInstance.parse(everything))).toEqual([
      'feedInEurPerKwh (selling energy)',
      'storage (stationary batteries)',
      'pv (photovoltaic generation)',
      'points[0].minKw (minimum power)',
      'points[0].group (shared cabinets)',
      'vehicles[0].visits[0].point null (choice of the point)',
      'vehicles[0].visits[0].precondition (heating or cooling before departure)',
    ])
  })

  test('takes a minimum power of zero and empty lists for what they are: nothing asked', () => {
    const instance = smallInstance({ points: [{ id: 'p1', node: 'site', maxKw: 50, minKw: 0 }], storage: [], pv: [] })
    expect(unsupportedFields(planInstance.parse(instance))).toEqual([])
  })

  test.each([
    ['a series of the wrong length', { price: [0.1] }, 'price: has 1 values, but there are 8 slots'],
    ['no slots', { slots: 0 }, 'slots: '],
    ['an unknown time zone', { timeZone: 'Europe/Sofya' }, 'timeZone: not an IANA time zone'],
    [
      'two grid connections',
      {
        nodes: [
          { id: 'a', parent: null, limitKw: 1 },
          { id: 'site', parent: null, limitKw: 1 },
        ],
      },
      'nodes: exactly one',
    ],
    [
      'an unknown parent',
      {
        nodes: [
          { id: 'site', parent: null, limitKw: 1 },
          { id: 'f', parent: 'x', limitKw: 1 },
        ],
      },
      'nodes.1.parent: there is no node x',
    ],
    [
      'a circle of nodes',
      {
        nodes: [
          { id: 'site', parent: null, limitKw: 1 },
          { id: 'f', parent: 'g', limitKw: 1 },
          { id: 'g', parent: 'f', limitKw: 1 },
        ],
      },
      'nodes.1.parent: the nodes form a circle',
    ],
    ['a point at no node', { points: [{ id: 'p1', node: 'x', maxKw: 1 }] }, 'points.0.node: there is no node x'],
    [
      'a visit at no point',
      { vehicles: [smallVehicle({ visit: { point: 'p9' } })] },
      'vehicles.0.visits.0.point: there is no point p9',
    ],
    [
      'two vehicles of one name',
      { vehicles: [smallVehicle(), smallVehicle()] },
      'vehicles.1.id: bus-1 is listed twice',
    ],
    [
      'a departure before the arrival',
      { vehicles: [smallVehicle({ visit: { depart: '2026-11-23T17:00:00Z' } })] },
      'vehicles.0.visits.0.depart: is not after arrive',
    ],
    [
      'more energy than capacity',
      { vehicles: [smallVehicle({ energyKwh: 101 })] },
      'vehicles.0.energyKwh: is more than',
    ],
    [
      'a taper curve that goes back',
      {
        vehicles: [
          smallVehicle({
            taper: [
              [0.5, 50],
              [0.4, 20],
            ],
          }),
        ],
      },
      'vehicles.0.taper.1: the SoC',
    ],
    ['a misspelt field', { prices: [1] }, ': Unrecognized key: "prices"'],
  ])('refuses %s and says where', (_, changes, message) => {
    expect(messages({ ...smallInstance(), ...changes })).toEqual(
      expect.arrayContaining([expect.stringContaining(message)]),
    )
  })
})
