import type { ReportDelivery, ReportSchedule } from '../../parts/api-types.ts'
import { m } from '../../parts/messages.ts'

export const REPORTS = ['energy', 'load', 'consumption', 'savings', 'indicators', 'sessions'] as const
export const FORMATS = ['xlsx', 'csv', 'json', 'parquet'] as const
export const EVERY = ['day', 'week', 'month'] as const

export const reportWords: Record<ReportSchedule['report'], () => string> = {
  energy: m.energy_report_energy,
  load: m.energy_load,
  consumption: m.energy_consumption,
  savings: m.energy_savings,
  indicators: m.energy_indicators,
  sessions: m.energy_sessions,
}
export const everyWords: Record<ReportSchedule['every'], (inputs: { time: string }) => string> = {
  day: m.energy_every_day,
  week: m.energy_every_week,
  month: m.energy_every_month,
}
export const stateWords: Record<ReportDelivery['state'], () => string> = {
  pending: m.energy_delivery_pending,
  sending: m.energy_delivery_sending,
  delivered: m.energy_delivery_delivered,
  failed: m.energy_delivery_failed,
}

/** By what a report may be divided; the first stands when nothing is chosen. */
export const groupsOf = (report: ReportSchedule['report']): readonly string[] =>
  report === 'energy'
    ? ['site', 'vehicle', 'line', 'type', 'station', 'day']
    : report === 'consumption'
      ? ['vehicle', 'line', 'type', 'temperature']
      : []
export const groupWords: Record<string, () => string> = {
  site: m.energy_by_site,
  vehicle: m.energy_by_vehicle,
  line: m.energy_by_line,
  type: m.energy_by_type,
  station: m.energy_by_charger,
  day: m.energy_day,
  temperature: m.energy_by_temperature,
}

export const targetText = (target: ReportSchedule['target']): string =>
  target.kind === 'http' ? target.url : `${target.endpoint}/${target.bucket}/${target.prefix}`
