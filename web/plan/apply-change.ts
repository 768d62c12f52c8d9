import { type Answer, api, ask } from '../parts/api.ts'
import type { Site } from '../parts/api-types.ts'
import type { Change, Departure } from './changes.ts'

type Undo = () => Promise<Answer<unknown>>
type Wished = {
  needSocPercent?: number | null
  departAt?: string | null
  chargeNow?: { untilSocPercent: number | null } | null
}

/** Does one change for good, and answers with what undoes it. */
export async function applyChange(change: Change, site: Site): Promise<Answer<Undo>> {
  switch (change.kind) {
    case 'need':
      return wish(change.vehicleId, change.departure, { needSocPercent: change.needSocPercent })
    case 'departure':
      return wish(change.vehicleId, change.departure, { departAt: change.departAt })
    case 'chargeNow':
      return wish(change.vehicleId, null, { chargeNow: change.on ? { untilSocPercent: null } : null })
    case 'limit': {
      const { nodeId, limitW } = change
      const before = site.nodes.find((node) => node.nodeId === nodeId)?.limitW
      return after(await putLimit(site.siteId, nodeId, limitW), () => putLimit(site.siteId, nodeId, before ?? limitW))
    }
    case 'outOfService':
      return after(await putService(change.vehicleId, false), () => putService(change.vehicleId, true))
    case 'assign': {
      const { date, blockId, vehicleId } = change
      const done = await putAssignment(date, blockId, vehicleId)
      return done.ok ? after(done, () => putAssignment(date, blockId, done.value.previous.vehicleId)) : done
    }
  }
}

function after<Value>(answer: Answer<Value>, undo: Undo): Answer<Undo> {
  return answer.ok ? { ok: true, value: undo } : answer
}

/** Undoing puts back what was wished before of the same things; what else has been wished meanwhile stays. */
async function wish(vehicleId: string, departure: Departure, wished: Wished): Promise<Answer<Undo>> {
  const done = await putWish(vehicleId, departure, wished)
  if (!done.ok) return done
  const { previous } = done.value
  const back: Wished = {}
  if (wished.needSocPercent !== undefined) back.needSocPercent = previous?.needSocPercent ?? null
  if (wished.departAt !== undefined) back.departAt = previous?.departAt ?? null
  if (wished.chargeNow !== undefined) back.chargeNow = previous?.chargeNow ?? null
  return { ok: true, value: () => putWish(vehicleId, departure, back) }
}

const putWish = (vehicleId: string, departure: Departure, wished: Wished) =>
  ask(
    api.PATCH('/api/v1/vehicles/{vehicleId}/wish', {
      params: { path: { vehicleId } },
      body: { departure, ...wished },
    }),
  )

const putLimit = (siteId: string, nodeId: string, limitW: number) =>
  ask(api.PATCH('/api/v1/sites/{siteId}', { params: { path: { siteId } }, body: { nodes: [{ nodeId, limitW }] } }))

const putService = (vehicleId: string, inService: boolean) =>
  ask(api.PATCH('/api/v1/vehicles/{vehicleId}', { params: { path: { vehicleId } }, body: { inService } }))

const putAssignment = (date: string, blockId: string, vehicleId: string | null) =>
  ask(
    api.PUT('/api/v1/blocks/{date}/{blockId}/assignment', {
      params: { path: { date, blockId } },
      body: { vehicleId },
    }),
  )
