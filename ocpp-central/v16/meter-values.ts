import { action, type ActionContext, type Request16 } from '../action.ts'
import { keepMeterValues } from '../meter-values.ts'
import { readInstant } from '../station-time.ts'

/** OCPP 1.6 §4.7. Without a usable transaction id the samples belong to whatever session goes on at the connector at their time. */
export const meterValues = action('ocpp1.6', 'MeterValues', async (context, request) => {
  keepMeterValues(context, {
    evseId: request.connectorId,
    connectorId: null,
    session: await sessionOf(context, request),
    values: request.meterValue,
    live: false,
  })
  return {}
})

async function sessionOf(context: ActionContext, request: Request16<'MeterValues'>) {
  const { transactionId } = request
  if (transactionId !== undefined && transactionId > 0) {
    const session = await context.sessions.byTransaction(String(transactionId))
    if (session !== undefined) return session
    context.quirk('unknownTransactionId')
  } else if (transactionId !== undefined) {
    context.quirk('missingTransactionId')
  }
  const first = request.meterValue[0]
  const at =
    first === undefined || readInstant(first.timestamp) === undefined
      ? context.receivedAt
      : context.time(first.timestamp).at
  return context.sessions.at(request.connectorId, at)
}
