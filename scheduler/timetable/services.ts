import { say } from '../../domain/sentences/sentence.ts'
import { addDays, dayOfWeek, daysBetween } from '../../domain/service-time.ts'
import type { Findings } from './feed-report.ts'
import { parseDate } from './gtfs-values.ts'
import { readSupplemented } from './supplemented.ts'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const LONGEST_DAYS = 366 * 12

/** The days of each service: calendar.txt, then the exceptions of calendar_dates.txt (1 adds a day, 2 takes one away). Either file may be missing. */
export function readServices(files: ReadonlyMap<string, Uint8Array>, findings: Findings): Map<string, Set<string>> {
  const services = new Map<string, Set<string>>()
  const columns = ['service_id', ...DAYS, 'start_date', 'end_date']
  for (const row of readSupplemented(files, 'calendar.txt', findings, ['service_id'], columns)) {
    const { values, line, file } = row
    const dates = new Set<string>()
    services.set(values['service_id'] ?? '', dates)
    const start = parseDate(values['start_date'] ?? '')
    const end = parseDate(values['end_date'] ?? '')
    if (start === null || end === null) {
      const detail = say('serviceSpan', {
        service: values['service_id'] ?? '',
        start: values['start_date'] ?? '',
        end: values['end_date'] ?? '',
      })
      findings.error(file, 'badDate', say('badServiceDates'), line, detail)
      continue
    }
    if (end < start) {
      findings.error(file, 'endBeforeStart', say('endBeforeStart'), line, say('daySpan', { start, end }))
      continue
    }
    let last = end
    if (daysBetween(start, end) > LONGEST_DAYS) {
      last = addDays(start, LONGEST_DAYS)
      findings.warning(file, 'veryLong', say('veryLongService'), line, say('daySpan', { start, end }))
    }
    let weekday = dayOfWeek(start) - 1
    for (let date = start; date <= last; date = addDays(date, 1)) {
      if (values[DAYS[weekday] ?? ''] === '1') dates.add(date)
      weekday = (weekday + 1) % 7
    }
  }
  const key = ['service_id', 'date']
  for (const row of readSupplemented(files, 'calendar_dates.txt', findings, key, [...key, 'exception_type'])) {
    const { values, line, file } = row
    const date = parseDate(values['date'] ?? '')
    const kind = values['exception_type']
    if (date === null || (kind !== '1' && kind !== '2')) {
      const detail = `${values['service_id']}, ${values['date']}, ${kind}`
      findings.error(file, 'badException', say('badException'), line, detail)
      continue
    }
    const service = values['service_id'] ?? ''
    let dates = services.get(service)
    if (dates === undefined) services.set(service, (dates = new Set()))
    if (kind === '1') dates.add(date)
    else dates.delete(date)
  }
  return services
}
