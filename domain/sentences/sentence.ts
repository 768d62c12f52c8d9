import { LANGUAGES, type Language } from '../language.ts'
import { SENTENCES, type SentenceCode, type ValuesOf } from './sentences.ts'

/** What stands in a brace: an id or a name as it is, a number in the reader's digits, another sentence in the reader's language. */
export type SentenceValue = string | number | Sentence

/** A sentence as it is kept in the database and told to machines. */
export interface PlainSentence {
  code: string
  values: Record<string, string | number | PlainSentence>
}

/**
 * Something that the server says to a person: a code with values, worded in the reader's language at the last moment. In JSON it is English, unless
 * it is asked for in another language before.
 */
export class Sentence {
  readonly code: SentenceCode
  readonly values: Readonly<Record<string, SentenceValue>>

  constructor(code: SentenceCode, values: Readonly<Record<string, SentenceValue>>) {
    this.code = code
    this.values = values
  }

  in(language: Language): string {
    return SENTENCES[this.code][LANGUAGES.indexOf(language) as 0 | 1 | 2].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      textOf(this.values[name] ?? '?', language),
    )
  }

  /** In every language, for what all readers are sent alike. */
  inAll(): Record<Language, string> {
    return { en: this.in('en'), bg: this.in('bg'), uk: this.in('uk') }
  }

  plain(): PlainSentence {
    const values = Object.entries(this.values).map(([name, value]) => [
      name,
      value instanceof Sentence ? value.plain() : value,
    ])
    return { code: this.code, values: Object.fromEntries(values) }
  }

  toJSON(): string {
    return this.in('en')
  }

  toString(): string {
    return this.in('en')
  }
}

/** A sentence with all of its values: `say('percent', { n: 12.3 })`. */
export function say<Code extends SentenceCode>(
  code: Code,
  ...[values]: keyof ValuesOf<Code, SentenceValue> extends never ? [] : [values: ValuesOf<Code, SentenceValue>]
): Sentence {
  return new Sentence(code, values ?? {})
}

/** A sentence that was kept; null when this version has no such code. */
export function sentenceOf(plain: PlainSentence): Sentence | null {
  if (!Object.hasOwn(SENTENCES, plain.code)) return null
  const values = Object.entries(plain.values).map(([name, value]) => [
    name,
    typeof value === 'object' ? (sentenceOf(value) ?? value.code) : value,
  ])
  return new Sentence(plain.code as SentenceCode, Object.fromEntries(values))
}

function textOf(value: SentenceValue, language: Language): string {
  if (value instanceof Sentence) return value.in(language)
  if (typeof value === 'string') return value
  return language === 'en' ? String(value) : String(value).replace('.', ',')
}
