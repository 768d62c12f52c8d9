import pg from 'pg'
import { parseInstant } from './parse-instant.ts'

const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ = 1184

/** How `pg` reads values: 64-bit integers as numbers (ours stay far below 2^53) and dates as `YYYY-MM-DD`. */
export function postgresParser(oid: number, format?: 'text' | 'binary'): unknown {
  if (oid === INT8) return Number
  if (oid === DATE) return (value: string) => value
  const driver: unknown = pg.types.getTypeParser(oid, format as 'text')
  if (oid !== TIMESTAMPTZ || format === 'binary' || typeof driver !== 'function') return driver
  return (value: string): unknown => parseInstant(value) ?? driver(value)
}
