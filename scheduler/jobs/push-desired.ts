import { noteDesiredOutcome, openDesiredStates, type DesiredState } from '../../db/desired-state.ts'
import { noteProfileHeld, noteProfileNotHeld, noteProfileReadback, noteProfileSent } from '../../db/held-profiles.ts'
import { evseRating } from '../../db/planning-state.ts'
import { learnCapabilities } from '../../db/stations.ts'
import type { CommandOutcome } from '../../domain/command.ts'
import type { StationGateway } from '../../domain/ports.ts'
import type { JobContext } from './job.ts'
import { lapsesAt } from './profiles/profile-power.ts'
import { judgeReadback } from './profiles/readback.ts'
import { variantOf } from './profiles/variants.ts'

/** Stations that are asked at the same time. */
const AT_ONCE = 64
/** One that takes longer to answer is left to itself, so that it keeps nobody else waiting. */
const PATIENCE_MS = 5000
const READBACK_SECONDS = 3600

/** Stations whose turn has not ended, by gateway: a slow one must not be asked twice. */
const busy = new WeakMap<StationGateway, Set<string>>()

/**
 * Sends what stations have not confirmed, fail-safes first: many stations at once, to one station one thing at a time. Profiles go only to the stations in
 * `profilesTo`, because others were not reckoned with when they were worked out.
 */
export async function pushDesired(context: JobContext, profilesTo: ReadonlySet<string>): Promise<void> {
  const open = await openDesiredStates(context.db, context.now())
  const sendable = open.filter((state) => !isProfile(state) || profilesTo.has(state.stationId))
  const running = busy.get(context.gateway) ?? new Set<string>()
  busy.set(context.gateway, running)
  const waiting = [...Map.groupBy(sendable, (state) => state.stationId)].filter(
    ([stationId]) => !running.has(stationId),
  )

  const work = Array.from({ length: Math.min(AT_ONCE, waiting.length) }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [stationId, states] = next
      running.add(stationId)
      try {
        await pushToStation(context, states)
      } catch (error) {
        context.log.error({ stationId, error: String(error) }, 'pushing to a station failed')
      } finally {
        running.delete(stationId)
      }
    }
  })
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS)
  })
  await Promise.race([Promise.all(work), patience])
  clearTimeout(timer)
}

async function pushToStation(context: JobContext, states: readonly DesiredState[]): Promise<void> {
  for (const state of states.toSorted((a, b) => rank(a) - rank(b))) {
    const outcome = isProfile(state)
      ? await pushProfile(context, state)
      : await context.gateway.send(state.stationId, state.wanted)
    if (outcome === null) continue
    const { stationId, item, version } = state
    await noteDesiredOutcome(context.db, { stationId, item, version, outcome, at: context.now() })
    // A station that does not answer will not answer the next question either.
    if (outcome.outcome === 'offline' || outcome.outcome === 'timeout') return
  }
}

/** null: the EVSE is gone, so there is nothing to send. */
async function pushProfile({ db, gateway, now, log }: JobContext, state: DesiredState): Promise<CommandOutcome | null> {
  const { stationId, item, version, wanted } = state
  if (wanted.type !== 'setChargingProfile') return null
  const { evseId } = wanted
  const evse = await evseRating(db, stationId, evseId)
  if (evse === null) return null
  const { profile, learned } = variantOf(wanted.profile, state.attempts, evse, evse.capabilities)
  await noteProfileSent(db, { stationId, evseId, item, version, profile, lapsesAt: lapsesAt(profile), at: now() })
  const outcome = await gateway.send(stationId, { type: 'setChargingProfile', evseId, profile })
  if (outcome.outcome === 'answered' && outcome.accepted) {
    await noteProfileHeld(db, { stationId, item, version, at: now() })
    if (Object.keys(learned).length > 0) await learnCapabilities(db, stationId, learned)
    if (profile.purpose === 'tx') {
      const read = await gateway.send(stationId, {
        type: 'getCompositeSchedule',
        evseId,
        durationSeconds: READBACK_SECONDS,
      })
      const readback = judgeReadback(profile, evse, read)
      await noteProfileReadback(db, { stationId, item, version, readback, at: now() })
      if (!readback.startsWith('matches')) log.warn({ stationId, evseId, readback }, 'a profile reads back differently')
    }
    return outcome
  }
  // When the line went or the answer stayed away it may hold it or not, so it stays counted.
  if (outcome.outcome !== 'timeout' && outcome.outcome !== 'offline')
    await noteProfileNotHeld(db, { stationId, item, version })
  return outcome
}

function isProfile(state: DesiredState): boolean {
  return state.wanted.type === 'setChargingProfile'
}

function rank(state: DesiredState): number {
  if (state.item.startsWith('txDefaultProfile:')) return 0
  return isProfile(state) ? 1 : 2
}
