import { action } from '../action.ts'
import { keepMeterValues } from '../meter-values.ts'

/** OCPP 2.0.1 J01: samples outside a transaction, or clock-aligned ones; those of a transaction come with TransactionEvent. */
export const meterValues = action('ocpp2.0.1', 'MeterValues', async (context, request) => {
  const first = request.meterValue[0]
  const at = first === undefined ? context.receivedAt : context.time(first.timestamp).at
  const session = request.evseId === 0 ? undefined : await context.sessions.at(request.evseId, at)
  keepMeterValues(context, {
    evseId: request.evseId,
    connectorId: null,
    session,
    values: request.meterValue,
    live: false,
  })
  return {}
})
