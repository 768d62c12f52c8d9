import type { Format } from '../parts/format.ts'

/** `now` against `before` in percent, with its sign; null: one of them is not known. */
export function difference(
  now: number | null | undefined,
  before: number | null | undefined,
  format: Format,
): string | null {
  if (now === null || now === undefined || before === null || before === undefined || before === 0) return null
  const percent = ((now - before) / Math.abs(before)) * 100
  const sign = percent >= 0.05 ? '+' : percent <= -0.05 ? '−' : '±'
  return `${sign}${format.oneDecimal(Math.abs(percent))} %`
}
