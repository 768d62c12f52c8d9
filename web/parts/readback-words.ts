import type { Format } from './format.ts'
import { m } from './messages.ts'

/** Where a charger says that it would charge more than it was told, as the server writes it ("differs: 50 kW instead of 20 kW at …"); null: it says no such thing. */
export function readDifference(readback: string, format: Format, now: number): string | null {
  const [, read, wanted, at] = /^(?:differs: )?([\d.]+) kW instead of ([\d.]+) kW at (\S+)$/.exec(readback) ?? []
  if (read === undefined || wanted === undefined || at === undefined) return null
  const kw = (text: string): string => m.unit_kw({ value: format.kw(Number(text) * 1000) })
  return m.readback_differs({ read: kw(read), wanted: kw(wanted), time: format.timeFrom(Date.parse(at), now) })
}
