import type { Db, Tx } from '../../db/database.ts'
import { readUndo, writeUndo, type FleetUndo } from '../../db/fleet-undo.ts'
import { storeFleet, type StoredFleet } from '../../db/fleet.ts'
import { takeBackFleet } from '../../db/take-back-fleet.ts'
import { fleetFile, type FleetFile } from '../../domain/fleet-file.ts'
import { issueAt } from '../../domain/sentences/issue-sentence.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { counted } from './counted.ts'
import { ImportRefused, parseJson } from './import-refused.ts'

/** A fleet file's text as it is understood. Throws ImportRefused with every problem and its place in the file. */
export function readFleetText(name: string, text: string): FleetFile {
  const given = parseJson(text, name)
  const parsed = fleetFile.safeParse(given)
  if (parsed.success) return parsed.data
  throw new ImportRefused(
    say('noFleetFile', { file: name }),
    parsed.error.issues.map((issue) => issueAt(issue, given)),
  )
}

/** Stores a fleet file; `keep` is handed what it takes to take it back. Resolves with what to tell; throws ImportRefused when nothing was stored. */
export async function importFleetText(
  db: Db,
  file: { name: string; text: string; at: Date },
  keep?: (tx: Tx, undo: Uint8Array) => Promise<void>,
): Promise<Sentence[]> {
  const fleet = readFleetText(file.name, file.text)
  const keepUndo = keep === undefined ? undefined : (tx: Tx, undo: FleetUndo) => keep(tx, writeUndo(undo))
  return fleetLines(await storeFleet(db, fleet, file.at, keepUndo))
}

/** Takes back a fleet file by what was kept of it. Resolves with what to tell; throws ImportRefused when nothing was changed. */
export async function takeBackFleetFile(db: Db, undo: Uint8Array, at: Date): Promise<Sentence[]> {
  const back = await takeBackFleet(db, readUndo(undo), at)
  if (back === null) throw new ImportRefused(say('notTheLastFleetFile'))
  const { changed, putBack, removed, kept } = back
  return [say('takenBack', { changed, putBack, removed }), ...(kept.length > 0 ? [say('notAsBefore'), ...kept] : [])]
}

function fleetLines(stored: StoredFleet): Sentence[] {
  const retired = [...stored.retiredVehicles, ...stored.retiredStations]
  return [
    say('fleetStored', {
      sites: counted(stored.sites, 'site'),
      stations: counted(stored.stations, 'station'),
      evses: counted(stored.evses, 'evse'),
      vehicles: counted(stored.vehicles, 'vehicle'),
      tokens: counted(stored.tokens, 'token'),
    }),
    ...(retired.length > 0 ? [say('outOfService', { ids: retired.join(', ') })] : []),
  ]
}
