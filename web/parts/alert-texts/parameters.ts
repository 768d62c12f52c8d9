import type { Alert } from '../api-types.ts'
import type { Format } from '../format.ts'
import { language, type Language } from '../language.ts'
import { m } from '../messages.ts'
import type { Names } from '../names.ts'

/** An alert in the reader's language. */
export interface AlertText {
  sentence: string
  cause: string
  remedy: string
}

/** What it takes to write an alert: names, figures as the reader writes them, and `now` (epoch ms), seen from which times are told. */
export interface AlertTools {
  names: Names
  format: Format
  now: number
}

/** An alert's figures, each null when the server has not given it. */
export interface Parameters extends AlertTools {
  alert: Alert
  text(name: string): string | null
  /** What the server said in every language, or another system in its own. */
  said(name: string): string | null
  number(name: string): number | null
  flag(name: string): boolean
  texts(name: string): string[]
  numbers(name: string): number[]
  /** An instant as people at the site say it. */
  time(name: string): string | null
  kw(watts: number): string
  minutes(minutes: number): string
  /** Figures within a figure, as what comes next for a vehicle. */
  inner(name: string): Parameters | null
}

export function parametersOf(alert: Alert, tools: AlertTools, values: Record<string, unknown>): Parameters {
  const { format, now } = tools
  const text = (name: string): string | null => {
    const value = values[name]
    return typeof value === 'string' && value !== '' ? value : null
  }
  return {
    ...tools,
    alert,
    text,
    said: (name) => text(name) ?? wordOf(values[name]),
    number: (name) => {
      const value = values[name]
      return typeof value === 'number' ? value : null
    },
    flag: (name) => values[name] === true,
    texts: (name) => listOf(values[name]).filter((one) => typeof one === 'string'),
    numbers: (name) => listOf(values[name]).filter((one) => typeof one === 'number'),
    time: (name) => {
      const at = text(name)
      return at === null ? null : format.timeFrom(Date.parse(at), now)
    },
    kw: (watts) => m.unit_kw({ value: format.kw(watts) }),
    minutes: (minutes) => format.duration(minutes * 60_000),
    inner: (name) => {
      const value = values[name]
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? parametersOf(alert, tools, value as Record<string, unknown>)
        : null
    },
  }
}

const wordOf = (value: unknown): string | null =>
  typeof value === 'object' && value !== null ? ((value as Partial<Record<Language, string>>)[language] ?? null) : null

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** The vehicle that an alert is about, by name; null: about none. */
export const vehicleOf = ({ alert, names }: Parameters): string | null =>
  alert.vehicleId === null ? null : names.vehicle(alert.vehicleId)

/** The outlet that an alert is about, by name; null: about none. */
export function outletOf(of: Parameters): string | null {
  const stationId = of.text('stationId') ?? of.alert.stationId
  const evseId = of.number('evseId')
  return stationId === null || evseId === null ? null : of.names.outlet(stationId, evseId)
}
