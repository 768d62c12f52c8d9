import type { PlaceProperties } from '../place.ts'

const LONGEST_TEXT = 500
const MOST_PROPERTIES = 40

export type Loose = Record<string, unknown>

export function isObject(value: unknown): value is Loose {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A number, also where it is written as a string with a decimal comma; null for anything else, the empty string included. */
export function looseNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string' || !/^\s*[+-]?\d+(?:[.,]\d+)?\s*$/.test(value)) return null
  return Number(value.trim().replace(',', '.'))
}

export function looseText(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  if (typeof value !== 'string') return null
  const text = value.trim().slice(0, LONGEST_TEXT)
  return text === '' ? null : text
}

/** The first power in a free text such as `2 x 22 kW, Type 2`, in W. */
export function powerInText(text: string): number | null {
  const kw = /(\d+(?:[.,]\d+)?)\s*(?:kw|квт|кВт)/i.exec(text)?.[1]
  return kw === undefined ? null : Math.round(Number(kw.replace(',', '.')) * 1000)
}

/** Properties that are plain values, as they are, without those that were read otherwise. */
export function plainProperties(properties: Loose, without: ReadonlySet<string>): PlaceProperties {
  const kept: PlaceProperties = {}
  for (const [key, value] of Object.entries(properties).slice(0, 200)) {
    if (without.has(key) || key.length > 60 || Object.keys(kept).length >= MOST_PROPERTIES) continue
    if (typeof value === 'string') kept[key] = value.slice(0, LONGEST_TEXT)
    else if (typeof value === 'boolean' || value === null || (typeof value === 'number' && Number.isFinite(value)))
      kept[key] = value
  }
  return kept
}

/** The middle of a GeoJSON geometry: the point itself, or the middle of the box around a line or an area. null when there is none. */
export function middleOf(geometry: unknown): { latitude: number; longitude: number } | null {
  if (!isObject(geometry)) return null
  const points: [number, number][] = []
  collect(geometry['coordinates'], points, 0)
  if (points.length === 0) return null
  const middle = (values: number[]): number =>
    (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2
  return { longitude: middle(points.map(([x]) => x)), latitude: middle(points.map(([, y]) => y)) }
}

function collect(value: unknown, points: [number, number][], depth: number): void {
  if (!Array.isArray(value) || depth > 4) return
  const [x, y] = [looseNumber(value[0]), looseNumber(value[1])]
  if (x !== null && y !== null) points.push([x, y])
  else for (const inner of value) collect(inner, points, depth + 1)
}
