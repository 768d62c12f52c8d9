import { listed } from '../domain/sentences/said.ts'
import { say, type Sentence } from '../domain/sentences/sentence.ts'
import type { Db, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import {
  FLEET_TABLE_NAMES,
  insertFleetRows,
  readFleetRows,
  rowKey,
  rowName,
  updateFleetRows,
  type FleetRow,
  type FleetRows,
} from './fleet-rows.ts'
import { takenBack, type FleetUndo } from './fleet-undo.ts'
import { fleetVersion, putFleetVersion } from './fleet-version.ts'
import { removeAdded } from './remove-added-fleet.ts'
import { requestReplan } from './replan-requests.ts'

export interface TakenBackFleet {
  changed: number
  putBack: number
  removed: number
  /** What is not as it was before the file, and why: `vehicle bus-7: sessions`. */
  kept: Sentence[]
}

/**
 * Takes back the fleet file that was stored last: what it changed is as before, what it deleted is put back, and what it added is removed.
 * What has been changed since stays as it is. A vehicle or station that has been used since is taken out of service instead of removed, and a site
 * that is used stays. Resolves with null, and changes nothing, when another file was stored since or this one was taken back already.
 */
export function takeBackFleet(db: Db, undo: FleetUndo, at: Date): Promise<TakenBackFleet | null> {
  return db.transaction().execute(async (tx) => {
    if ((await fleetVersion(tx)) !== undo.version) return null
    const now = await readFleetRows(tx)
    const back = await putBackDeleted(tx, undo, now)
    const changes = await undoChanges(tx, undo, now)
    const removal = await removeAdded(tx, undo, now)
    await putFleetVersion(tx, undo.versionBefore)
    // Of sites that are gone too: whoever looks at them is told.
    for (const id of now.site.keys()) await appendEvent(tx, { type: 'fleetImported', at, siteId: id })
    for (const { id } of await tx.selectFrom('site').select('id').execute())
      await requestReplan(tx, id, { kind: 'fleetTakenBack' }, at)
    return {
      putBack: back.count,
      changed: changes.count,
      removed: removal.count,
      kept: [...back.kept, ...changes.kept, ...removal.kept],
    }
  })
}

interface Step {
  count: number
  kept: Sentence[]
}

async function putBackDeleted(tx: Tx, undo: FleetUndo, now: FleetRows): Promise<Step> {
  const step: Step = { count: 0, kept: [] }
  for (const table of FLEET_TABLE_NAMES) {
    const missing: FleetRow[] = []
    for (const { table: of, before, after } of undo.changes) {
      if (of !== table || before === null || after !== null) continue
      if (now[table].has(rowKey(table, before)))
        step.kept.push(say('keptBecause', { thing: rowName(table, before), why: say('enteredAgain') }))
      else missing.push(before)
    }
    await insertFleetRows(tx, table, missing)
    step.count += missing.length
  }
  return step
}

async function undoChanges(tx: Tx, undo: FleetUndo, now: FleetRows): Promise<Step> {
  const step: Step = { count: 0, kept: [] }
  for (const table of FLEET_TABLE_NAMES) {
    const rows: FleetRow[] = []
    for (const { table: of, before, after } of undo.changes) {
      if (of !== table || before === null || after === null) continue
      const current = now[table].get(rowKey(table, after))
      if (current === undefined) {
        step.kept.push(say('keptBecause', { thing: rowName(table, after), why: say('removedSince') }))
        continue
      }
      const { row, keptColumns } = takenBack({ table, before, after }, current)
      if (keptColumns.length > 0) {
        const columns = listed(keptColumns.map((column) => say(`column_${column}`)))
        const why = say('changedSince', { columns })
        step.kept.push(say('keptBecause', { thing: rowName(table, after), why }))
      }
      rows.push(row)
    }
    await updateFleetRows(tx, table, rows)
    step.count += rows.length
  }
  return step
}
