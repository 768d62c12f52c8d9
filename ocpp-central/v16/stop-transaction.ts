import { findSessionToStop } from '../../db/sessions.ts'
import { stopSession } from '../../db/stop-session.ts'
import { action, type ActionContext, type Request16 } from '../action.ts'
import { AUTHORIZATION_STATUS, authorize } from '../authorization.ts'
import { keepMeterValues } from '../meter-values.ts'

/** OCPP 1.6 §4.10. Always answered: a stop that fits no session is kept as a session of its own, else the station repeats it for ever. */
export const stopTransaction = action('ocpp1.6', 'StopTransaction', async (context, request) => {
  const time = context.time(request.timestamp)
  const idToken = request.idTag ?? null
  const meterStopWh = request.meterStop < 0 ? null : request.meterStop
  const session = await sessionOf(context, request, time.at)
  const values = request.transactionData ?? []
  const followed = keepMeterValues(context, {
    evseId: session?.evseId ?? 0,
    connectorId: null,
    session,
    values,
    live: false,
    settle: true,
  })
  const stopped = await stopSession(context.db, {
    stationId: context.stationId,
    protocol: 'ocpp1.6',
    session: followed,
    transactionId: String(request.transactionId),
    meterStopWh,
    at: time.at,
    receivedAt: context.receivedAt,
    reason: request.reason ?? 'Local',
    idToken,
    chargingState: null,
    flags:
      time.doubt === null ? {} : { stopClock: time.doubt, stationStoppedAt: time.stationAt?.toISOString() ?? null },
  })
  context.sessions.put(stopped)
  if (idToken === null) return {}
  const { authorization } = await authorize(context, idToken)
  return { idTagInfo: { status: AUTHORIZATION_STATUS[authorization] } }
})

async function sessionOf(context: ActionContext, request: Request16<'StopTransaction'>, at: Date) {
  if (request.transactionId > 0) return context.sessions.byTransaction(String(request.transactionId))
  context.quirk('missingTransactionId')
  return findSessionToStop(context.db, {
    stationId: context.stationId,
    idToken: request.idTag ?? null,
    meterStopWh: request.meterStop,
    at,
  })
}
