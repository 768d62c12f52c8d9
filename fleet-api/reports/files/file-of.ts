import { csvOf } from './csv.ts'
import { parquetOf } from './parquet.ts'
import type { FileOptions, ReportTable } from './report-table.ts'
import { xlsxOf } from './xlsx.ts'

export const FILE_FORMATS = ['csv', 'xlsx', 'parquet'] as const
export type FileFormat = (typeof FILE_FORMATS)[number]

export interface ReportFile {
  name: string
  contentType: string
  bytes: Uint8Array<ArrayBuffer>
}

const CONTENT_TYPES: Record<FileFormat, string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  parquet: 'application/vnd.apache.parquet',
}

/** A report as a file of the format asked for. Its size is bounded by the rows that reports allow. */
export async function fileOf(table: ReportTable, format: FileFormat, options: FileOptions): Promise<ReportFile> {
  return {
    name: `${table.fileName}.${format}`,
    contentType: CONTENT_TYPES[format],
    bytes: new Uint8Array(await content(table, format, options)),
  }
}

/** The file as a download. */
export function fileAnswer(file: ReportFile): Response {
  return new Response(file.bytes, {
    headers: {
      'Content-Type': file.contentType,
      'Content-Disposition': `attachment; filename="${file.name}"`,
      'Content-Length': String(file.bytes.byteLength),
    },
  })
}

async function content(table: ReportTable, format: FileFormat, options: FileOptions): Promise<Uint8Array> {
  if (format === 'csv') return new TextEncoder().encode(csvOf(table, options))
  if (format === 'xlsx') return xlsxOf(table, options)
  return parquetOf(table)
}
