/** The same stream, ended after `ms` at the latest: whoever reads it must come back, and is asked anew who they are. */
export function endingAfter(stream: ReadableStream<Uint8Array>, ms: number): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false
  return new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setTimeout(() => {
        over = true
        controller.close()
        void reader.cancel()
      }, ms)
    },
    async pull(controller) {
      const { done, value } = await reader.read()
      if (over) return
      if (!done) return controller.enqueue(value)
      over = true
      clearTimeout(timer)
      controller.close()
    },
    cancel(reason) {
      over = true
      clearTimeout(timer)
      return reader.cancel(reason)
    },
  })
}
