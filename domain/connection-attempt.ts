/** What came of a charger's knocking. Only `accepted` opened a socket; each other name says which setting at the charger, or here, is wrong. */
export const ATTEMPT_OUTCOMES = [
  'accepted',
  'wrongPath',
  'noSubprotocol',
  'unsupportedSubprotocol',
  'unknownStation',
  'passwordMissing',
  'userNameWrong',
  'passwordWrong',
  'tlsOnPlainPort',
] as const
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number]

export interface ConnectionAttempt {
  /** null: the address that it used names none. */
  stationId: string | null
  /** Where it came from, as far as can be told. */
  address: string
  outcome: AttemptOutcome
  /** The request target as it came, without a query, which may carry a secret. */
  path: string
  /** Names from Sec-WebSocket-Protocol, in the station's order. */
  protocols: readonly string[]
}
