import type { ReportLang } from './files/words.ts'
import { SENTENCES, type SentenceName } from './sentences.ts'

type Value = string | number | Sentence

const COLUMN: Record<ReportLang, 0 | 1 | 2> = { en: 0, bg: 1, uk: 2 }

/** Something that a report says in words: in English in the API's answers, in the reader's language in files. */
export class Sentence {
  readonly #name: SentenceName
  readonly #values: Readonly<Record<string, Value>>

  constructor(name: SentenceName, values: Readonly<Record<string, Value>> = {}) {
    this.#name = name
    this.#values = values
  }

  in(lang: ReportLang): string {
    return SENTENCES[this.#name][COLUMN[lang]].replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      textOf(this.#values[name] ?? '?', lang),
    )
  }

  toJSON(): string {
    return this.in('en')
  }
}

function textOf(value: Value, lang: ReportLang): string {
  if (value instanceof Sentence) return value.in(lang)
  if (typeof value === 'string') return value
  return lang === 'en' ? String(value) : String(value).replace('.', ',')
}

/** `12.3 %` of the whole. */
export function percent(part: number, whole: number): Sentence {
  const share = (part / whole) * 100
  return share > 0 && share < 0.1
    ? new Sentence('underTenth')
    : new Sentence('percent', { n: Math.round(share * 10) / 10 })
}
