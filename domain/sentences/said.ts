import type { Language } from '../language.ts'
import { Sentence, sentenceOf, type PlainSentence } from './sentence.ts'

/** A sentence, or what is the same in every language: an id, a value as it was written. */
export type Said = Sentence | string

/** The same as it is kept. A string may also be English that an earlier version kept. */
export type KeptSaid = PlainSentence | string

export function kept(said: Said): KeptSaid {
  return typeof said === 'string' ? said : said.plain()
}

/** What was kept, for a reader; of a sentence that this version does not know its code. */
export function keptIn(language: Language, said: KeptSaid): string {
  if (typeof said === 'string') return said
  return sentenceOf(said)?.in(language) ?? said.code
}

export function saidIn(language: Language, said: Said): string {
  return typeof said === 'string' ? said : said.in(language)
}

/** Things one after the other, as one value of a sentence: `sessions, telemetry`. */
export function listed(things: readonly Said[]): Said {
  const [first, ...rest] = things.toReversed()
  return rest.reduce<Said>((later, earlier) => new Sentence('listed', { first: earlier, rest: later }), first ?? '')
}
