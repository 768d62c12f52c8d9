import { z } from '@hono/zod-openapi'
import { PLACE_KINDS, placeMapping } from '../../domain/place.ts'
import { leftOut } from '../../domain/left-out.ts'
import { instant } from './common.ts'
import { placeExamples } from './place-examples.ts'
import { latitude, longitude } from './positions.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { refusing } from '../../domain/sentences/issue-sentence.ts'
import { matching } from '../matching.ts'

export const placeKind = z.enum(PLACE_KINDS)
/** OCPI 2.2.1 §8.4.22, those words that a charger can cause. */
export const evseStatusWord = z.enum(['AVAILABLE', 'CHARGING', 'RESERVED', 'INOPERATIVE', 'OUTOFORDER', 'UNKNOWN'])
const microEur = z.int().min(0).max(1_000_000_000)
export const plainId = matching(z.string().min(1).max(100), /^[\w.@,-]+$/, say('plainPlaceId'))
/** Values that are plain: a hundred short ones at most. */
export const placeProperties = z
  .record(z.string().min(1).max(60), z.union([z.string().max(500), z.number(), z.boolean(), z.null()]))
  .refine((properties) => Object.keys(properties).length <= 100, refusing(say('tooManyProperties', { n: 100 })))

const counts = z
  .object({ total: z.int(), free: z.int(), busy: z.int(), outOfOrder: z.int(), unknown: z.int() })
  .describe('Each EVSE is in one of the four; what is unknown is counted as nothing else.')

export const adHocTariff = z
  .object({
    tariffId: z.string(),
    name: z.string(),
    energyMicroEurPerKwh: microEur.nullable(),
    sessionMicroEur: microEur.nullable(),
    timeMicroEurPerHour: microEur.nullable(),
    vatPercent: z.number().min(0).max(100).nullable().describe('Prices are without it.'),
    updatedAt: instant,
  })
  .openapi('AdHocTariff', { example: placeExamples.adHocTariff })

const charging = z.object({
  stationId: z.string(),
  siteId: z.string(),
  counts,
  evses: z.array(
    z.object({
      evseId: z.int(),
      status: evseStatusWord,
      maxPowerW: z.int(),
      currentType: z.enum(['AC', 'DC']),
      connectors: z.array(z.object({ connectorId: z.int(), type: z.string().nullable() })),
    }),
  ),
  price: adHocTariff.nullable().describe('For those who come without a contract; null: none is set.'),
})

export const place = z
  .object({
    placeId: z.string(),
    kind: placeKind,
    name: z.string(),
    latitude,
    longitude,
    capacity: z.int().nullable(),
    free: z.int().nullable().describe('null: not known now. A reading of more than 15 minutes is unknown, not free.'),
    freeIsKnown: z.boolean(),
    old: z.boolean().describe('Something was told, but too long ago to hold.'),
    asOf: instant.nullable().describe('When it was last told, however long ago.'),
    ageSeconds: z.int().nullable(),
    public: z.boolean(),
    status: evseStatusWord.nullable().describe('Of chargers: the best that one of its EVSEs offers.'),
    charging: charging.nullable().describe('Of our own chargers; null: nothing more is known than `properties` say.'),
    source: z.object({
      sourceId: z.string(),
      name: z.string(),
      licence: z.string().nullable(),
      attribution: z.string().nullable(),
    }),
    properties: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .describe('What the source says beside, in its words: `zone`, `hours`, `link`, `powerText`.'),
    readings: z.array(z.object({ quantity: z.string(), value: z.number(), at: instant, old: z.boolean() })),
    links: z.object({ geo: z.string(), map: z.url() }),
    /** With `near` only. */
    distanceM: z.int().optional(),
    minutes: z.number().optional(),
  })
  .openapi('Place', { example: placeExamples.place })

export const placeReading = z
  .object({ quantity: z.string(), at: instant, value: z.number() })
  .openapi('PlaceReading', { example: placeExamples.placeReading })

export const placeSource = z
  .object({
    sourceId: z.string(),
    name: z.string(),
    kind: placeKind,
    public: z.boolean(),
    mapping: placeMapping,
    licence: z.string().nullable(),
    attribution: z.string().nullable(),
    url: z.string().nullable(),
    fetchMinutes: z.int().nullable(),
    places: z.int(),
    keys: z.int(),
    fetchedAt: instant.nullable(),
    fetchOutcome: z.string().nullable(),
    updatedAt: instant,
  })
  .openapi('PlaceSource', { example: placeExamples.placeSource })

export const placeSourceChange = z
  .strictObject({
    name: z.string().min(1).max(120),
    kind: placeKind.describe('What its places are, unless one says otherwise.'),
    public: leftOut(z.boolean()),
    mapping: leftOut(placeMapping),
    licence: leftOut(z.string().max(120).nullable()),
    attribution: leftOut(z.string().max(300).nullable()),
    url: leftOut(z.string().max(2000).nullable()).describe('A GeoJSON file that the server fetches.'),
    fetchMinutes: leftOut(z.int().min(1).max(10_080).nullable()).describe('10 when left out.'),
  })
  .openapi('PlaceSourceChange', {
    example: {
      name: 'Car parks of Burgas',
      kind: 'parking',
      licence: 'CC BY 4.0',
      url: 'https://smart.example.org/parking.geojson',
      fetchMinutes: 5,
    },
  })

export const placeChange = z
  .strictObject({
    kind: placeKind,
    name: z.string().min(1).max(200),
    latitude,
    longitude,
    capacity: leftOut(z.int().min(0).max(100_000).nullable()),
    public: leftOut(z.boolean()),
    properties: leftOut(placeProperties),
  })
  .openapi('PlaceChange', {
    example: { kind: 'wifi', name: 'Wi-Fi, the square', latitude: 42.0209, longitude: 23.0943 },
  })

const instantOfSensor = leftOut(z.iso.datetime({ offset: true }).openapi({ example: '2026-11-23T19:42:00Z' }))
export const occupancyReport = z
  .strictObject({
    at: instantOfSensor.describe('When it was seen; the time of the signature when left out.'),
    bays: leftOut(
      z
        .array(z.strictObject({ bayId: z.string().min(1).max(64), occupied: z.boolean(), at: instantOfSensor }))
        .min(1)
        .max(1000),
    ),
    free: leftOut(z.int().min(0).max(100_000)),
  })
  .refine((report) => (report.bays === undefined) !== (report.free === undefined), refusing(say('baysOrFree')))
  .openapi('OccupancyReport', { example: { bays: [{ bayId: '17', occupied: true }] } })

export const readingsReport = z
  .strictObject({
    readings: z
      .array(
        z.strictObject({
          quantity: matching(z.string(), /^[a-zA-Z][\w.]{0,39}$/, say('quantityName')),
          value: z.number().min(-1e12).max(1e12),
          at: instantOfSensor,
        }),
      )
      .min(1)
      .max(1000),
  })
  .openapi('PlaceReadingsReport', { example: { readings: [{ quantity: 'pm10UgM3', value: 31.5 }] } })

export const occupancy = z
  .object({ placeId: z.string(), free: z.int().nullable(), asOf: instant.nullable() })
  .openapi('PlaceOccupancy', {
    example: { placeId: 'parkings:P1', free: 23, asOf: '2026-11-23T19:42:00.000Z' },
  })
