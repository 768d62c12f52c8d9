import type { Language } from '../domain/language.ts'
import { wordsOf } from '../domain/sentences/kept-sentence.ts'

/** Rows whose kept `error` is worded for the reader. */
export function withWords<Row extends { error: string | null }>(rows: readonly Row[], language: Language): Row[] {
  return rows.map((row) => (row.error === null ? row : { ...row, error: wordsOf(row.error, language) }))
}
