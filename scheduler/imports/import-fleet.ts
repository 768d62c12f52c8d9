import type { Db, Tx } from '../../db/database.ts'
import { readUndo, writeUndo, type FleetUndo } from '../../db/fleet-undo.ts'
import { storeFleet, type StoredFleet } from '../../db/fleet.ts'
import { takeBackFleet } from '../../db/take-back-fleet.ts'
import { NOT_THE_LAST_FLEET_FILE } from '../../domain/import-job.ts'
import { fleetFile, type FleetFile } from '../../domain/fleet-file.ts'
import { counted, ImportRefused, issueLine, parseJson } from './import-refused.ts'

/** A fleet file's text as it is understood. Throws ImportRefused with every problem and its place in the file. */
export function readFleetText(name: string, text: string): FleetFile {
  const parsed = fleetFile.safeParse(parseJson(text, name))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issueLine(issue)}`)
  throw new ImportRefused([`${name} is no fleet file that could be used:`, ...problems].join('\n'))
}

/** Stores a fleet file; `keep` is handed what it takes to take it back. Resolves with what to tell; throws ImportRefused when nothing was stored. */
export async function importFleetText(
  db: Db,
  file: { name: string; text: string; at: Date },
  keep?: (tx: Tx, undo: Uint8Array) => Promise<void>,
): Promise<string[]> {
  const fleet = readFleetText(file.name, file.text)
  const keepUndo = keep === undefined ? undefined : (tx: Tx, undo: FleetUndo) => keep(tx, writeUndo(undo))
  return fleetLines(await storeFleet(db, fleet, file.at, keepUndo))
}

/** Takes back a fleet file by what was kept of it. Resolves with what to tell; throws ImportRefused when nothing was changed. */
export async function takeBackFleetFile(db: Db, undo: Uint8Array, at: Date): Promise<string[]> {
  const back = await takeBackFleet(db, readUndo(undo), at)
  if (back === null) throw new ImportRefused(NOT_THE_LAST_FLEET_FILE)
  const { changed, putBack, removed, kept } = back
  return [
    `${changed} as before, ${putBack} put back, ${removed} removed.`,
    ...(kept.length > 0 ? ['Not as before, because it was used or changed since:', ...kept] : []),
  ]
}

function fleetLines(stored: StoredFleet): string[] {
  const retired = [...stored.retiredVehicles, ...stored.retiredStations]
  return [
    `${counted(stored.sites, 'site')}, ${counted(stored.stations, 'station')} with ${counted(stored.evses, 'EVSE')}, ` +
      `${counted(stored.vehicles, 'vehicle')}, ${counted(stored.tokens, 'token')}.`,
    ...(retired.length > 0 ? [`No longer in the file, so out of service: ${retired.join(', ')}.`] : []),
  ]
}
