import { sql, type RawBuilder } from 'kysely'
import { listed, type Said } from '../domain/sentences/said.ts'
import { say, type Sentence } from '../domain/sentences/sentence.ts'
import type { Tx } from './database.ts'
import { deleteFleetRows, rowKey, rowName, updateFleetRows, type FleetRow, type FleetRows } from './fleet-rows.ts'
import type { FleetTableName } from './fleet-rows.ts'
import type { FleetUndo } from './fleet-undo.ts'
import { usedSites, usedStations, usedVehicles } from './fleet-uses.ts'

interface Removal {
  tx: Tx
  /** Rows that the file added and that are still there, as they are now. */
  added: (table: FleetTableName) => FleetRow[]
  count: number
  kept: Sentence[]
}

/** Removes what a fleet file added, from what nothing refers to on; what is used stays, vehicles and stations out of service. */
export async function removeAdded(
  tx: Tx,
  undo: FleetUndo,
  now: FleetRows,
): Promise<{ count: number; kept: Sentence[] }> {
  const added = (table: FleetTableName): FleetRow[] =>
    undo.changes.flatMap(({ table: of, before, after }) => {
      if (of !== table || before !== null || after === null) return []
      const current = now[table].get(rowKey(table, after))
      return current === undefined ? [] : [current]
    })
  const removal: Removal = { tx, added, count: 0, kept: [] }
  await removeTokens(removal, undo)
  await removeVehicles(removal)
  await removeEvses(removal)
  await removeStations(removal)
  const types = added('vehicle_type')
  await remove(
    removal,
    'vehicle_type',
    types,
    sql`exists (select from vehicle v where v.type_id = t.id)`,
    say('use_vehicles'),
  )
  await removePlaces(removal, now)
  return removal
}

/** Removes rows but those of which `unless` (a condition on the row, `t`) is true; these are told with `why`. Resolves with them. */
async function remove(
  removal: Removal,
  table: FleetTableName,
  rows: readonly FleetRow[],
  unless: RawBuilder<unknown>,
  why: Said | null,
): Promise<FleetRow[]> {
  const { deleted, stay } = await deleteFleetRows(removal.tx, table, rows, unless)
  removal.count += deleted
  if (why !== null) keep(removal, table, stay, why)
  return stay
}

function keep(removal: Removal, table: FleetTableName, rows: readonly FleetRow[], why: Said): void {
  removal.kept.push(...rows.map((row) => say('keptBecause', { thing: rowName(table, row), why })))
}

/** Removes the rows that nothing uses. Resolves with the ids of those that stay. */
async function removeUnused(
  removal: Removal,
  table: 'site' | 'station' | 'vehicle',
  uses: ReadonlyMap<string, Sentence[]>,
): Promise<string[]> {
  const rows = removal.added(table)
  const used = rows.filter((row) => uses.has(idOf(row)))
  for (const row of used) keep(removal, table, [row], listed(uses.get(idOf(row)) ?? []))
  await deleteOnly(removal, table, new Set(rows).difference(new Set(used)))
  return used.map(idOf)
}

async function deleteOnly(removal: Removal, table: FleetTableName, rows: Iterable<FleetRow>): Promise<void> {
  await remove(removal, table, [...rows], sql`false`, null)
}

async function removeTokens(removal: Removal, undo: FleetUndo): Promise<void> {
  const givenTo = new Map(
    undo.changes.flatMap(({ table, after }) =>
      table === 'token' && after !== null ? [[rowKey('token', after), after['vehicle_id']] as const] : [],
    ),
  )
  const tokens = Map.groupBy(removal.added('token'), (row) => givenTo.get(rowKey('token', row)) === row['vehicle_id'])
  keep(removal, 'token', tokens.get(false) ?? [], say('use_otherVehicle'))
  await deleteOnly(removal, 'token', tokens.get(true) ?? [])
}

async function removeVehicles(removal: Removal): Promise<void> {
  const { tx } = removal
  const ids = removal.added('vehicle').map(idOf)
  const uses = await usedVehicles(tx, ids)
  const unused = ids.filter((id) => !uses.has(id))
  await sql`delete from block_assignment where source = 'automatic' and vehicle_id = any(${unused}::text[])`.execute(tx)
  const retired = await removeUnused(removal, 'vehicle', uses)
  await sql`update vehicle set in_service = false, bay_id = null where id = any(${retired}::text[])`.execute(tx)
}

/** EVSEs and connectors of stations that were there before. A station that has told of one would tell of it again. */
async function removeEvses(removal: Removal): Promise<void> {
  const { tx, added } = removal
  const newStations = new Set(added('station').map(idOf))
  const ofOldStation = (row: FleetRow): boolean => !newStations.has(String(row['station_id']))
  const connectors = added('connector').filter(ofOldStation)
  const told = await remove(removal, 'connector', connectors, sql`t.status_at is not null`, null)
  await updateFleetRows(
    tx,
    'connector',
    told.map((row) => ({ ...row, type: null })),
  )
  const evses = await remove(
    removal,
    'evse',
    added('evse').filter(ofOldStation),
    sql`exists (select from connector c where c.station_id = t.station_id and c.evse_id = t.evse_id and c.status_at is not null)
      or exists (select from charging_session s where s.station_id = t.station_id and s.evse_id = t.evse_id)
      or exists (select from meter_sample m where m.station_id = t.station_id and m.evse_id = t.evse_id)`,
    say('use_told'),
  )
  // No power is planned on it, as with one that a file has dropped.
  await updateFleetRows(
    tx,
    'evse',
    evses.map((row) => ({ ...row, max_power_w: 0, node_id: null })),
  )
}

async function removeStations(removal: Removal): Promise<void> {
  const { tx } = removal
  const uses = await usedStations(tx, removal.added('station').map(idOf))
  const retired = await removeUnused(removal, 'station', uses)
  await sql`update station set site_id = null, node_id = null where id = any(${retired}::text[])`.execute(tx)
}

/** Sites that nothing refers to, with all that was worked out for them; and limits and bays of sites that were there before. */
async function removePlaces(removal: Removal, now: FleetRows): Promise<void> {
  const { tx, added } = removal
  const newSites = added('site').map(idOf)
  const uses = await usedSites(tx, newSites)
  const going = new Set(newSites.filter((id) => !uses.has(id)))
  for (const table of ['plan', 'planned_departure', 'planned_quarter', 'replan_request', 'monthly_peak'])
    await sql`delete from ${sql.table(table)} where site_id = any(${[...going]}::text[])`.execute(tx)
  for (const table of ['bay', 'limit_node'] as const)
    await deleteOnly(
      removal,
      table,
      now[table].values().filter((row) => going.has(siteOf(row))),
    )
  await removeUnused(removal, 'site', uses)

  const ofOldSite = (row: FleetRow): boolean => !newSites.includes(siteOf(row))
  await remove(
    removal,
    'bay',
    added('bay').filter(ofOldSite),
    sql`exists (select from vehicle v where v.in_service and v.site_id = t.site_id and v.bay_id = t.id)`,
    say('use_stands'),
  )
  await removeNodes(removal, added('limit_node').filter(ofOldSite))
}

/** Children first: a limit goes when nothing hangs on it any longer. */
async function removeNodes(removal: Removal, rows: FleetRow[]): Promise<void> {
  const stay = await remove(
    removal,
    'limit_node',
    rows,
    sql`exists (select from limit_node c where c.site_id = t.site_id and c.parent_id = t.id)
      or exists (select from station s where s.site_id = t.site_id and s.node_id = t.id)
      or exists (select from evse e join station s on s.id = e.station_id where s.site_id = t.site_id and e.node_id = t.id)`,
    null,
  )
  if (stay.length < rows.length) await removeNodes(removal, stay)
  else keep(removal, 'limit_node', stay, say('use_hangs'))
}

function idOf(row: FleetRow): string {
  return String(row['id'])
}

function siteOf(row: FleetRow): string {
  return String(row['site_id'])
}
