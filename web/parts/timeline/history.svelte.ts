import { api, ask } from '../api.ts'
import { AHEAD_HOURS, type History, PAST_HOURS } from './timeline-model.ts'

const HOUR_MS = 3_600_000
// A session that still reaches into the window may have begun long before it.
const SESSION_HOURS = 16

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
    const at = (hours: number): string => new Date(now + hours * HOUR_MS).toISOString()
    const from = at(-PAST_HOURS - 1)
    const [power, blocks, sessions] = await Promise.all([
      ask(api.GET('/api/v1/sites/{siteId}/power', { params: { path: { siteId }, query: { from, to: at(0) } } })),
      ask(api.GET('/api/v1/blocks', { params: { query: { siteId, from, to: at(AHEAD_HOURS) } } })),
      ask(api.GET('/api/v1/sessions', { params: { query: { siteId, from: at(-SESSION_HOURS), limit: 500 } } })),
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
