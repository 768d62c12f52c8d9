import { REPORT_WORDS } from './report-words.ts'

/** Everything that the server says in sentences, by code. Codes are kept in the database and told by the API: they change as little as a column's name. */
export const SENTENCES = { ...REPORT_WORDS } as const

export type SentenceCode = keyof typeof SENTENCES

/** The names in braces of a sentence's English. */
type Holes<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Holes<Rest> : never

export type ValuesOf<Code extends SentenceCode, Value> = Record<Holes<(typeof SENTENCES)[Code][0]>, Value>
