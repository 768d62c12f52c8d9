import { part, request } from '../parts/api.ts'
import type { Block, Session } from '../parts/api-types.ts'
import { AHEAD_HOURS, type History, PAST_HOURS } from './timeline/timeline-model.ts'

const HOUR_MS = 3_600_000
// A session that still reaches into the window may have begun long before it.
const SESSION_HOURS = 16

interface PowerAnswer {
  items: { startAt: string; powerW: number | null }[]
}

/**
 * What the live stream does not carry: the measured power, the blocks and the ended sessions of the last hours.
 * `load` asks anew and keeps what stands where the server does not answer; `failed` says that it did not.
 */
export function createHistory(siteId: string) {
  let history = $state.raw<History>({ blocks: [], sessions: [], power: [] })
  let failed = $state(false)
  let loading = false

  async function load(now: number): Promise<void> {
    if (loading) return
    loading = true
    const from = part(new Date(now - (PAST_HOURS + 1) * HOUR_MS).toISOString())
    const begun = part(new Date(now - SESSION_HOURS * HOUR_MS).toISOString())
    const to = part(new Date(now).toISOString())
    const end = part(new Date(now + AHEAD_HOURS * HOUR_MS).toISOString())
    const site = part(siteId)
    const [power, blocks, sessions] = await Promise.all([
      request<PowerAnswer>('GET', `sites/${site}/power?from=${from}&to=${to}`),
      request<{ items: Block[] }>('GET', `blocks?siteId=${site}&from=${from}&to=${end}`),
      request<{ items: Session[] }>('GET', `sessions?siteId=${site}&from=${begun}&limit=500`),
    ])
    history = {
      power: power.ok
        ? power.value.items.flatMap((one) =>
            one.powerW === null ? [] : [{ at: Date.parse(one.startAt), powerW: one.powerW }],
          )
        : history.power,
      blocks: blocks.ok ? blocks.value.items : history.blocks,
      sessions: sessions.ok ? sessions.value.items : history.sessions,
    }
    failed = !power.ok || !blocks.ok || !sessions.ok
    loading = false
  }

  return {
    get value(): History {
      return history
    },
    get failed(): boolean {
      return failed
    },
    load,
  }
}
