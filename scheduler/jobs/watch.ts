import { syncAlerts } from '../../db/alerts.ts'
import { blocksBetween } from '../../db/blocks.ts'
import { readFleet } from '../../db/fleet.ts'
import { heldProfiles } from '../../db/held-profiles.ts'
import { chargingEvses, siteIds, wishedProfiles } from '../../db/planning-state.ts'
import { marketFetchesSince } from '../../db/market-fetches.ts'
import { currentPlan, type CurrentPlan } from '../../db/plans.ts'
import { rangeWatch } from '../../db/range-watch.ts'
import { fleetImportedSince, lastBlockDay, leastMeasuredPower, pendingStations } from '../../db/watch-state.ts'
import type { AlertKind } from '../../domain/alert.ts'
import { pointId } from '../../domain/fleet.ts'
import { marketDate } from '../prices/entsoe/market-day.ts'
import { pendingAlerts } from './alerts/pending-alerts.ts'
import { profileAlerts } from './alerts/profile-alerts.ts'
import { FIRST_COMING_MS } from './alerts/settling.ts'
import { rangeAlerts } from './alerts/range-alerts.ts'
import { siteAlerts } from './alerts/site-alerts.ts'
import { stationAlerts } from './alerts/station-alerts.ts'
import { vehicleAlerts } from './alerts/vehicle-alerts.ts'
import type { PriceNews, WatchState } from './alerts/watch-state.ts'
import type { JobContext } from './job.ts'
import { claimedPower } from './profiles/claims.ts'

const HOUR_MS = 3_600_000
/** A meter has to be above the limit for this long before its charger is blamed. */
const OVERDRAWN_MS = 4 * 60_000
const TOLERATED_SHARE = 0.05
const TOLERATED_W = 1000

const SITE_KINDS: AlertKind[] = [
  'needNotMet',
  'notPluggedIn',
  'vehicleLate',
  'rangeShort',
  'socUnknown',
  'stationOffline',
  'chargerFault',
  'unknownToken',
  'unknownVehicle',
  'profileNotAccepted',
  'profileNotFollowed',
  'limitExceeded',
  'pricesMissing',
  'timetableEnding',
]

/** Looks over every site and brings its alerts up to date. A site that cannot be looked over keeps its alerts as they were. */
export async function watch(context: JobContext): Promise<void> {
  const { db, now, log } = context
  const at = now()
  const timetableEnds = await lastBlockDay(db)
  const sites = await siteIds(db)
  const pending = pendingAlerts(await pendingStations(db))
  for (const siteId of [...sites, null]) {
    const drafts = pending.filter((alert) => alert.siteId === siteId)
    await syncAlerts(db, { siteId, kinds: ['stationPending'] }, drafts, at)
  }
  for (const siteId of sites) {
    try {
      const state = await watchState(context, siteId, at, timetableEnds)
      if (state === null) continue
      const drafts = [
        ...vehicleAlerts(state),
        ...rangeAlerts(state),
        ...stationAlerts(state),
        ...profileAlerts(state),
        ...siteAlerts(state),
      ]
      const changes = await syncAlerts(db, { siteId, kinds: SITE_KINDS }, drafts, at)
      if (changes.raised > 0 || changes.cleared > 0) log.info({ siteId, ...changes }, 'alerts changed')
    } catch (error) {
      log.error({ siteId, error: String(error) }, 'looking over a site failed')
    }
  }
}

async function watchState(
  context: JobContext,
  siteId: string,
  now: Date,
  timetableEnds: string | null,
): Promise<WatchState | null> {
  const { db } = context
  const fleet = await readFleet(db, siteId)
  if (fleet === null) return null
  const plan = await currentPlan(db, siteId)
  const from = new Date(now.getTime() - 12 * HOUR_MS)
  const to = new Date(now.getTime() + 36 * HOUR_MS)
  const state: WatchState = {
    now,
    fleet,
    evses: await chargingEvses(db, siteId),
    blocks: await blocksBetween(db, { from, to, siteId }),
    plan,
    wished: await wishedProfiles(db, siteId),
    held: await heldProfiles(db, siteId),
    overdrawn: [],
    range: await rangeWatch(db, siteId, now),
    priceNews: await priceNews(context, plan),
    timetableEnds,
    justEntered: await fleetImportedSince(db, siteId, new Date(now.getTime() - FIRST_COMING_MS)),
  }
  const since = new Date(now.getTime() - OVERDRAWN_MS)
  const measured = await leastMeasuredPower(db, siteId, since, now)
  return { ...state, overdrawn: overdrawnEvses(state, measured, since) }
}

/** What came of fetching the prices that the plan misses. */
async function priceNews({ db, market }: JobContext, plan: CurrentPlan | null): Promise<PriceNews> {
  const canFetch = market !== undefined && market.entsoeToken !== null
  const { series, missingFrom } = plan?.context.prices ?? { series: null, missingFrom: null }
  if (series === null || missingFrom === null) return { canFetch, lastTry: null }
  const date = marketDate(new Date(missingFrom))
  return { canFetch, lastTry: (await marketFetchesSince(db, 'price', series, date)).get(date) ?? null }
}

/** EVSEs that were above everything they may follow for the whole of the last minutes; one whose profile has just changed gets its time. */
function overdrawnEvses(
  state: WatchState,
  measured: readonly { stationId: string; evseId: number; leastW: number }[],
  since: Date,
): WatchState['overdrawn'] {
  return measured.flatMap((one) => {
    const evse = state.evses.find((found) => pointId(found) === pointId(one))
    const held = state.held.filter((found) => pointId(found) === pointId(one))
    if (evse === undefined || held.some((profile) => profile.sentAt > since)) return []
    const allowedW = claimedPower(
      { ...evse, known: evse.firstSeenAt !== null, failSafeW: evse.failSafePowerW ?? 0, held },
      since,
      state.now,
    )
    return one.leastW > allowedW * (1 + TOLERATED_SHARE) + TOLERATED_W ? [{ ...one, allowedW }] : []
  })
}
