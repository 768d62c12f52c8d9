import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PredictedStop } from '../domain/block-prediction.ts'
import { predictedStop, STORED_STOP, storedStop } from './stored-stops.ts'

const instant = fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => new Date(seconds * 1000))
const stop: fc.Arbitrary<PredictedStop> = fc.record({
  tripId: fc.string(),
  sequence: fc.nat(),
  stopId: fc.string(),
  arrivalAt: instant,
  departureAt: instant,
  scheduledArrivalAt: instant,
  scheduledDepartureAt: instant,
  uncertaintyS: fc.nat(),
  basis: fc.constantFrom('learned', 'deviation', 'schedule'),
  cancelled: fc.boolean(),
  passed: fc.boolean(),
})

test('a call comes back from storage, as JSON, as it went in', () => {
  fc.assert(
    fc.property(stop, (one) => {
      expect(predictedStop(JSON.parse(JSON.stringify(storedStop(one))))).toEqual(one)
    }),
  )
})

test('what SQL looks for is where it looks', () => {
  fc.assert(
    fc.property(stop, (one) => {
      const stored = storedStop(one)
      expect(stored[STORED_STOP.tripId]).toBe(one.tripId)
      expect(stored[STORED_STOP.sequence]).toBe(one.sequence)
      expect(stored[STORED_STOP.stopId]).toBe(one.stopId)
    }),
  )
})

test('parts of a second count as a whole one, so that nobody is told to come too early', () => {
  const at = new Date('2026-11-24T10:00:00Z')
  const later = new Date(at.getTime() + 200)
  const one: PredictedStop = {
    tripId: 't',
    sequence: 1,
    stopId: 's',
    arrivalAt: later,
    departureAt: later,
    scheduledArrivalAt: at,
    scheduledDepartureAt: at,
    uncertaintyS: 12.4,
    basis: 'learned',
    cancelled: false,
    passed: false,
  }
  expect(predictedStop(storedStop(one))).toMatchObject({
    arrivalAt: new Date('2026-11-24T10:00:01Z'),
    scheduledArrivalAt: at,
    uncertaintyS: 12,
  })
})
