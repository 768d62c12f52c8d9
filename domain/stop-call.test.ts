import { expect, test } from 'vitest'
import { judgeCall, type CallPrediction } from './stop-call.ts'

const SCHEDULED = new Date('2026-11-24T06:00:00Z')
const NOW = new Date('2026-11-24T05:50:00Z')

function told(lateS: number, ageS: number, change: Partial<CallPrediction> = {}): CallPrediction {
  return {
    asOf: new Date(NOW.getTime() - ageS * 1000),
    expectedAt: new Date(SCHEDULED.getTime() + lateS * 1000),
    uncertaintySeconds: 40,
    basis: 'learned',
    cancelled: false,
    passed: false,
    ...change,
  }
}

test('on time is from a minute before to less than two minutes after', () => {
  const status = (lateS: number) => judgeCall(SCHEDULED, told(lateS, 10), { now: NOW }).status
  expect([-61, -60, 0, 119, 120].map(status)).toEqual(['early', 'onTime', 'onTime', 'onTime', 'late'])
})

test('what is only in the timetable is not called on time', () => {
  for (const prediction of [null, told(0, 10, { basis: 'schedule' }), told(0, 10, { asOf: null })]) {
    expect(judgeCall(SCHEDULED, prediction, { now: NOW })).toEqual({
      status: 'scheduled',
      predictedAt: null,
      uncertaintySeconds: null,
      old: false,
    })
  }
})

test('a silent bus is old after 90 seconds and unknown after ten minutes', () => {
  const at = (ageS: number) => judgeCall(SCHEDULED, told(0, ageS), { now: NOW })
  expect(at(90)).toMatchObject({ status: 'onTime', old: false })
  expect(at(91)).toMatchObject({ status: 'onTime', old: true })
  expect(at(601)).toMatchObject({ status: 'unknown', predictedAt: null, old: true })
})

test('where the clock runs sixty times as fast, five real seconds are not old', () => {
  expect(judgeCall(SCHEDULED, told(0, 290), { now: NOW, speed: 60 }).old).toBe(false)
  expect(judgeCall(SCHEDULED, told(0, 310), { now: NOW, speed: 60 }).old).toBe(true)
})

test('a cancelled call has no time, however fresh what is known', () => {
  expect(judgeCall(SCHEDULED, told(0, 1, { cancelled: true }), { now: NOW })).toMatchObject({
    status: 'cancelled',
    predictedAt: null,
  })
})
