import { forgetState, wantState } from '../../db/desired-state.ts'
import { forgetEndedProfiles, heldProfiles, type HeldProfileRow } from '../../db/held-profiles.ts'
import {
  chargingEvses,
  limitNodes,
  storeFailSafePowers,
  wishedProfiles,
  type ChargingEvse,
} from '../../db/planning-state.ts'
import type { Db } from '../../db/database.ts'
import { currentPlan, currentPlanVersion, type CurrentPlan } from '../../db/plans.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { pointId } from '../../domain/fleet.ts'
import { failSafePart } from '../../db/fail-safe-part.ts'
import type { JobContext } from './job.ts'
import { USUAL_FAIL_SAFE_PART } from './profiles/fail-safe.ts'
import { deriveProfiles, type ProfileEvse } from './profiles/derive-profiles.ts'

const SESSION = 'txProfile:'
const FAIL_SAFE = 'txDefaultProfile:'

/**
 * Says of every station of a site what it should hold now: fail-safes and session profiles. Returns the stations that were connected when this was worked out;
 * only to them may profiles be sent on the strength of it.
 */
export async function wishProfiles({ db, now }: Pick<JobContext, 'db' | 'now'>, siteId: string): Promise<string[]> {
  const at = now()
  await forgetEndedProfiles(db, at)
  const nodes = await limitNodes(db, siteId)
  const evses = await chargingEvses(db, siteId)
  if (nodes.length === 0 || evses.length === 0) return []
  const allWished = await wishedProfiles(db, siteId)
  const wished = allWished.filter((one) => one.item.startsWith(SESSION))
  const wishTexts = new Map(allWished.map((one) => [`${one.stationId} ${one.item}`, canonicalJson(one.profile)]))
  const sessionWish = new Map(wished.map((one) => [pointId(one), one.profile]))
  // A station that has restarted may have forgotten its fail-safe; until it has confirmed it anew, nobody relies on it.
  const standing = new Set(allWished.filter((one) => one.everConfirmed).map((one) => `${one.stationId} ${one.item}`))
  const held = Map.groupBy(await heldProfiles(db, siteId), pointId)
  const relied = (one: HeldProfileRow): boolean =>
    one.confirmed && (!one.item.startsWith(FAIL_SAFE) || standing.has(`${one.stationId} ${one.item}`))
  const charging = evses.some((evse) => evse.connected && evse.session !== null)
  const plan = charging ? await rememberedPlan(db, siteId) : null

  const derived = deriveProfiles({
    nodes,
    evses: evses.map((evse) =>
      profileEvse(
        evse,
        (held.get(pointId(evse)) ?? []).map((one) => ({ profile: one.profile, confirmed: relied(one) })),
        sessionWish.get(pointId(evse)),
      ),
    ),
    plan,
    failSafePart: (await failSafePart(db, siteId))?.part ?? USUAL_FAIL_SAFE_PART,
    now: at,
  })

  const byKey = new Map(evses.map((evse) => [pointId(evse), evse]))
  const changedPowers = evses.filter((evse) => derived.failSafeW.get(pointId(evse)) !== evse.failSafePowerW)
  await storeFailSafePowers(
    db,
    changedPowers.map((evse) => ({
      stationId: evse.stationId,
      evseId: evse.evseId,
      powerW: derived.failSafeW.get(pointId(evse)) ?? 0,
    })),
  )
  for (const [item, profiles] of [
    [FAIL_SAFE, derived.failSafes],
    [SESSION, derived.sessions],
  ] as const) {
    for (const { key, profile } of profiles) {
      const evse = byKey.get(key)
      if (evse === undefined) continue
      const { stationId, evseId } = evse
      if (wishTexts.get(`${stationId} ${item}${evseId}`) === canonicalJson(profile)) continue
      const wanted = { type: 'setChargingProfile', evseId, profile } as const
      await wantState(db, { stationId, item: `${item}${evseId}`, wanted, at })
    }
  }
  for (const one of wished) {
    const evse = byKey.get(pointId(one))
    if (evse?.session?.transactionId !== one.profile.transactionId) await forgetState(db, one.stationId, one.item)
  }
  return [...new Set(evses.filter((evse) => evse.connected).map((evse) => evse.stationId))]
}

function profileEvse(
  evse: ChargingEvse,
  held: ProfileEvse['held'],
  wished: ProfileEvse['wished'] | undefined,
): ProfileEvse {
  return {
    key: pointId(evse),
    nodeId: evse.nodeId,
    evseId: evse.evseId,
    currentType: evse.currentType,
    phases: evse.phases,
    maxPowerW: evse.maxPowerW,
    minPowerW: evse.minPowerW,
    connected: evse.connected,
    known: evse.firstSeenAt !== null,
    abilities: evse.capabilities,
    held,
    wished: wished ?? null,
    session:
      evse.session === null || evse.session.authorization !== 'accepted'
        ? null
        : { transactionId: evse.session.transactionId, vehicleId: evse.session.vehicleId },
  }
}

/** The last plan of each site: thousands of vehicles make it large, this looks every second, and a plan never changes once it is made. */
const remembered = new WeakMap<Db, Map<string, CurrentPlan>>()

async function rememberedPlan(db: Db, siteId: string): Promise<CurrentPlan | null> {
  const plans = remembered.get(db) ?? new Map<string, CurrentPlan>()
  remembered.set(db, plans)
  const known = plans.get(siteId)
  if (known !== undefined && known.version === (await currentPlanVersion(db, siteId))) return known
  const plan = await currentPlan(db, siteId)
  if (plan !== null) plans.set(siteId, plan)
  return plan
}
