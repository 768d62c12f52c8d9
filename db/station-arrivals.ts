import { sql } from 'kysely'
import type { OcppProtocol, Registration } from '../domain/status.ts'
import type { Db, Tx } from './database.ts'
import { stateLost } from './desired-state.ts'
import { appendEvents } from './events.ts'
import { grouped } from './grouped.ts'
import { requestReplan } from './replan-requests.ts'
import { KNOWN, type KnownStation } from './stations.ts'

/**
 * Stations that come and go. Those that come in the same moment share their transactions, so that a thousand of them, back after a power cut, cost
 * little more than one.
 */
export interface StationArrivals {
  find(stationId: string): Promise<KnownStation | undefined>
  /**
   * Notes that a station is connected through this connection, which takes the place of any other. Resolves with what is known of the station;
   * undefined when nobody has entered it.
   */
  connected(connection: StationConnection): Promise<KnownStation | undefined>
  /**
   * Notes what a station told of itself at start and resolves with whether it is accepted. A station that has restarted has forgotten its
   * charging profiles and settings, so all that is wanted of it will be sent again.
   */
  booted(boot: StationBoot): Promise<Registration>
  /** Notes that a connection has ended. When another has taken its place meanwhile, nothing changes. */
  disconnected(end: StationDisconnection): Promise<void>
}

export interface StationConnection {
  stationId: string
  connectionId: string
  protocol: OcppProtocol
  at: Date
  /** Enter the station as accepted when nobody has. */
  enterUnknown: boolean
}

export interface StationDisconnection {
  stationId: string
  connectionId: string
  at: Date
}

export interface StationBoot {
  stationId: string
  connectionId: string
  protocol: OcppProtocol
  vendor: string
  model: string
  serialNumber: string | null
  firmwareVersion: string | null
  reason: string | null
  at: Date
  /** It has not restarted but tells who it is because we asked. */
  onlyAsked: boolean
  /** Enter the station with this registration when nobody has. */
  registerAs: Registration
}

export function createStationArrivals(db: Db): StationArrivals {
  return {
    find: grouped(String, (ids) => findStations(db, ids)),
    connected: grouped(
      (one) => one.stationId,
      (connections) => db.transaction().execute((tx) => noteConnected(tx, connections)),
    ),
    booted: grouped(
      (one) => one.stationId,
      (boots) => db.transaction().execute((tx) => noteBooted(tx, boots)),
    ),
    disconnected: grouped(
      (one) => one.connectionId,
      (ends) => db.transaction().execute((tx) => noteDisconnected(tx, ends)),
    ),
  }
}

async function findStations(db: Db, ids: readonly string[]): Promise<(KnownStation | undefined)[]> {
  const rows = await db
    .selectFrom('station')
    .select(['id', ...KNOWN])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .execute()
  const byId = new Map(rows.map(({ id, ...known }) => [id, known]))
  return ids.map((id) => byId.get(id))
}

async function noteConnected(tx: Tx, connections: readonly StationConnection[]): Promise<(KnownStation | undefined)[]> {
  const ids = connections.map((one) => one.stationId)
  let before = await lockStations(tx, ids)
  const entering = connections.filter((one) => one.enterUnknown && !before.has(one.stationId))
  if (entering.length > 0) {
    await enterStations(
      tx,
      entering.map((one) => ({ stationId: one.stationId, registration: 'accepted', at: one.at })),
    )
    before = await lockStations(tx, ids)
  }
  const changed = connections.filter((one) => {
    const station = before.get(one.stationId)
    return station !== undefined && !(station.connected && station.connection_id === one.connectionId)
  })
  await sql`update station s set connected = true, connection_id = v.connection_id, connected_at = v.at, protocol = v.protocol
    from unnest(
      ${changed.map((one) => one.stationId)}::text[], ${changed.map((one) => one.connectionId)}::text[],
      ${changed.map((one) => one.at.toISOString())}::timestamptz[], ${changed.map((one) => one.protocol)}::text[])
      as v(id, connection_id, at, protocol)
    where s.id = v.id`.execute(tx)
  const back = changed.flatMap(({ stationId, protocol, at }) => {
    const station = before.get(stationId)
    if (station === undefined || station.connected) return []
    return [{ type: 'stationConnected' as const, at, siteId: station.site_id, stationId, details: { protocol } }]
  })
  await appendEvents(tx, back)
  await replanSites(tx, back, 'stationsBack')
  return ids.map((id) => before.get(id))
}

async function noteDisconnected(tx: Tx, ends: readonly StationDisconnection[]): Promise<void[]> {
  const { rows } = await sql<{ id: string; site_id: string | null; at: Date }>`
    with ended as (
      select s.id, v.at from station s
      join unnest(
        ${ends.map((one) => one.stationId)}::text[], ${ends.map((one) => one.connectionId)}::text[],
        ${ends.map((one) => one.at.toISOString())}::timestamptz[]) as v(id, connection_id, at)
      on s.id = v.id and s.connection_id = v.connection_id
      order by s.id for update of s)
    update station s set connected = false, connection_id = null, disconnected_at = ended.at
    from ended where s.id = ended.id returning s.id, s.site_id, ended.at`.execute(tx)
  const gone = rows.map(({ id, site_id, at }) => ({
    type: 'stationDisconnected' as const,
    at,
    siteId: site_id,
    stationId: id,
  }))
  await appendEvents(tx, gone)
  await replanSites(tx, gone, 'stationsGone')
  return ends.map(() => undefined)
}

async function noteBooted(tx: Tx, boots: readonly StationBoot[]): Promise<Registration[]> {
  await lockStations(
    tx,
    boots.map((one) => one.stationId),
  )
  const stored = await storeBoots(tx, boots, false)
  const entering = boots.filter((one) => !stored.has(one.stationId))
  if (entering.length > 0) {
    await enterStations(
      tx,
      entering.map((one) => ({ stationId: one.stationId, registration: one.registerAs, at: one.at })),
    )
    for (const [id, station] of await storeBoots(tx, entering, true)) stored.set(id, station)
  }
  const noted = boots.map((boot) => {
    const station = stored.get(boot.stationId)
    if (station === undefined) throw new Error(`station ${boot.stationId} was taken away while it started`)
    return { boot, ...station }
  })
  const forgetful = noted.filter(({ boot, registration }) => registration === 'accepted' && !boot.onlyAsked)
  if (forgetful.length > 0) await stateLost(tx, ...forgetful.map(({ boot }) => boot.stationId))
  const events = noted.map(({ boot, registration, siteId }) => ({
    type: 'stationBooted' as const,
    at: boot.at,
    siteId,
    stationId: boot.stationId,
    details: { registration, reason: boot.reason, firmwareVersion: boot.firmwareVersion },
  }))
  await appendEvents(tx, events)
  const restarted = noted.flatMap(({ boot, siteId }) =>
    boot.onlyAsked ? [] : [{ siteId, stationId: boot.stationId, at: boot.at }],
  )
  await replanSites(tx, restarted, 'stationsStarted')
  return noted.map((one) => one.registration)
}

async function storeBoots(
  tx: Tx,
  boots: readonly StationBoot[],
  entered: boolean,
): Promise<Map<string, { registration: Registration; siteId: string | null }>> {
  const { rows } = await sql<{ id: string; registration: Registration; site_id: string | null }>`
    update station s set vendor = v.vendor, model = v.model, serial_number = v.serial, firmware_version = v.firmware, boot_reason = v.reason,
      protocol = v.protocol, last_boot_at = v.at, last_message_at = v.at, first_seen_at = coalesce(s.first_seen_at, v.at),
      connected = s.connected or ${entered}::boolean,
      connection_id = case when ${entered}::boolean then v.connection_id else s.connection_id end,
      connected_at = case when ${entered}::boolean then v.at else s.connected_at end
    from unnest(
      ${boots.map((one) => one.stationId)}::text[], ${boots.map((one) => one.connectionId)}::text[],
      ${boots.map((one) => one.vendor)}::text[], ${boots.map((one) => one.model)}::text[],
      ${boots.map((one) => one.serialNumber)}::text[], ${boots.map((one) => one.firmwareVersion)}::text[],
      ${boots.map((one) => one.reason)}::text[], ${boots.map((one) => one.protocol)}::text[],
      ${boots.map((one) => one.at.toISOString())}::timestamptz[])
      as v(id, connection_id, vendor, model, serial, firmware, reason, protocol, at)
    where s.id = v.id returning s.id, s.registration, s.site_id`.execute(tx)
  return new Map(rows.map((row) => [row.id, { registration: row.registration, siteId: row.site_id }]))
}

/** In the order of their ids, as everyone who locks several does. */
async function lockStations(tx: Tx, ids: readonly string[]) {
  const rows = await tx
    .selectFrom('station')
    .select([...KNOWN, 'id', 'connected', 'connection_id', 'site_id'])
    .where(sql<boolean>`id = any(${ids}::text[])`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Where there is one site only, a station that enters itself belongs to it. */
async function enterStations(
  tx: Tx,
  stations: readonly { stationId: string; registration: Registration; at: Date }[],
): Promise<void> {
  await sql`
    with only_site as (select min(id) as id from site having count(*) = 1)
    insert into station (id, registration, first_seen_at, site_id, node_id)
    select v.id, v.registration, v.at, (select id from only_site),
      (select n.id from limit_node n join only_site s on s.id = n.site_id where n.parent_id is null)
    from unnest(
      ${stations.map((one) => one.stationId)}::text[], ${stations.map((one) => one.registration)}::text[],
      ${stations.map((one) => one.at.toISOString())}::timestamptz[]) as v(id, registration, at)
    order by v.id
    on conflict (id) do nothing`.execute(tx)
}

/** One request for a site, in the order of their ids, however many of its stations came or went. */
async function replanSites(
  tx: Tx,
  stations: readonly { siteId: string | null; stationId: string; at: Date }[],
  kind: 'stationsBack' | 'stationsGone' | 'stationsStarted',
): Promise<void> {
  const bySite = Map.groupBy(stations, (one) => one.siteId ?? '')
  for (const [siteId, [first, ...others]] of [...bySite].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (siteId === '' || first === undefined) continue
    await requestReplan(tx, siteId, { kind, stationId: first.stationId, count: others.length + 1 }, first.at)
  }
}
