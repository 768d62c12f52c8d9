import { expect, test } from 'vitest'
import { endingAfter } from './ending-stream.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test('a stream that ends earlier is passed on whole', async () => {
  const source = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes('a'))
      controller.enqueue(bytes('b'))
      controller.close()
    },
  })
  expect(await new Response(endingAfter(source, 60_000)).text()).toBe('ab')
})

test('a stream that goes on is ended in time, and its source is told', async () => {
  let told = false
  const source = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes('a')),
    cancel: () => void (told = true),
  })
  expect(await new Response(endingAfter(source, 20)).text()).toBe('a')
  expect(told).toBe(true)
})

test('a reader that leaves ends its source', async () => {
  let told = false
  const source = new ReadableStream<Uint8Array>({ cancel: () => void (told = true) })
  await endingAfter(source, 60_000).cancel()
  expect(told).toBe(true)
})
