import type { Db } from '../../db/database.ts'
import { storeFleet, type StoredFleet } from '../../db/fleet.ts'
import { fleetFile, type FleetFile } from '../../domain/fleet-file.ts'
import { counted, ImportRefused, issueLine, parseJson } from './import-refused.ts'

/** A fleet file's text as it is understood. Throws ImportRefused with every problem and its place in the file. */
export function readFleetText(name: string, text: string): FleetFile {
  const parsed = fleetFile.safeParse(parseJson(text, name))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issueLine(issue)}`)
  throw new ImportRefused([`${name} is no fleet file that could be used:`, ...problems].join('\n'))
}

/** Stores a fleet file. Resolves with what to tell; throws ImportRefused when nothing was stored. */
export async function importFleetText(db: Db, file: { name: string; text: string; at: Date }): Promise<string[]> {
  return fleetLines(await storeFleet(db, readFleetText(file.name, file.text), file.at))
}

function fleetLines(stored: StoredFleet): string[] {
  const retired = [...stored.retiredVehicles, ...stored.retiredStations]
  return [
    `${counted(stored.sites, 'site')}, ${counted(stored.stations, 'station')} with ${counted(stored.evses, 'EVSE')}, ` +
      `${counted(stored.vehicles, 'vehicle')}, ${counted(stored.tokens, 'token')}.`,
    ...(retired.length > 0 ? [`No longer in the file, so out of service: ${retired.join(', ')}.`] : []),
  ]
}
