import { expect, test } from 'vitest'
import type { JsonObject } from '../domain/command.ts'
import { CallRefused, LinkLost } from './link.ts'
import { Outbox } from './outbox.ts'

function outbox(answer: (action: string, payload: JsonObject) => JsonObject | Error) {
  const sent: string[] = []
  const state = { ready: true, nowMs: 0, cuts: 0, refused: 0 }
  const box = new Outbox({
    ready: () => state.ready,
    call: async (action, payload) => {
      sent.push(`${action} ${String(payload.n ?? '')}`.trim())
      const given = answer(action, payload)
      if (given instanceof Error) throw given
      return given
    },
    cut: () => {
      state.cuts += 1
      state.ready = false
    },
    now: () => state.nowMs,
    refused: () => {
      state.refused += 1
    },
    emptied: () => undefined,
  })
  return { box, sent, state }
}

test('a payload that needs an earlier answer is written when it is sent', async () => {
  const { box, sent } = outbox(() => ({ number: 7 }))
  let number = 0
  box.push({ action: 'Start', payload: {}, keep: true, answered: (response) => (number = Number(response.number)) })
  box.push({ action: 'Stop', payload: () => ({ n: number }), keep: true })
  await box.pump()
  await new Promise(setImmediate)
  expect(sent).toEqual(['Start', 'Stop 7'])
})

test('a transaction message whose answer is lost stays first in the queue; others are forgotten with the line', async () => {
  let broken = true
  const { box, sent, state } = outbox(() => (broken ? new LinkLost('gone') : {}))
  const lost: string[] = []
  box.push({ action: 'Sample', payload: { n: 1 }, keep: true })
  box.push({ action: 'Heartbeat', payload: {}, keep: false, lost: () => void lost.push('Heartbeat') })
  box.push({ action: 'Sample', payload: { n: 2 }, keep: true })
  await new Promise(setImmediate)
  box.keepOnlyTransactions()
  expect(state.cuts).toBe(1)
  expect(lost).toEqual(['Heartbeat'])
  broken = false
  state.ready = true
  await box.pump()
  expect(sent).toEqual(['Sample 1', 'Sample 1', 'Sample 2'])
})

test('a refused transaction message is tried three times, later each time, and does not stop the others for ever', async () => {
  const { box, sent, state } = outbox((action) => (action === 'Bad' ? new CallRefused('InternalError', 'no') : {}))
  box.push({ action: 'Bad', payload: {}, keep: true })
  box.push({ action: 'Good', payload: {}, keep: true })
  for (const nowMs of [0, 59_999, 60_000, 179_999, 180_000]) {
    state.nowMs = nowMs
    await box.pump()
    await new Promise(setImmediate)
  }
  expect(sent).toEqual(['Bad', 'Bad', 'Bad', 'Good'])
  expect(state.refused).toBe(1)
})

test('a full store loses every second sample, never a start or an end', async () => {
  const { box, sent, state } = outbox(() => ({}))
  state.ready = false
  box.push({ action: 'Start', payload: {}, keep: true })
  for (let n = 1; n <= 5_000; n += 1) box.push({ action: 'Sample', payload: { n }, keep: true, expendable: true })
  box.push({ action: 'Stop', payload: {}, keep: true })
  expect(box.droppedSamples).toBe(2_500)
  state.ready = true
  await box.pump()
  expect([sent[0], sent.at(-1), sent.length]).toEqual(['Start', 'Stop', 2_502])
})
