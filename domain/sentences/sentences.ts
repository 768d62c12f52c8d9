import { COMMAND_WORDS } from './words/command-words.ts'
import { DELIVERY_WORDS } from './words/delivery-words.ts'
import { FEED_REFUSAL_WORDS } from './words/feed-refusal-words.ts'
import { FEED_WORDS } from './words/feed-words.ts'
import { FIELD_WORDS } from './words/field-words.ts'
import { FLEET_WORDS } from './words/fleet-words.ts'
import { IMPORT_WORDS } from './words/import-words.ts'
import { MARKET_WORDS } from './words/market-words.ts'
import { MISSING_WORDS } from './words/missing-words.ts'
import { OUTSIDE_WORDS } from './words/outside-words.ts'
import { PLACE_WORDS } from './words/place-words.ts'
import { PROBLEM_WORDS } from './words/problem-words.ts'
import { REFUSAL_WORDS } from './words/refusal-words.ts'
import { REPORT_WORDS } from './words/report-words.ts'
import { REQUEST_WORDS } from './words/request-words.ts'
import { SERIES_WORDS } from './words/series-words.ts'
import { SIGN_IN_WORDS } from './words/sign-in-words.ts'
import { TAKING_BACK_WORDS } from './words/taking-back-words.ts'

/** What the server says, area by area. */
export const AREAS = [
  COMMAND_WORDS,
  DELIVERY_WORDS,
  FEED_REFUSAL_WORDS,
  FEED_WORDS,
  FIELD_WORDS,
  FLEET_WORDS,
  IMPORT_WORDS,
  MARKET_WORDS,
  MISSING_WORDS,
  OUTSIDE_WORDS,
  PLACE_WORDS,
  PROBLEM_WORDS,
  REFUSAL_WORDS,
  REPORT_WORDS,
  REQUEST_WORDS,
  SERIES_WORDS,
  SIGN_IN_WORDS,
  TAKING_BACK_WORDS,
] as const

/** Everything that the server says in sentences, by code. Codes are kept in the database and told by the API: they change as little as a column's name. */
export const SENTENCES = {
  ...COMMAND_WORDS,
  ...DELIVERY_WORDS,
  ...FEED_REFUSAL_WORDS,
  ...FEED_WORDS,
  ...FIELD_WORDS,
  ...FLEET_WORDS,
  ...IMPORT_WORDS,
  ...MARKET_WORDS,
  ...MISSING_WORDS,
  ...OUTSIDE_WORDS,
  ...PLACE_WORDS,
  ...PROBLEM_WORDS,
  ...REFUSAL_WORDS,
  ...REPORT_WORDS,
  ...REQUEST_WORDS,
  ...SERIES_WORDS,
  ...SIGN_IN_WORDS,
  ...TAKING_BACK_WORDS,
} as const

export type SentenceCode = keyof typeof SENTENCES

/** The names in braces of a sentence's English. */
type Holes<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never

export type ValuesOf<Code extends SentenceCode, Value> = Record<Holes<(typeof SENTENCES)[Code][0]>, Value>
