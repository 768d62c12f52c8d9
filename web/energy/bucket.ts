import type { EnergyReport } from '../parts/api-types.ts'
import type { Format } from '../parts/format.ts'

export type EnergyRow = EnergyReport['rows'][number]

/** A bucket of a report under a bar and read out: a month, a local date, or an hour. */
export function bucketName(bucket: string | null, format: Format): { text: string; long: string } {
  if (bucket === null) return { text: '', long: '' }
  if (/^\d{4}-\d{2}$/.test(bucket))
    return { text: format.monthShort(Date.parse(`${bucket}-15T12:00:00Z`)), long: format.month(bucket) }
  if (/^\d{4}-\d{2}-\d{2}$/.test(bucket)) {
    const text = String(Number(bucket.slice(8)))
    return { text, long: format.date(bucket) }
  }
  const at = Date.parse(bucket)
  return { text: format.time(at), long: `${format.day(at)}, ${format.time(at)}` }
}
