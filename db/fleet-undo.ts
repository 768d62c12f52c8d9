import { z } from 'zod'
import { FLEET_TABLE_NAMES, FLEET_TABLES, type FleetColumn, type FleetRow, type FleetRows } from './fleet-rows.ts'

const row = z.record(z.string(), z.unknown())
const change = z.object({ table: z.enum(FLEET_TABLE_NAMES), before: row.nullable(), after: row.nullable() })
const fleetUndo = z.object({ version: z.string(), versionBefore: z.string().nullable(), changes: z.array(change) })

/** One row that a fleet file added (`before` is null), took away (`after` is null) or changed. */
export type FleetRowChange = z.output<typeof change>
/** What is kept of a fleet file that was stored, so that it can be taken back. */
export type FleetUndo = z.output<typeof fleetUndo>

/** The rows that differ. */
export function rowChanges(before: FleetRows, after: FleetRows): FleetRowChange[] {
  return FLEET_TABLE_NAMES.flatMap((table) => {
    const keys = new Set([...before[table].keys(), ...after[table].keys()])
    return [...keys].flatMap((key) => {
      const was = before[table].get(key) ?? null
      const is = after[table].get(key) ?? null
      return same(was, is) ? [] : [{ table, before: was, after: is }]
    })
  })
}

/**
 * A row as it should be once a change is taken back: what the file changed is as before, and what somebody has changed since stays and is
 * named in `keptColumns`.
 */
export function takenBack(
  { table, before, after }: { table: FleetRowChange['table']; before: FleetRow; after: FleetRow },
  now: FleetRow,
): { row: FleetRow; keptColumns: FleetColumn[] } {
  const columns: readonly FleetColumn[] = FLEET_TABLES[table].columns
  const changed = columns.filter((column) => !same(before[column], after[column]))
  const kept = changed.filter((column) => !same(now[column], after[column]))
  const back = changed.filter((column) => same(now[column], after[column]))
  return {
    row: { ...now, ...Object.fromEntries(back.map((column) => [column, before[column]])) },
    // What somebody has put back by hand already needs no word.
    keptColumns: kept.filter((column) => !same(now[column], before[column])),
  }
}

export function writeUndo(undo: FleetUndo): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(undo))
}

/** Throws on what `writeUndo` did not write. */
export function readUndo(bytes: Uint8Array): FleetUndo {
  return fleetUndo.parse(JSON.parse(new TextDecoder().decode(bytes)))
}

// The database writes members of an object in one order.
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
