import { say } from '../../domain/sentences/sentence.ts'
import { readRows, type Row } from './csv-table.ts'
import type { Findings } from './feed-report.ts'

export interface SupplementedRow extends Row {
  file: string
}

/**
 * The rows of a GTFS file with its TODS supplement laid over (TODS 2.1, "Evaluation"): a row with the same key is deleted when TODS_delete is 1,
 * else its filled-in values replace; other rows are added. Rows whose key comes twice in the GTFS file are reported and the first one is kept.
 */
export function readSupplemented(
  files: ReadonlyMap<string, Uint8Array>,
  file: string,
  findings: Findings,
  key: readonly string[],
  columns: readonly string[],
): SupplementedRow[] {
  const keyOf = (row: Row): string => key.map((column) => row.values[column] ?? '').join('\u{0}')
  const rows = new Map<string, SupplementedRow>()
  for (const row of readRows(files, file, findings, columns)) {
    const id = keyOf(row)
    const detail = key.map((column) => row.values[column]).join(', ')
    if (key[0] !== undefined && row.values[key[0]] === '') {
      findings.error(file, 'missingId', say('missingKey', { column: key[0] }), row.line, '')
    } else if (rows.has(id)) {
      findings.error(file, 'duplicateId', say('duplicateKey', { key: key.join(', ') }), row.line, detail)
    } else rows.set(id, { ...row, file })
  }
  const supplement = file.replace('.txt', '_supplement.txt')
  const extra = [...columns, ...SUPPLEMENT_COLUMNS]
  for (const row of readRows(files, supplement, findings, extra)) {
    const id = keyOf(row)
    const there = rows.get(id)
    if (row.values['TODS_delete'] === '1') {
      if (!rows.delete(id)) {
        findings.warning(supplement, 'deletesNothing', say('deletesNothing'), row.line, id)
      }
    } else if (there === undefined) rows.set(id, { ...row, file: supplement })
    else {
      const filled = Object.entries(row.values).filter(([, value]) => value !== '')
      rows.set(id, { ...there, values: { ...there.values, ...Object.fromEntries(filled) } })
    }
  }
  return [...rows.values()]
}

const SUPPLEMENT_COLUMNS = ['TODS_delete', 'TODS_trip_type', 'TODS_location_type']
