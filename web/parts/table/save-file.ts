import { language } from '../language.ts'
import { csvOf } from './csv.ts'
import type { Sheet } from './sheet.ts'

export type FileKind = 'csv' | 'xlsx'

const TYPES: Record<FileKind, string> = {
  csv: 'text/csv;charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Makes a file of a table in the browser and hands it to the reader as a download. Rejects when what makes workbooks cannot be loaded. */
export async function saveSheet(sheet: Sheet, fileName: string, title: string, kind: FileKind): Promise<void> {
  const content = kind === 'csv' ? csvOf(sheet, language) : (await import('./xlsx.ts')).xlsxOf(sheet, title)
  const url = URL.createObjectURL(new Blob([content], { type: TYPES[kind] }))
  const link = document.createElement('a')
  link.href = url
  link.download = `${fileName}.${kind}`
  link.click()
  // Some browsers read it only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
