import { Sentence } from '../../../domain/sentences/sentence.ts'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { inFileUnit, type ColumnKind, type ReportTable } from './report-table.ts'

const TYPES = {
  text: 'STRING',
  instant: 'TIMESTAMP',
  integer: 'INT64',
  energy: 'INT64',
  distance: 'INT64',
  carbon: 'INT64',
  power: 'INT64',
  number: 'DOUBLE',
  ratio: 'DOUBLE',
  money: 'DOUBLE',
} as const satisfies Record<ColumnKind, string>

/**
 * A report as Parquet, for machines: columns named and measured as in the JSON answer (Wh, m, g), instants in UTC; money alone is a decimal in EUR, and its column is named so.
 * Notes are in the file's key-value metadata.
 */
export function parquetOf(table: ReportTable): Uint8Array {
  const buffer = parquetWriteBuffer({
    columnData: table.columns.map(({ key, kind }) => ({
      name: kind === 'money' ? key.replace(/MicroEur$/, 'Eur') : key,
      type: TYPES[kind],
      nullable: true,
      data: table.rows.map((row) => {
        const value = row[key] ?? null
        if (value instanceof Sentence) return value.in('en')
        if (typeof value !== 'number') return value
        if (kind === 'money') return inFileUnit(value, kind)
        return TYPES[kind] === 'INT64' ? BigInt(Math.round(value)) : value
      }),
    })),
    kvMetadata: [
      { key: 'title', value: table.title.in('en') },
      { key: 'notes', value: table.notes.map((note) => note.in('en')).join('\n') },
      { key: 'timeZone', value: table.timeZone },
    ],
    createdBy: 'zaryad',
  })
  return new Uint8Array(buffer)
}
