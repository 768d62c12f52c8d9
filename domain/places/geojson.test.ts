import { describe, expect, test } from 'vitest'
import { occupancyAt } from '../place.ts'
import { placesOfGeojson } from './geojson.ts'

/** As the Smart Burgas portal writes it: every value a string, times local and without a zone. */
function carPark(properties: object, coordinates: unknown = [27.4626, 42.4948]) {
  return { type: 'Feature', geometry: { type: 'Point', coordinates }, properties }
}
function read(features: unknown[], kind: 'parking' | 'charger' = 'parking', mapping = {}) {
  return placesOfGeojson({ type: 'FeatureCollection', features }, { kind, mapping })
}
const NOW = new Date('2026-01-15T12:00:00Z')

describe('GeoJSON as city portals publish it', () => {
  test('has strings for numbers and local times, and the newest of the history is the count', () => {
    const { places, findings, refused } = read([
      carPark({
        parking_id: '7',
        name: ' Паркинг Тройката ',
        total_lots: '82',
        total_free_lots: '40',
        load: '51.2',
        data: [
          { free_lots: '44', time: '2026-01-15 12:58:00' },
          { free_lots: '38', time: '2026-01-15 13:58:00' },
        ],
      }),
    ])
    expect({ refused, findings }).toEqual({ refused: null, findings: [] })
    expect(places).toEqual([
      {
        externalId: '7',
        kind: 'parking',
        name: 'Паркинг Тройката',
        latitude: 42.4948,
        longitude: 27.4626,
        capacity: 82,
        free: 38,
        asOf: new Date('2026-01-15T11:58:00Z'),
        properties: { load: '51.2' },
        readings: [
          { quantity: 'free', at: new Date('2026-01-15T11:58:00Z'), value: 38 },
          { quantity: 'free', at: new Date('2026-01-15T10:58:00Z'), value: 44 },
        ],
      },
    ])
  })

  test('a car park that stopped in 2024 stands beside fresh ones and is known to be old', () => {
    const feature = (id: string, time: string) =>
      carPark({ parking_id: id, name: id, total_lots: '50', total_free_lots: '25', data: [{ free_lots: '25', time }] })
    const { places } = read([feature('stopped', '2024-10-03 09:00:00'), feature('fresh', '2026-01-15 13:55:00')])
    expect(places.map((place) => occupancyAt(place, NOW))).toMatchObject([
      { free: null, freeIsKnown: false, old: true },
      { free: 25, freeIsKnown: true, old: false },
    ])
  })

  test('a total without any time is not the time of the download', () => {
    const [place] = read([
      carPark({ parking_id: '1', name: 'P', total_lots: '50', total_free_lots: '25', data: [] }),
    ]).places
    expect(place).toMatchObject({ capacity: 50, free: 25, asOf: null })
    expect(occupancyAt(place ?? { free: null, asOf: null }, NOW)).toMatchObject({
      free: null,
      freeIsKnown: false,
      ageSeconds: null,
    })
  })

  test('EV points have a name and a power in words, and no status, capacity or count', () => {
    const { places } = read([carPark({ name: 'Зарядна станция', power: '2 x 22 kW Type 2' })], 'charger')
    expect(places).toMatchObject([
      {
        externalId: '42.49480,27.46260',
        capacity: null,
        free: null,
        asOf: null,
        properties: { powerText: '2 x 22 kW Type 2', maxPowerW: 22_000 },
      },
    ])
  })

  test.each([
    ['12,5', 13],
    ['-3', 0],
    ['999', 50],
  ])('a free count of %s of 50 is %d', (free_lots, free) => {
    const [place] = read([
      carPark({ parking_id: '1', name: 'P', total_lots: '50', data: [{ free_lots, time: '2026-01-15 13:58' }] }),
    ]).places
    expect(place?.free).toBe(free)
  })

  test.each(['', 'n/a', '-', null, true, {}])('a free count of %j is unknown, not 0', (free_lots) => {
    const [place] = read([
      carPark({ parking_id: '1', name: 'P', data: [{ free_lots, time: '2026-01-15 13:58' }] }),
    ]).places
    expect(place).toMatchObject({ free: null, asOf: null, readings: [] })
  })

  test('what cannot be placed is left out and told, and the rest is used', () => {
    const { places, findings } = read([
      carPark({ name: 'nowhere' }, [0, 0]),
      carPark({ name: 'swapped' }, [42.5, 127.4]),
      'no feature',
      carPark({ name: 'text' }, ['27.5', '42.5']),
      {
        type: 'Feature',
        properties: { name: 'zone' },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [27, 42],
              [27.2, 42],
              [27.2, 42.4],
              [27, 42],
            ],
          ],
        },
      },
    ])
    expect(places.map(({ name, latitude, longitude }) => ({ name, latitude, longitude }))).toEqual([
      { name: 'text', latitude: 42.5, longitude: 27.5 },
      { name: 'zone', latitude: 42.2, longitude: 27.1 },
    ])
    expect(findings.map(({ code, count }) => ({ code, count }))).toEqual([
      { code: 'noPosition', count: 2 },
      { code: 'notAFeature', count: 1 },
    ])
  })

  test('other names are read by a mapping, measurements with them', () => {
    const feature = carPark({ post: 'A1', label: 'Air', pm: '31,5', seen: '2026-01-15 13:50' })
    const { places } = read([feature], 'parking', {
      id: 'post',
      name: 'label',
      time: 'seen',
      readings: { pm10UgM3: 'pm' },
    })
    expect(places).toMatchObject([
      {
        externalId: 'A1',
        name: 'Air',
        readings: [{ quantity: 'pm10UgM3', value: 31.5, at: new Date('2026-01-15T11:50:00Z') }],
      },
    ])
  })

  test.each([
    [{}, 'no GeoJSON feature collection'],
    [{ type: 'FeatureCollection', features: [] }, 'no feature that could be used'],
    [
      { type: 'FeatureCollection', features: [carPark({ name: 'x' })], crs: { properties: { name: 'EPSG:7801' } } },
      'not WGS 84',
    ],
  ])('%j is refused whole', (document, reason) => {
    expect(placesOfGeojson(document, { kind: 'parking', mapping: {} }).refused?.in('en')).toContain(reason)
  })
})
