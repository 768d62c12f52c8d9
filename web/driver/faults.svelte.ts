import { api, ask, type Answer } from '../parts/api.ts'
import { openFaultStore, type FaultStore, type WaitingFault } from './fault-queue.ts'

/** Try again with these: the server was not reached, was busy, or wants one to sign in first. */
const PASSING = new Set([0, 401, 408, 425, 429, 500, 502, 503, 504])
const AGAIN_MS = 20_000

/** Reports that wait to be sent; they are sent as soon as the line stands, in the order in which they were made. */
export function createFaults(told: (fault: WaitingFault) => void) {
  let waiting = $state.raw<WaitingFault[]>([])
  let busy: Promise<void> | undefined
  const store: Promise<FaultStore> = openFaultStore()

  async function read(): Promise<void> {
    waiting = await (await store).all()
  }

  async function flush(): Promise<void> {
    await read()
    for (const fault of waiting) {
      if (fault.refused !== null) continue
      const answer = await send(fault)
      if (answer.ok) {
        await (await store).remove(fault.reportId)
        told(fault)
      } else if (PASSING.has(answer.status)) break
      else await (await store).put({ ...fault, refused: answer.reason })
    }
    await read()
  }

  /** Sends what waits; calls that come while one is under way wait for that one. */
  const send_ = (): Promise<void> => {
    busy ??= flush().finally(() => {
      busy = undefined
    })
    return busy
  }
  const timer = setInterval(() => {
    if (navigator.onLine && waiting.some((fault) => fault.refused === null)) void send_()
  }, AGAIN_MS)
  const online = (): void => void send_()
  addEventListener('online', online)
  void send_()

  return {
    get waiting(): readonly WaitingFault[] {
      return waiting
    },
    /** Keeps a report and sends it when it can. Resolves when it was sent, or waits. */
    async add(fault: WaitingFault): Promise<void> {
      await (await store).put(fault)
      await busy
      await send_()
    },
    async dismiss(reportId: string): Promise<void> {
      await (await store).remove(reportId)
      await read()
    },
    flush: send_,
    close(): void {
      clearInterval(timer)
      removeEventListener('online', online)
    },
  }
}

export type Faults = ReturnType<typeof createFaults>

async function send({ reportId, body, photo }: WaitingFault): Promise<Answer<unknown>> {
  const params = { path: { reportId } }
  const answer = await ask(api.PUT('/api/v1/fault-reports/{reportId}', { params, body }))
  if (!answer.ok || photo === null) return answer
  return ask(
    api.PUT('/api/v1/fault-reports/{reportId}/photo', {
      params,
      body: '',
      bodySerializer: () => photo,
      headers: { 'Content-Type': photo.type },
    }),
  )
}
