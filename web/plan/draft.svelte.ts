import { api, ask } from '../parts/api.ts'
import type { Plan, Site } from '../parts/api-types.ts'
import { m } from '../parts/messages.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'
import { applyChange } from './apply-change.ts'
import { type Change, changeKey, type Preview, previewChanges, withChange } from './changes.ts'

const PAUSE_MS = 250

interface Tools {
  siteId: string
  site: () => Site | undefined
  plan: () => Plan | null
  toasts: Toasts
}

/** What the reader thinks of changing, what the server says that it would do, and the way to do it and to undo it. To be called while a component is set up. */
export function createDraft({ siteId, site, plan, toasts }: Tools) {
  let changes = $state.raw<readonly Change[]>([])
  let preview = $state.raw<Preview | null>(null)
  let failure = $state<string | null>(null)
  let asking = $state(false)
  let applying = $state(false)
  let turn = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    turn += 1
    const mine = turn
    asking = true
    const answer = await ask(api.POST('/api/v1/plans/preview', { body: { siteId, changes: previewChanges(changes) } }))
    // A newer question has been asked meanwhile.
    if (mine !== turn) return
    asking = false
    preview = answer.ok ? answer.value : null
    failure = answer.ok ? null : answer.status === 0 ? m.act_unreachable() : answer.reason
  }

  function soon(): void {
    clearTimeout(timer)
    if (changes.length === 0) {
      turn += 1
      asking = false
      preview = null
      failure = null
      return
    }
    asking = true
    timer = setTimeout(() => void look(), PAUSE_MS)
  }

  // A preview is of its moment: once the plan has moved to the next quarter it is made anew.
  const planStart = $derived(plan()?.startAt)
  $effect(() => {
    if (planStart !== undefined && preview !== null && preview.plan.startAt < planStart) void look()
  })

  async function undoAll(undos: readonly (() => Promise<{ ok: boolean }>)[]): Promise<void> {
    for (const undo of undos.toReversed()) {
      const answer = await undo()
      if (!answer.ok) return toasts.say(m.plan_undo_failed(), { tone: 'act' })
    }
    toasts.say(m.act_undone())
  }

  return {
    get changes() {
      return changes
    },
    get preview() {
      return preview
    },
    /** Why there is no preview, in words. */
    get failure() {
      return failure
    },
    get asking() {
      return asking
    },
    get applying() {
      return applying
    },
    add(change: Change): void {
      changes = withChange(changes, change)
      soon()
    },
    remove(change: Change): void {
      changes = changes.filter((one) => changeKey(one) !== changeKey(change))
      soon()
    },
    discard(): void {
      changes = []
      soon()
    },
    again: (): void => void look(),
    /** Does all of it, one after the other; what could not be done stays to be looked at. */
    async apply(): Promise<void> {
      const here = site()
      if (here === undefined || applying) return
      applying = true
      const undos: (() => Promise<{ ok: boolean }>)[] = []
      let refused: string | null = null
      for (const change of changes) {
        const answer = await applyChange(change, here)
        if (!answer.ok) {
          refused = answer.status === 0 ? m.act_unreachable() : m.act_failed({ reason: answer.reason })
          break
        }
        undos.push(answer.value)
      }
      changes = changes.slice(undos.length)
      applying = false
      soon()
      if (refused !== null) toasts.say(refused, { tone: 'act' })
      if (undos.length > 0)
        toasts.say(m.plan_applied({ count: undos.length, n: String(undos.length) }), {
          undo: () => void undoAll(undos),
        })
    },
  }
}

export type Draft = ReturnType<typeof createDraft>
