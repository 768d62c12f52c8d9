import { wrongField } from './errors.ts'
import { say } from '../domain/sentences/sentence.ts'

const LATEST_INSTANT = 8_640_000_000_000_000

export type CursorPart = string | number

/** An opaque cursor for the row after which the next page begins. */
export function encodeCursor(parts: readonly CursorPart[]): string {
  const bytes = new TextEncoder().encode(JSON.stringify(parts))
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

/** `instant`: a number of milliseconds since 1970 that a Date can hold. */
type CursorKind = 'string' | 'number' | 'instant'

/** The parts of a cursor with the kinds that the list expects; a cursor that is not one of ours ends the request with 400. */
export function decodeCursor(cursor: string, kinds: readonly CursorKind[]): CursorPart[] {
  const parts = parse(cursor)
  const fits =
    Array.isArray(parts) && parts.length === kinds.length && parts.every((part, i) => isOfKind(part, kinds[i]))
  if (!fits) {
    throw wrongField('query.cursor', say('wrongCursor'))
  }
  return parts as CursorPart[]
}

export function stringCursor(cursor: string | undefined): string | undefined {
  return cursor === undefined ? undefined : String(decodeCursor(cursor, ['string'])[0])
}

export function numberCursor(cursor: string | undefined): number | undefined {
  return cursor === undefined ? undefined : Number(decodeCursor(cursor, ['number'])[0])
}

/** A page from rows of which one more than `limit` was asked for. */
export function page<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => readonly CursorPart[],
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null }
}

function isOfKind(part: unknown, kind: CursorKind | undefined): boolean {
  if (kind === 'instant') return typeof part === 'number' && Math.abs(part) <= LATEST_INSTANT
  return typeof part === kind
}

function parse(cursor: string): unknown {
  try {
    const text = atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (c) => c.codePointAt(0) ?? 0)))
  } catch {
    return null
  }
}
