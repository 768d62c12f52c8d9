import { CallError } from './call-error.ts'

/**
 * The schemas know no upper limits, so a number may be too large for anything to be meant by it, or for its column. EVSEs and connectors are
 * numbered from 1 without gaps (2.0.1 §7.2): a number this high is no EVSE, and would enter thousands of them.
 */
const HIGHEST_EVSE = 1000
const HIGHEST_INTEGER = 2 ** 31 - 1

/** In these, a place that cannot be is read as one that was not told: the station would repeat a refused one for ever. */
const OF_TRANSACTIONS: ReadonlySet<string> = new Set(['StartTransaction', 'StopTransaction', 'TransactionEvent'])

/** Fields by their meaning, in either version. */
const PLACES: ReadonlySet<string> = new Set(['connectorId', 'evseId', 'id'])
const METERS: ReadonlySet<string> = new Set(['meterStart', 'meterStop'])

type Fields = Record<string, unknown>

/**
 * Takes numbers out of a request, in place, that no station can mean. Returns a quirk for each, or throws a CallError where nothing
 * is left of the message without it. Negative numbers mean "not told".
 */
export function limitNumbers(action: string, payload: object): 'impossibleNumber'[] {
  const fields = payload as Fields
  const quirks: 'impossibleNumber'[] = []
  const impossible = () => void quirks.push('impossibleNumber')
  limitFields(fields)
  if (isFields(fields['evse'])) limitFields(fields['evse'])
  if (action === 'NotifyEvent' && Array.isArray(fields['eventData'])) {
    for (const event of fields['eventData'] as { component: { evse?: Fields } }[]) {
      if (event.component.evse !== undefined) limitFields(event.component.evse)
    }
  }
  return quirks

  function limitFields(owner: Fields): void {
    for (const [name, value] of Object.entries(owner)) {
      if (typeof value !== 'number') continue
      if (PLACES.has(name) && !(value >= 0 && value <= HIGHEST_EVSE)) {
        const isKnownOtherwise = action === 'MeterValues' && Number(owner['transactionId']) > 0
        if (!OF_TRANSACTIONS.has(action) && !isKnownOtherwise) {
          throw new CallError('PropertyConstraintViolation', `${name} must be from 0 to ${HIGHEST_EVSE}`)
        }
        // Of an EVSE with an impossible connector, the EVSE is still known.
        if (owner === fields['evse'] && name === 'connectorId') delete owner[name]
        else owner[name] = 0
        impossible()
      } else if (METERS.has(name) && Math.abs(value) > Number.MAX_SAFE_INTEGER) {
        owner[name] = -1
        impossible()
      } else if (name === 'seqNo' && value > HIGHEST_INTEGER) {
        owner[name] = -1
        impossible()
      }
    }
  }
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
