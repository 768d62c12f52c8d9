import type { FleetFile } from '../domain/fleet-file.ts'
import type { ImportedThing } from '../domain/import-job.ts'
import type { Db } from './database.ts'

/** What a fleet file would add and put out of service. */
export interface FleetChange {
  adds: ImportedThing[]
  retires: ImportedThing[]
}

/** Holds a fleet file against what is there; changes nothing. */
export async function fleetChange(db: Db, file: FleetFile): Promise<FleetChange> {
  const known = {
    site: await ids(db.selectFrom('site').select('id').execute()),
    station: await ids(db.selectFrom('station').select('id').where('site_id', 'is not', null).execute()),
    vehicle: await ids(db.selectFrom('vehicle').select('id').where('in_service', '=', true).execute()),
  }
  const given = {
    site: new Set(file.sites.map((site) => site.id)),
    station: new Set(file.sites.flatMap((site) => site.stations.map((station) => station.id))),
    vehicle: new Set(file.vehicles.map((vehicle) => vehicle.id)),
  }
  const kinds = ['site', 'station', 'vehicle'] as const
  return {
    adds: kinds.flatMap((kind) => [...given[kind].difference(known[kind])].map((id) => ({ kind, id }))),
    // A site that the file does not name stays as it is.
    retires: (['station', 'vehicle'] as const).flatMap((kind) =>
      [...known[kind].difference(given[kind])].sort().map((id) => ({ kind, id })),
    ),
  }
}

async function ids(rows: Promise<{ id: string }[]>): Promise<Set<string>> {
  return new Set((await rows).map((row) => row.id))
}
