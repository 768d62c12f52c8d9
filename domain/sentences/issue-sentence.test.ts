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

function issues(schema: z.ZodType, value: unknown): z.core.$ZodIssue[] {
  return schema.safeParse(value, { reportInput: true }).error?.issues ?? []
}

test('the English of every issue of a fleet file is the checker’s own', () => {
  const found = DIRTY.flatMap((value) => issues(fleetFile, value))
  for (const issue of found) expect(issueSentence(issue).in('en')).toBe(issue.message)
  const messages = new Set(found.map((issue) => issue.message))
  expect(messages.size).toBeGreaterThan(45)
})

test('in Bulgarian and Ukrainian no word of it is left in English', () => {
  const plain = { ...FILE, sites: [{ ...SITE, timeZone: 1 }] }
  for (const issue of [...DIRTY, plain].flatMap((value) => issues(fleetFile, value)))
    for (const language of ['bg', 'uk'] as const) {
      const text = issueSentence(issue).in(language)
      const own =
        /[a-z]\w*(?:Id|Kw)\b|"[^"]*"|IANA|Europe\/Sofia|\b(?:true|false|null)\b|[A-Z]+-?\d*(?:\/\d+)?|\b(?:no|up|depot|site|bus)\b/g
      expect([text, text.replaceAll(own, '').match(/[A-Za-z]{2,}/g)]).toEqual([text, null])
    }
})

test('the place stands before it; of the whole file that it is the file', () => {
  const [issue] = issues(siteTariff, { networkEurPerKwh: 11 })
  if (issue === undefined) throw new Error('nothing was found')
  expect(issueAt(issue).in('bg')).toBe('networkEurPerKwh: твърде голямо: очаква се число, най-много 10')
  const [whole] = issues(siteTariff, 'x')
  if (whole === undefined) throw new Error('nothing was found')
  expect(issueAt(whole).in('en')).toBe('file: Invalid input: expected object, received string')
  expect(issueAt(whole).in('uk')).toBe('увесь файл: очікується об’єкт, а стоїть текст')
})
