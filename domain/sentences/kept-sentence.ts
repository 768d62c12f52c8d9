import type { Language } from '../language.ts'
import { sentenceOf, type PlainSentence, type Sentence } from './sentence.ts'

/** A sentence as a column of text holds it. */
export function keptSentence(sentence: Sentence): string {
  return JSON.stringify(sentence.plain())
}

/** A sentence of a column of text; null: an older version wrote the text itself, or one that this version does not know. */
export function readSentence(kept: string): Sentence | null {
  if (!kept.startsWith('{')) return null
  try {
    return sentenceOf(JSON.parse(kept) as PlainSentence)
  } catch {
    return null
  }
}

/** What a column of text says, for what all readers are sent alike: in every language, or as it is. */
export function wordsForAll(kept: string): string | Record<Language, string> {
  return readSentence(kept)?.inAll() ?? kept
}

/** What a column of text says to a reader. */
export function wordsOf(kept: string, language: Language): string {
  return readSentence(kept)?.in(language) ?? kept
}
