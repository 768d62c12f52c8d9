import { startSession } from '../../db/start-session.ts'
import { action } from '../action.ts'
import { AUTHORIZATION_STATUS } from '../authorization.ts'

/**
 * OCPP 1.6 §4.8. Stations resend this after an outage, so the same start twice must answer the same transactionId. A start that should not have
 * been is kept too, and told so in `idTagInfo`.
 */
export const startTransaction = action('ocpp1.6', 'StartTransaction', async (context, request) => {
  const { connectorId, idTag, meterStart, timestamp } = request
  const time = context.time(timestamp)
  const { session, authorization } = await startSession(context.db, {
    stationId: context.stationId,
    protocol: 'ocpp1.6',
    evseId: connectorId,
    connectorId: null,
    startKey: `${connectorId}|${idTag}|${timestamp}|${meterStart}`,
    transactionId: null,
    idToken: idTag,
    acceptUnknownToken: context.policy === 'open',
    at: time.at,
    receivedAt: context.receivedAt,
    meterStartWh: meterStart < 0 ? null : meterStart,
    chargingState: null,
    pluggedIn: true,
    seqNo: null,
    flags:
      time.doubt === null ? {} : { startClock: time.doubt, stationStartedAt: time.stationAt?.toISOString() ?? null },
  })
  context.sessions.put(session)
  return { transactionId: session.number, idTagInfo: { status: AUTHORIZATION_STATUS[authorization] } }
})
