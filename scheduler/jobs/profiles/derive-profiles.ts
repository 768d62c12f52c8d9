import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import type { LimitNode } from '../../../domain/fleet.ts'
import type { StoredInstance, StoredResult } from '../../../domain/stored-plan.ts'
import { admitPower } from './admit.ts'
import { claimedPower, type ClaimingEvse, type HeldProfile } from './claims.ts'
import { failSafeShares } from './fail-safe.ts'
import { DEADBAND_W, mayKeep } from './keep-profile.ts'
import type { Leaf } from './limit-tree.ts'
import { roundDownPower, type EvseRating } from './rate.ts'
import { roomOfNodes } from './room.ts'
import { sessionPower } from './session-power.ts'
import { visitSlots, type VisitSlots } from './visit-slots.ts'
import { writeFailSafe, writeSessionProfile, type Abilities } from './write-profile.ts'

export interface ProfileEvse extends Leaf, EvseRating {
  evseId: number
  connected: boolean
  /** The station has once introduced itself. */
  known: boolean
  abilities: Abilities
  held: readonly HeldProfile[]
  /** The session profile that is wished for now, sent or not. */
  wished: ChargingProfile | null
  /** The open transaction, and whose it is, when that is known. */
  session: { transactionId: string; vehicleId: string | null } | null
}

export interface ProfileSite {
  nodes: readonly LimitNode[]
  evses: readonly ProfileEvse[]
  plan: { instance: StoredInstance; result: StoredResult } | null
  /** See `FAIL_SAFE_PARTS`; the usual one when left out. */
  failSafePart?: number
  now: Date
}

export interface DerivedProfiles {
  /** Every EVSE's fallback power in W. */
  failSafeW: Map<string, number>
  failSafes: { key: string; profile: ChargingProfile }[]
  /** Session profiles to wish for; one that may stay as it is is not among them. */
  sessions: { key: string; profile: ChargingProfile }[]
}

/**
 * What every station of a site should be told now: the fail-safe of each EVSE, and for each session the plan's next hours.
 *
 * Safe under any mixture: whatever subset of the messages arrives, whatever profile lapses, whichever station reboots or starts a new transaction, the sum of what
 * the EVSEs may draw stays under every limit (see `admitPower` and `claimedPower`), as soon as every station has confirmed its fail-safe. A station that is not connected keeps what it
 * holds, and the others make room for it.
 */
export function deriveProfiles({ nodes, evses, plan, failSafePart, now }: ProfileSite): DerivedProfiles {
  const tree = roomOfNodes(nodes)
  const failSafeW = failSafeShares(tree, evses, failSafePart)
  const failSafes = evses.map((evse) => ({
    key: evse.key,
    profile: writeFailSafe(evse.evseId, evse, failSafeW.get(evse.key) ?? 0, evse.abilities),
  }))

  const planned = new Map<string, VisitSlots>()
  for (const evse of evses) {
    if (plan === null || evse.session === null || !evse.connected) continue
    const slots = visitSlots(plan, { vehicleId: evse.session.vehicleId, point: evse.key, now })
    if (slots !== null) planned.set(evse.key, slots)
  }
  const first = planned.values().next().value
  if (first === undefined) return { failSafeW, failSafes, sessions: [] }

  const count = Math.max(...planned.values().map((one) => one.slots.length))
  const edges = Array.from(
    { length: count + 1 },
    (_, i) => new Date(first.startAt.getTime() + i * first.slotSeconds * 1000),
  )
  const rooms = tree.map(({ id, parentId, roomW }) => ({
    id,
    parentId,
    roomW: Array.from({ length: count }, () => roomW),
  }))
  const asks = evses.map((evse) => {
    const own = failSafeW.get(evse.key) ?? 0
    const claiming: ClaimingEvse = { ...evse, failSafeW: own }
    const power = sessionPower(evse, planned.get(evse.key)?.slots ?? [])
    const claimW = edges.slice(1).map((to, slot) => claimedPower(claiming, laterOf(edges[slot] ?? now, now), to))
    return {
      key: evse.key,
      nodeId: evse.nodeId,
      claimW,
      /** What is left of the claim when all have taken what they are told. */
      restW: evse.connected ? claimW.map(() => own) : claimW,
      wantW: Array.from({ length: count }, (_, slot) => power[slot] ?? 0),
    }
  })
  // First what may stand when all have been told, so that a lowered limit is reached however much is held now; then what may be said already.
  const standing = admitPower(
    rooms,
    asks.map(({ key, nodeId, restW, wantW }) => ({ key, nodeId, claimW: restW, wantW })),
    count,
  )
  const admission = admitPower(
    rooms,
    asks.map(({ key, nodeId, claimW }) => ({ key, nodeId, claimW, wantW: standing.powerW.get(key) ?? [] })),
    count,
  )
  const contested = standing.contested || admission.contested

  const sessions = evses.flatMap((evse) => {
    const slots = planned.get(evse.key)
    if (slots === undefined || evse.session === null) return []
    const admitted = (admission.powerW.get(evse.key) ?? []).slice(0, slots.slots.length)
    const profile = writeSessionProfile(
      {
        evseId: evse.evseId,
        transactionId: evse.session.transactionId,
        startAt: slots.startAt,
        slotSeconds: slots.slotSeconds,
        powerW: admitted.map((power) => roundDownPower(evse, power)),
      },
      evse,
      evse.abilities,
    )
    const { wished } = evse
    // A profile that is already counted as held takes nobody's room by staying.
    const counted =
      wished !== null && evse.held.some((held) => held.profile.validTo?.getTime() === wished.validTo?.getTime())
    const mayExceedW = counted && !contested ? DEADBAND_W : 0
    if (wished !== null && mayKeep(wished, profile, evse, now, mayExceedW)) return []
    return [{ key: evse.key, profile }]
  })
  return { failSafeW, failSafes, sessions }
}

function laterOf(a: Date, b: Date): Date {
  return a.getTime() > b.getTime() ? a : b
}
