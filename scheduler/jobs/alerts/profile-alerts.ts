import type { AlertDraft } from '../../../domain/alert.ts'
import type { CommandOutcome, JsonObject } from '../../../domain/command.ts'
import { evseName, isGone, type WatchState } from './watch-state.ts'
import { kilowatts } from './words.ts'
import { sentenceOf } from '../../../domain/sentences/sentence.ts'

/** As many tries as there are ways to write a profile. */
const TRIES_BEFORE_ALERT = 3

/** Chargers that do not take their profiles, or take them and do not follow. */
export function profileAlerts(state: WatchState): AlertDraft[] {
  return [...notAccepted(state), ...notFollowed(state)]
}

function notAccepted(state: WatchState): AlertDraft[] {
  return state.evses.flatMap((evse) => {
    if (isGone(evse, state.now) || !evse.connected) return []
    const own = (one: { stationId: string; evseId: number }): boolean =>
      one.stationId === evse.stationId && one.evseId === evse.evseId
    const refused = state.wished.find((one) => own(one) && !one.confirmed && one.attempts >= TRIES_BEFORE_ALERT)
    const differing = state.held.findLast((one) => own(one) && one.readback?.startsWith('differs') === true)
    if (refused === undefined && differing === undefined) return []
    const name = evseName(state, evse)
    const failSafe = refused?.item.startsWith('txDefaultProfile') === true
    const claim = kilowatts(failSafe ? evse.maxPowerW : (evse.failSafePowerW ?? 0))
    return [
      {
        key: `profileNotAccepted:${evse.stationId}:${evse.evseId}`,
        siteId: state.fleet.site.siteId,
        kind: 'profileNotAccepted' as const,
        severity: 'act' as const,
        stationId: evse.stationId,
        ...(evse.vehicleId === null ? {} : { vehicleId: evse.vehicleId }),
        sentence:
          refused === undefined
            ? `${name} took its charging profile but says that it will do otherwise.`
            : `${name} does not take its ${failSafe ? 'fail-safe limit' : 'charging profile'}.`,
        cause:
          refused === undefined
            ? `Its schedule reads ${differing?.readback?.replace('differs: ', '') ?? 'otherwise'}.`
            : `It was asked in ${refused.attempts} ways and ${outcomeWords(refused.outcome)}.`,
        remedy:
          refused === undefined
            ? 'Check its configuration of smart charging; its meter is watched meanwhile.'
            : `Check that smart charging is switched on in it. Until then ${claim} is kept free for it, and the others get less.`,
        parameters: {
          evseId: evse.evseId,
          item: refused?.item ?? differing?.item ?? null,
          answer: refused === undefined ? (differing?.readback ?? null) : outcomeWords(refused.outcome),
          refused:
            refused === undefined ? null : { attempts: refused.attempts, failSafe, ...answerOf(refused.outcome) },
          keptFreeW: failSafe ? evse.maxPowerW : (evse.failSafePowerW ?? 0),
          actions: [{ type: 'resetStation', stationId: evse.stationId }],
        },
      },
    ]
  })
}

function outcomeWords(outcome: CommandOutcome | null): string {
  switch (outcome?.outcome) {
    case 'answered':
      return `answered ${outcome.status}`
    case 'refused':
      return `answered with the error ${outcome.errorCode}`
    case 'timeout':
      return 'did not answer'
    case 'unsendable':
      return `could not be sent it: ${outcome.reason}`
    default:
      return 'was not there'
  }
}

/** What the charger said, for pages that speak another language. */
function answerOf(outcome: CommandOutcome | null): JsonObject {
  switch (outcome?.outcome) {
    case 'answered':
      return { outcome: 'answered', said: outcome.status }
    case 'refused':
      return { outcome: 'refused', said: outcome.errorCode }
    case 'unsendable':
      return {
        outcome: 'unsendable',
        said: (outcome.sentence && sentenceOf(outcome.sentence)?.inAll()) ?? outcome.reason,
      }
    default:
      return { outcome: 'timeout', said: null }
  }
}

function notFollowed(state: WatchState): AlertDraft[] {
  return state.overdrawn.flatMap((over) => {
    const evse = state.evses.find((one) => one.stationId === over.stationId && one.evseId === over.evseId)
    if (evse === undefined) return []
    return [
      {
        key: `profileNotFollowed:${over.stationId}:${over.evseId}`,
        siteId: state.fleet.site.siteId,
        kind: 'profileNotFollowed' as const,
        severity: 'act' as const,
        stationId: over.stationId,
        ...(evse.vehicleId === null ? {} : { vehicleId: evse.vehicleId }),
        sentence: `${evseName(state, evse)} draws ${kilowatts(over.leastW)} where it was told ${kilowatts(over.allowedW)}.`,
        cause: 'It accepted its charging profile but does not follow it.',
        remedy: 'Reset it; if that does not help, limit it by its own settings and tell its maker.',
        parameters: {
          evseId: over.evseId,
          measuredW: over.leastW,
          allowedW: over.allowedW,
          actions: [{ type: 'resetStation', stationId: over.stationId }],
        },
      },
    ]
  })
}
