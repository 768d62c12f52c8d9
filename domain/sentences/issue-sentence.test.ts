import { expect, test } from 'vitest'
import type { z } from 'zod'
import { fleetFile } from '../fleet-file.ts'
import { siteTariff } from '../tariff/tariff.ts'
import { issueAt, issueSentence } from './issue-sentence.ts'

const NODE = { id: 'site', parentId: null, limitKw: 100 }
const EVSE = { evseId: 1, maxPowerKw: 100 }
const SITE = {
  id: 'depot',
  name: 'Depot',
  timeZone: 'Europe/Sofia',
  latitude: 42,
  longitude: 23,
  nodes: [NODE],
  stations: [{ id: 'CP-1', nodeId: 'site', evses: [EVSE] }],
}
const TYPE = {
  id: 'bus',
  batteryCapacityKwh: 300,
  maxPowerKw: 150,
  taper: [
    [0, 150],
    [100, 20],
  ],
  consumptionKwhPerKm: [[0, 1.2]],
}
const VEHICLE = { id: 'bus-1', siteId: 'depot', typeId: 'bus' }
const FILE = { sites: [SITE], vehicleTypes: [TYPE], vehicles: [VEHICLE] }

/** Every mistake that a fleet file can have, some twice. */
const DIRTY: unknown[] = [
  null,
  [],
  {},
  'a text',
  { ...FILE, sites: [], extra: 1 },
  { ...FILE, extra: 1, other: 2 },
  { ...FILE, sites: [{ ...SITE, id: 'дeпо', name: '', timeZone: 'Sofia', latitude: 91, longitude: '23' }] },
  { ...FILE, sites: [{ ...SITE, latitude: null, longitude: true, nodes: [NODE, NODE] }] },
  { ...FILE, sites: [{ ...SITE, nodes: [{ ...NODE, parentId: 'up' }] }, SITE] },
  {
    ...FILE,
    sites: [
      {
        ...SITE,
        nodes: [
          NODE,
          { id: 'a', parentId: 'b', limitKw: -1, label: 'x'.repeat(121) },
          { id: 'b', parentId: 'a', limitKw: 1, hourlyBaseLoadKw: [[1]] },
        ],
      },
    ],
  },
  {
    ...FILE,
    sites: [
      {
        ...SITE,
        nodes: [
          NODE,
          { id: 'a', parentId: 'b', limitKw: 1 },
          { id: 'b', parentId: 'a', limitKw: 1, hourlyBaseLoadKw: Array(12).fill(Array(24).fill(5)) },
        ],
      },
    ],
  },
  { ...FILE, sites: [{ ...SITE, monthlyTemperatureC: Array(13).fill(1) }] },
  {
    ...FILE,
    sites: [
      {
        ...SITE,
        stations: [
          { id: 'CP-1', nodeId: 'site', evses: [] },
          {
            id: 'CP-2',
            nodeId: 'site',
            evses: [{ ...EVSE, evseId: 1.5, currentType: 'XX', phases: 4, efficiency: 0 }],
          },
        ],
      },
    ],
  },
  {
    ...FILE,
    sites: [
      {
        ...SITE,
        stations: [
          { id: 'CP-1', nodeId: 'no', evses: [EVSE, { ...EVSE, nodeId: 'no' }] },
          { id: 'CP-1', nodeId: 'site', evses: [{ ...EVSE, evseId: 2 }] },
        ],
        bays: [{ id: 'B' }, { id: 'B', stationId: 'CP-1' }, { id: 'C', stationId: 'CP-1', evseId: 9 }],
      },
    ],
    vehicleTypes: [TYPE, TYPE],
    vehicles: [
      VEHICLE,
      { ...VEHICLE, typeId: 'no', bayId: 'no', tokens: [{ value: 'T' }, { value: 'T' }] },
      { ...VEHICLE, siteId: 'no' },
    ],
    tokens: [{ value: 'T' }, { value: 'U', vehicleId: 'no' }],
  },
  {
    ...FILE,
    vehicleTypes: [
      {
        ...TYPE,
        batteryCapacityKwh: 0,
        minSocPercent: 101,
        taper: [[0, 1]],
        consumptionKwhPerKm: [
          [5, 1],
          [4, 1],
        ],
      },
      {
        ...TYPE,
        id: 'x',
        taper: [
          [50, 1],
          [40, 1],
        ],
        consumptionKwhPerKm: [[0, 1, 2]],
      },
    ],
  },
  {
    ...FILE,
    sites: [
      {
        ...SITE,
        tariff: { zones: [{ from: '7', to: '25:00', days: ['someday'], eurPerKwh: 11 }], holidays: ['24.12.'] },
      },
    ],
  },
]

interface Found {
  issue: z.core.$ZodIssue
  given: unknown
}

function issues(schema: z.ZodType, given: unknown): Found[] {
  return (schema.safeParse(given).error?.issues ?? []).map((issue) => ({ issue, given }))
}

const FOUND = [...DIRTY, { ...FILE, sites: [{ ...SITE, timeZone: 1 }] }].flatMap((given) => issues(fleetFile, given))

test('every mistake of a fleet file is said in words of its own, none as just wrong', () => {
  const codes = FOUND.map(({ issue, given }) => issueSentence(issue, given).code)
  expect(codes).not.toContain('field_wrong')
  expect(codes).not.toContain('field_wrongKind')
  expect(new Set(codes).size).toBeGreaterThan(30)
})

test('in Bulgarian and Ukrainian no word of it is left in English', () => {
  for (const { issue, given } of FOUND) {
    const said = issueSentence(issue, given)
    for (const language of ['bg', 'uk'] as const) {
      const words = Object.values(said.values).reduce<string>(
        (rest, value) => rest.replace(typeof value === 'object' ? value.in(language) : String(value), ''),
        said.in(language),
      )
      const names = /[a-z]\w*(?:Id|Kw)\b|IANA|Europe\/Sofia/g
      expect([words, words.replaceAll(names, '').match(/[A-Za-z]{2,}/g)]).toEqual([words, null])
    }
  }
})

test('the place stands before it; of the whole file that it is the file', () => {
  const said = (given: unknown): ((language: 'en' | 'bg' | 'uk') => string) => {
    const [found] = issues(siteTariff, given)
    if (found === undefined) throw new Error('nothing was found')
    return (language) => issueAt(found.issue, found.given).in(language)
  }
  expect(said({ networkEurPerKwh: 11 })('bg')).toBe('networkEurPerKwh: Твърде голямо: най-много 10.')
  expect(said('x')('en')).toBe('file: A group of named values is expected.')
  expect(said('x')('uk')).toBe('увесь файл: Очікується група іменованих значень.')
})
