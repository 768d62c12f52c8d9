import { expect, test } from 'vitest'
import { createSharedWork } from './shared-work.ts'

/** Work whose pieces end when told, on a clock that is moved by hand. */
function workshop(keptMs = 2_000) {
  let nowMs = 0
  const made: PromiseWithResolvers<string>[] = []
  const share = createSharedWork<string>(keptMs, () => nowMs)
  const ask = (key = 'a') =>
    share(key, () => {
      const piece = Promise.withResolvers<string>()
      made.push(piece)
      return piece.promise
    })
  return { ask, made, pass: (ms: number) => (nowMs += ms) }
}

test('who asks while it is being done gets the same; what took long is kept for a while, from its end', async () => {
  const { ask, made, pass } = workshop()
  const askers = [ask(), ask(), ask()]
  pass(900)
  made[0]?.resolve('first')
  expect(await Promise.all(askers)).toEqual(['first', 'first', 'first'])
  pass(1_900)
  expect(await ask()).toBe('first')
  pass(200)
  const later = ask()
  made[1]?.resolve('second')
  expect(await later).toBe('second')
  expect(made).toHaveLength(2)
})

test('what was quick is done anew for the next', async () => {
  const { ask, made, pass } = workshop()
  const first = ask()
  pass(199)
  made[0]?.resolve('first')
  await first
  const second = ask()
  made[1]?.resolve('second')
  expect(await second).toBe('second')
})

test('a failure reaches all who wait for it and is not kept', async () => {
  const { ask, made, pass } = workshop()
  const askers = Promise.allSettled([ask(), ask()])
  pass(900)
  made[0]?.reject(new Error('no database'))
  expect((await askers).map((one) => one.status)).toEqual(['rejected', 'rejected'])
  const next = ask()
  made[1]?.resolve('again')
  expect(await next).toBe('again')
})

test('different questions do not wait for one another, and with nothing to keep none is shared', async () => {
  const { ask, made } = workshop()
  void ask('a')
  const b = ask('b')
  made[1]?.resolve('b')
  expect(await b).toBe('b')
  const alone = workshop(0)
  void alone.ask()
  void alone.ask()
  expect(alone.made).toHaveLength(2)
})
