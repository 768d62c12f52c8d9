import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { putPlaceSource } from '../../db/place-sources.ts'
import { storeSourcePlaces } from '../../db/store-places.ts'
import { nearPlaces, type NearQuery } from '../../db/views/near-places.ts'
import { occupancyAt } from '../../domain/place.ts'
import { distanceM, rankMinutes, travelMinutes } from '../../domain/places/near.ts'
import type { SourcePlace } from '../../domain/places/source-place.ts'
import { emptyDatabase } from '../support/database.ts'

const NOW = new Date('2026-11-23T20:00:00Z')
const CENTRE = { latitude: 42.0209, longitude: 23.0943 }
const QUERY: NearQuery = { ...CENTRE, free: false, mode: 'walk', limit: 5, publicOnly: true }

let db: Db
beforeEach(async () => {
  db = await emptyDatabase()
  await putPlaceSource(
    db,
    {
      sourceId: 's',
      name: 'S',
      kind: 'parking',
      public: true,
      mapping: {},
      licence: null,
      attribution: null,
      url: null,
      fetchMinutes: null,
    },
    NOW,
  )
})

function parking(externalId: string, at: Partial<SourcePlace>): SourcePlace {
  return {
    externalId,
    kind: 'parking',
    name: externalId,
    ...CENTRE,
    capacity: 50,
    free: null,
    asOf: null,
    properties: {},
    readings: [],
    ...at,
  }
}

const somewhere = fc.record({
  latitude: fc.double({ min: 41.9, max: 42.1, noNaN: true }),
  longitude: fc.double({ min: 23, max: 23.2, noNaN: true }),
  free: fc.option(fc.integer({ min: 0, max: 5 })),
  ageMinutes: fc.option(fc.integer({ min: 0, max: 40 })),
  kind: fc.constantFrom('parking', 'wifi', 'air'),
})

describe('the nearest places', () => {
  test('are those that a look at every single place would find, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(somewhere, { minLength: 1, maxLength: 60 }),
        fc.record({
          free: fc.boolean(),
          limit: fc.integer({ min: 1, max: 12 }),
          mode: fc.constantFrom('walk', 'drive'),
        }),
        async (spots, wish) => {
          const places = spots.map(({ ageMinutes, ...spot }, i) =>
            parking(`p${String(i).padStart(3, '0')}`, {
              ...spot,
              asOf: ageMinutes === null ? null : new Date(NOW.getTime() - ageMinutes * 60_000),
            }),
          )
          await db.deleteFrom('place').execute()
          await storeSourcePlaces(db, 's', places, NOW)
          const query = { ...QUERY, ...wish }
          const expected = places
            .map((place) => {
              const metres = distanceM(CENTRE, place)
              const { free, ageSeconds } = occupancyAt(place, NOW)
              const minutes = travelMinutes(metres, query.mode)
              return {
                id: `s:${place.externalId}`,
                metres,
                free,
                rank: rankMinutes({ minutes, canBeFull: place.kind === 'parking', free, ageSeconds }),
              }
            })
            .filter((one) => one.metres <= 50_000 && (!query.free || (one.free ?? 0) > 0))
            .sort((a, b) => a.rank - b.rank || a.metres - b.metres || (a.id < b.id ? -1 : 1))
            .slice(0, query.limit)
          const near = await nearPlaces(db, query, NOW)
          expect(near.map((one) => one.placeId)).toEqual(expected.map((one) => one.id))
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a car park whose newest count is a year old is unknown, not free, and ranks behind one that is known to have room', async () => {
    const old = parking('old', { free: 40, asOf: new Date('2025-10-12T10:00:00Z') })
    const fresh = parking('fresh', {
      free: 3,
      asOf: new Date(NOW.getTime() - 60_000),
      latitude: CENTRE.latitude + 0.001,
    })
    await storeSourcePlaces(db, 's', [old, fresh], NOW)
    const [first, second] = await nearPlaces(db, QUERY, NOW)
    expect(first).toMatchObject({ placeId: 's:fresh', free: 3, freeIsKnown: true, old: false, ageSeconds: 60 })
    expect(second).toMatchObject({ placeId: 's:old', free: null, freeIsKnown: false, old: true, asOf: old.asOf })
    expect((await nearPlaces(db, { ...QUERY, free: true }, NOW)).map((one) => one.placeId)).toEqual(['s:fresh'])
  })

  test('an old count that a newer upload repeats stays as old as it is', async () => {
    const asOf = new Date(NOW.getTime() - 20 * 60_000)
    await storeSourcePlaces(db, 's', [parking('p', { free: 4, asOf: new Date(NOW.getTime() - 60_000) })], NOW)
    await storeSourcePlaces(db, 's', [parking('p', { free: 9, asOf })], NOW)
    const [place] = await nearPlaces(db, QUERY, NOW)
    expect(place).toMatchObject({ free: 4, ageSeconds: 60 })
  })

  test('are found across the date line', async () => {
    await storeSourcePlaces(db, 's', [parking('east', { latitude: 52, longitude: -179.999 })], NOW)
    const [place] = await nearPlaces(db, { ...QUERY, latitude: 52, longitude: 179.999 }, NOW)
    expect(place).toMatchObject({ placeId: 's:east', distanceM: 137 })
  })
})
