import type { PriceSlot } from '../../domain/ports.ts'

export interface PriceFile {
  /** Ascending, without overlap. */
  slots: PriceSlot[]
  /** Lines that could not be used, with why; when there are any, nothing should be stored. */
  problems: { line: number; message: string }[]
}

const SHORTEST_MS = 60_000
const LONGEST_MS = 24 * 3_600_000

/**
 * Reads prices from CSV: a header `start,eurPerKwh` (or `eurPerMwh`), then one line a slot. `start` is ISO 8601 with `Z` or an offset: a local time alone means two instants
 * when the clocks go back. Semicolons with decimal commas are understood too. A slot lasts until the next begins, but not longer than the usual step of the
 * file, so that a hole stays a hole; the last one lasts as long as the usual step. Prices may be negative.
 */
export function parsePriceCsv(text: string): PriceFile {
  const problems: PriceFile['problems'] = []
  const lines = text.replace(/^\u{FEFF}/u, '').split(/\r\n|\n|\r/)
  const separator = (lines[0] ?? '').includes(';') ? ';' : ','
  const header = (lines[0] ?? '').split(separator).map((name) => unquoted(name).toLowerCase())
  const startColumn = header.indexOf('start')
  const perKwh = header.indexOf('eurperkwh')
  const perMwh = header.indexOf('eurpermwh')
  const priceColumn = perKwh >= 0 ? perKwh : perMwh
  if (startColumn < 0 || priceColumn < 0) {
    return {
      slots: [],
      problems: [{ line: 1, message: 'the header must name the columns start and eurPerKwh (or eurPerMwh)' }],
    }
  }
  const microEurPerUnit = perKwh >= 0 ? 1_000_000 : 1000
  const rows: { startMs: number; price: number; line: number }[] = []
  for (const [index, content] of lines.entries()) {
    const line = index + 1
    if (index === 0 || content.trim() === '') continue
    const fields = content.split(separator).map(unquoted)
    const start = fields[startColumn] ?? ''
    const priceText = fields[priceColumn] ?? ''
    const startMs = instantOf(start)
    const price = Number(separator === ';' ? priceText.replace(',', '.') : priceText)
    if (startMs === null) {
      const message = `start "${start}" is no instant; write 2026-11-23T00:00:00Z or 2026-11-23T02:00+02:00`
      problems.push({ line, message })
    } else if (priceText === '' || !Number.isFinite(price) || Math.abs(price * microEurPerUnit) > 10_000_000) {
      problems.push({ line, message: `the price "${priceText}" is no number of euros that could be meant` })
    } else rows.push({ startMs, price: Math.round(price * microEurPerUnit), line })
  }
  rows.sort((a, b) => a.startMs - b.startMs)
  for (const [i, row] of rows.entries()) {
    const before = rows[i - 1]
    if (before !== undefined && before.startMs === row.startMs) {
      problems.push({ line: row.line, message: `the same start as in line ${before.line}` })
    }
  }
  if (rows.length === 0 && problems.length === 0) problems.push({ line: 1, message: 'there is no price in the file' })
  if (problems.length > 0) return { slots: [], problems: problems.sort((a, b) => a.line - b.line) }
  const stepMs = usualStep(rows.map((row) => row.startMs))
  const slots = rows.map((row, i) => {
    const nextMs = rows[i + 1]?.startMs ?? Number.POSITIVE_INFINITY
    return {
      startAt: new Date(row.startMs),
      endAt: new Date(Math.min(nextMs, row.startMs + stepMs)),
      priceMicroEurPerKwh: row.price,
    }
  })
  return { slots, problems }
}

/** The step that most slots have; an hour when there is only one slot. */
function usualStep(starts: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const [i, start] of starts.entries()) {
    const step = start - (starts[i - 1] ?? Number.NaN)
    if (step >= SHORTEST_MS && step <= LONGEST_MS) counts.set(step, (counts.get(step) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? 3_600_000
}

function instantOf(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null
  const at = Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))
  return Number.isNaN(at) ? null : at
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  return trimmed.length > 1 && trimmed.startsWith('"') && trimmed.endsWith('"') ? trimmed.slice(1, -1).trim() : trimmed
}
