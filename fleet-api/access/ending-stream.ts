/** The same stream, ended after `ms` at the latest: whoever reads it must come back, and is asked anew who they are. `ended` is called once, however it ends. */
export function endingAfter(
  stream: ReadableStream<Uint8Array>,
  ms: number,
  ended: () => void = () => undefined,
): ReadableStream<Uint8Array> {
  const reader = stream.getReader()
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false

  function end(): void {
    if (over) return
    over = true
    clearTimeout(timer)
    ended()
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setTimeout(() => {
        end()
        controller.close()
        void reader.cancel()
      }, ms)
    },
    async pull(controller) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        end()
        throw error
      })
      if (over) return
      if (!done) return controller.enqueue(value)
      end()
      controller.close()
    },
    cancel(reason) {
      end()
      return reader.cancel(reason)
    },
  })
}
