import type { SchemaError } from './validation.ts'

/** Named deviations from the schemas that are read all the same. Counted per station, so that a bad firmware can be seen. */
export type Quirk =
  | 'unknownField'
  | 'misspelledField'
  | 'nullField'
  | 'numberForString'
  | 'stringForNumber'
  | 'fractionForInteger'
  | 'textForBoolean'
  | 'objectForArray'
  | 'arrayForObject'
  | 'emptyList'
  | 'misspelledValue'
  | 'unknownValue'
  | 'unknownMeasurand'
  | 'tooLongText'
  | 'emptyTime'
  | 'unreadableTime'
  | 'epochTime'
  | 'missingField'
  | 'unreadableField'

/** Stands for a time that the station did not tell; it is never believed, so the time of receipt takes its place. */
const NO_TIME = '1970-01-01T00:00:00Z'
/** One payload under repair. */
export interface Repair {
  action: string
  payload: object
  /** Unknown fields taken away, by the object that had them: one of them may be a required field under another spelling. */
  removed: Map<object, Map<string, unknown>>
  /** Texts that were only shortened for the check. */
  restore: (() => void)[]
}

type Container = Record<string | number, unknown>

/** Mends the one thing that is wrong, or returns undefined when it knows no way. */
export function mend(repair: Repair, violation: SchemaError): Quirk | undefined {
  const place = locate(repair.payload, violation.instancePath)
  switch (violation.keyword) {
    case 'additionalProperties':
      return removeUnknown(repair, place.value, String(violation.params['additionalProperty']))
    case 'required':
      return fillMissing(repair, place.value, String(violation.params['missingProperty']))
    case 'type':
      return changeType(place, String(violation.params['type'])) ?? takeAway(repair, place)
    case 'enum':
      return changeValue(repair, violation, place)
    case 'format':
      return changeTime(place)
    case 'minItems':
      return fillList(repair, violation, place)
    case 'maxLength':
      return shorten(repair, place, Number(violation.params['limit']))
  }
  return undefined
}

interface Place {
  parent: Container | undefined
  key: string | number
  value: unknown
}

function locate(payload: object, pointer: string): Place {
  let place: Place = { parent: undefined, key: '', value: payload }
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    const parent = place.value as Container
    place = { parent, key: Array.isArray(parent) ? Number(key) : key, value: parent[key] }
  }
  return place
}

function put(place: Place, value: unknown): void {
  if (place.parent !== undefined) place.parent[place.key] = value
}

function remove(place: Place): void {
  if (Array.isArray(place.parent)) place.parent.splice(Number(place.key), 1)
  else if (place.parent !== undefined) delete place.parent[place.key]
}

function removeUnknown(repair: Repair, owner: unknown, key: string): Quirk | undefined {
  if (!isContainer(owner)) return undefined
  const removed = repair.removed.get(owner) ?? new Map<string, unknown>()
  removed.set(key, owner[key])
  repair.removed.set(owner, removed)
  delete owner[key]
  return 'unknownField'
}

/** Fields whose absence must not cost the message: stations repeat a refused transaction message for ever. */
const SUBSTITUTES: Record<string, Record<string, unknown>> = {
  StartTransaction: { timestamp: NO_TIME, meterStart: -1, idTag: '', connectorId: 0 },
  StopTransaction: { timestamp: NO_TIME, meterStop: -1, transactionId: -1 },
  MeterValues: { timestamp: NO_TIME, connectorId: 0, evseId: 0 },
  StatusNotification: { timestamp: NO_TIME, errorCode: 'NoError' },
  TransactionEvent: { timestamp: NO_TIME, seqNo: -1, triggerReason: 'Trigger' },
}

const OF_TRANSACTIONS: ReadonlySet<string> = new Set([
  'StartTransaction',
  'StopTransaction',
  'MeterValues',
  'TransactionEvent',
])

function fillMissing(repair: Repair, owner: unknown, key: string): Quirk | undefined {
  if (!isContainer(owner)) return undefined
  const wanted = spelling(key)
  const candidates = [...Object.entries(owner), ...(repair.removed.get(owner)?.entries() ?? [])]
  const misspelled = candidates.find(([name]) => name !== key && spelling(name) === wanted)
  if (misspelled !== undefined) {
    delete owner[misspelled[0]]
    owner[key] = misspelled[1]
    return 'misspelledField'
  }
  const substitutes = SUBSTITUTES[repair.action]
  if (substitutes === undefined || !Object.hasOwn(substitutes, key)) return undefined
  owner[key] = substitutes[key]
  return 'missingField'
}

function changeType(place: Place, wanted: string): Quirk | undefined {
  const { value } = place
  if (place.parent === undefined) return undefined
  if (value === null) {
    remove(place)
    return 'nullField'
  }
  if (wanted === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    const time = /time|date/i.test(String(place.key)) && typeof value === 'number' ? epochText(value) : undefined
    put(place, time ?? String(value))
    return time === undefined ? 'numberForString' : 'epochTime'
  }
  if ((wanted === 'number' || wanted === 'integer') && typeof value === 'string') {
    const number = Number(value.trim().replace(',', '.'))
    if (value.trim() === '' || !Number.isFinite(number)) return undefined
    put(place, number)
    return 'stringForNumber'
  }
  if (wanted === 'integer' && typeof value === 'number') {
    put(place, Math.round(value))
    return 'fractionForInteger'
  }
  if (wanted === 'boolean') {
    const word = String(value).trim().toLowerCase()
    if (!['true', 'false', '1', '0'].includes(word)) return undefined
    put(place, word === 'true' || word === '1')
    return 'textForBoolean'
  }
  if (wanted === 'array' && isContainer(value)) {
    put(place, [value])
    return 'objectForArray'
  }
  if (wanted === 'object' && Array.isArray(value) && value.length <= 1) {
    put(place, value[0] ?? {})
    return 'arrayForObject'
  }
  return undefined
}

/** What to take for a word that the version does not know, where its list has a word for that. */
const OTHERWISE = ['Other', 'OtherError', 'Trigger', 'Central']

/** What no reading can be made of is as good as not told; `fillMissing` then knows whether the message can do without. */
function takeAway(repair: Repair, place: Place): Quirk | undefined {
  if (place.parent === undefined || !OF_TRANSACTIONS.has(repair.action)) return undefined
  remove(place)
  return 'unreadableField'
}

function changeValue(repair: Repair, violation: SchemaError, place: Place): Quirk | undefined {
  const allowed = violation.params['allowedValues'] as unknown[]
  if (typeof place.value === 'string') {
    const word = spelling(place.value)
    const meant = allowed.find((one) => typeof one === 'string' && spelling(one) === word)
    if (meant !== undefined) {
      put(place, meant)
      return 'misspelledValue'
    }
  }
  const sample = /^(.*\/sampledValue\/\d+)\//.exec(violation.instancePath)?.[1]
  if (sample !== undefined) {
    // Without the word that says what it is, a sample would pass for the energy register, which is the default.
    remove(locate(repair.payload, sample))
    return 'unknownMeasurand'
  }
  const otherwise = OTHERWISE.find((one) => allowed.includes(one))
  if (otherwise === undefined) remove(place)
  else put(place, otherwise)
  return place.parent === undefined ? undefined : 'unknownValue'
}

function changeTime(place: Place): Quirk | undefined {
  if (typeof place.value !== 'string' || place.parent === undefined) return undefined
  if (place.value.trim() === '') {
    remove(place)
    return 'emptyTime'
  }
  const epoch = /^\s*\d{9,13}\s*$/.test(place.value) ? epochText(Number(place.value)) : undefined
  put(place, epoch ?? NO_TIME)
  return epoch === undefined ? 'unreadableTime' : 'epochTime'
}

function fillList(repair: Repair, violation: SchemaError, place: Place): Quirk | undefined {
  // A reading that nothing is made of, in the place of none.
  const number = repair.action === 'TransactionEvent' || (isContainer(repair.payload) && 'evseId' in repair.payload)
  const sample = { measurand: 'Frequency', value: number ? 0 : '0' }
  if (violation.instancePath.endsWith('/sampledValue')) put(place, [sample])
  else if (violation.instancePath.endsWith('/meterValue')) put(place, [{ timestamp: NO_TIME, sampledValue: [sample] }])
  else return undefined
  return 'emptyList'
}

function shorten(repair: Repair, place: Place, limit: number): Quirk | undefined {
  const { value } = place
  if (typeof value !== 'string' || place.parent === undefined) return undefined
  put(place, [...value].slice(0, limit).join(''))
  repair.restore.push(() => put(place, value))
  return 'tooLongText'
}

/** An instant from seconds or milliseconds since 1970. */
function epochText(value: number): string | undefined {
  const ms = value > 100_000_000_000 ? value : value * 1000
  return ms > 0 && ms < 8_640_000_000_000_000 ? new Date(ms).toISOString() : undefined
}

function spelling(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z\d]/g, '')
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
