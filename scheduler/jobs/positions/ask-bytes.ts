/** A city's vehicles fit in a fraction of this. */
const MAX_BYTES = 10_000_000
const TIMEOUT_MS = 15_000

/** Asks for bytes once. Rejects with the end of a sentence that holds neither address nor key. */
export async function askBytes(url: string, authorization: string | null): Promise<Uint8Array> {
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/x-protobuf, application/octet-stream',
      'user-agent': 'zaryad',
      ...(authorization === null ? {} : { authorization }),
    },
  }).catch((error: unknown) => {
    throw new RangeError(
      error instanceof Error && error.name === 'TimeoutError' ? 'gives no answer in time' : 'is not reachable',
    )
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new RangeError(`answers with HTTP ${response.status}`)
  }
  const parts: Uint8Array[] = []
  let bytes = 0
  const reader = response.body?.getReader()
  for (;;) {
    const part = await reader?.read().catch(() => {
      throw new RangeError('breaks off in the middle of its answer')
    })
    if (part?.value === undefined) break
    bytes += part.value.byteLength
    if (bytes > MAX_BYTES) {
      await reader?.cancel()
      throw new RangeError('is too large')
    }
    parts.push(part.value)
  }
  const whole = new Uint8Array(bytes)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.byteLength
  }
  return whole
}
