import type { SessionState } from '../../db/sessions.ts'
import { startSession, updateSession } from '../../db/start-session.ts'
import { stopSession } from '../../db/stop-session.ts'
import { action, type ActionContext, type Request201 } from '../action.ts'
import { readSamples } from '../meter-reading.ts'
import { keepMeterValues } from '../meter-values.ts'
import type { StationTime } from '../station-time.ts'
import { authorizeIdToken, identifyingToken, idTokenInfo } from './id-token.ts'

type Event = Request201<'TransactionEvent'>

/**
 * OCPP 2.0.1 E01 to E15. Events arrive twice, late, and in any order; each of them is stored. An event of a transaction whose start is not
 * known opens the session, and the start, when it comes, completes it.
 */
export const transactionEvent = action('ocpp2.0.1', 'TransactionEvent', async (context, event) => {
  const time = context.time(event.timestamp, event.offline !== true)
  const known = await context.sessions.byTransaction(event.transactionInfo.transactionId)
  let session = known
  if (event.eventType === 'Ended') session = await end(context, event, time, known)
  else if (known === undefined) session = await open(context, event, time)
  else if (tellsNews(event, time, known)) session = await update(context, event, time, known)
  if (session !== undefined) context.sessions.put(session)
  if (event.eventType !== 'Ended') keepValues(context, event, session)
  if (event.idToken === undefined) return {}
  return { idTokenInfo: idTokenInfo(await authorizeIdToken(context, event.idToken)) }
})

function keepValues(context: ActionContext, event: Event, session: SessionState | undefined): SessionState | undefined {
  return keepMeterValues(context, {
    evseId: event.evse?.id ?? 0,
    connectorId: event.evse?.connectorId ?? null,
    session,
    values: event.meterValue ?? [],
    live: false,
    seqNo: event.seqNo,
    settle: event.eventType === 'Ended',
  })
}

async function open(context: ActionContext, event: Event, time: StationTime): Promise<SessionState> {
  const { transactionId, chargingState } = event.transactionInfo
  const { session } = await startSession(context.db, {
    stationId: context.stationId,
    protocol: context.protocol,
    evseId: event.evse?.id ?? 0,
    connectorId: event.evse?.connectorId ?? null,
    startKey: `transaction|${transactionId}`,
    transactionId,
    idToken: identifyingToken(event.idToken),
    acceptUnknownToken: context.policy === 'open',
    at: time.at,
    receivedAt: context.receivedAt,
    meterStartWh: event.eventType === 'Started' ? registerAtStart(event) : null,
    chargingState: chargingState ?? null,
    pluggedIn: isPlugged(event, undefined),
    seqNo: event.seqNo,
    flags: {
      ...(event.eventType === 'Started' ? {} : { startUnknown: true }),
      ...(time.doubt === null
        ? {}
        : { startClock: time.doubt, stationStartedAt: time.stationAt?.toISOString() ?? null }),
    },
  })
  return session
}

function update(context: ActionContext, event: Event, time: StationTime, known: SessionState): Promise<SessionState> {
  return updateSession(context.db, known.number, {
    evseId: event.evse?.id ?? null,
    connectorId: event.evse?.connectorId ?? null,
    idToken: identifyingToken(event.idToken),
    acceptUnknownToken: context.policy === 'open',
    chargingState: event.transactionInfo.chargingState ?? null,
    pluggedIn: isPlugged(event, known),
    seqNo: event.seqNo,
    start: isLateStart(event, time, known) ? { at: time.at, meterStartWh: registerAtStart(event) } : null,
    at: time.at,
  })
}

async function end(
  context: ActionContext,
  event: Event,
  time: StationTime,
  known: SessionState | undefined,
): Promise<SessionState> {
  const identified =
    known !== undefined && known.endedAt === null && tellsNews(event, time, known)
      ? await update(context, event, time, known)
      : known
  const followed = keepValues(context, event, identified)
  return stopSession(context.db, {
    stationId: context.stationId,
    protocol: context.protocol,
    session: followed,
    transactionId: event.transactionInfo.transactionId,
    meterStopWh: registerAtEnd(event) ?? followed?.meterLastWh ?? null,
    at: time.at,
    receivedAt: context.receivedAt,
    reason: event.transactionInfo.stoppedReason ?? 'Local',
    idToken: identifyingToken(event.idToken),
    chargingState: event.transactionInfo.chargingState ?? null,
    flags:
      time.doubt === null ? {} : { stopClock: time.doubt, stationStoppedAt: time.stationAt?.toISOString() ?? null },
  })
}

/** Most events carry samples only, and cost no transaction of their own. */
function tellsNews(event: Event, time: StationTime, known: SessionState): boolean {
  const { chargingState } = event.transactionInfo
  return (
    (chargingState !== undefined && chargingState !== known.chargingState && event.seqNo > (known.lastSeqNo ?? -1)) ||
    (known.idToken === null && identifyingToken(event.idToken) !== null) ||
    (event.evse !== undefined && event.evse.id !== known.evseId) ||
    isLateStart(event, time, known)
  )
}

/** Something later of this transaction came first. */
function isLateStart(event: Event, time: StationTime, known: SessionState): boolean {
  return event.eventType === 'Started' && time.at < known.startedAt
}

/** A transaction may begin with a card, before anything is plugged in (E01). Only changes of the state are told. */
function isPlugged(event: Event, known: SessionState | undefined): boolean {
  const state = event.transactionInfo.chargingState ?? known?.chargingState ?? undefined
  return state !== undefined ? state !== 'Idle' : event.triggerReason !== 'Authorized'
}

function registerAtStart(event: Event): number | null {
  return registerWith(event, 'Transaction.Begin') ?? null
}

function registerAtEnd(event: Event): number | null {
  return registerWith(event, 'Transaction.End') ?? null
}

/** The register that carries this context, else the message's first or last one. */
function registerWith(event: Event, context: 'Transaction.Begin' | 'Transaction.End'): number | null {
  const registers = (event.meterValue ?? []).map((value) => {
    const marked = value.sampledValue.filter((sample) => sample.context === context)
    return {
      marked: readSamples(marked, () => undefined).registerWh,
      any: readSamples(value.sampledValue, () => undefined).registerWh,
    }
  })
  const marked = registers.find((one) => one.marked !== null)?.marked
  if (marked !== undefined && marked !== null) return marked
  const told = registers.flatMap((one) => (one.any === null ? [] : [one.any]))
  return (context === 'Transaction.Begin' ? told[0] : told.at(-1)) ?? null
}
