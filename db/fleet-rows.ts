import { sql, type RawBuilder } from 'kysely'
import { say, type Sentence } from '../domain/sentences/sentence.ts'
import { json, type Tx } from './database.ts'

interface FleetTable {
  keys: readonly string[]
  columns: readonly string[]
}

/** What a fleet file writes, table by table, in an order in which rows can be put in. Columns that only life writes (charge, plug, connection) are not among them. */
export const FLEET_TABLES = {
  site: {
    keys: ['id'],
    columns: ['name', 'time_zone', 'latitude', 'longitude', 'tariff', 'monthly_temperature_c'],
  },
  limit_node: {
    keys: ['site_id', 'id'],
    columns: ['parent_id', 'label', 'limit_w', 'base_load_w', 'hourly_base_load_w'],
  },
  bay: {
    keys: ['site_id', 'id'],
    columns: ['label', 'row_number', 'column_number', 'station_id', 'evse_id'],
  },
  station: { keys: ['id'], columns: ['site_id', 'node_id', 'label', 'registration'] },
  evse: {
    keys: ['station_id', 'evse_id'],
    columns: ['node_id', 'current_type', 'phases', 'max_power_w', 'min_power_w', 'efficiency'],
  },
  connector: { keys: ['station_id', 'evse_id', 'connector_id'], columns: ['type'] },
  vehicle_type: {
    keys: ['id'],
    columns: [
      'label',
      'battery_capacity_wh',
      'max_power_w',
      'min_soc_percent',
      'max_soc_percent',
      'reserve_soc_percent',
      'taper',
      'consumption',
      'passenger_places',
    ],
  },
  vehicle: { keys: ['id'], columns: ['label', 'site_id', 'type_id', 'bay_id', 'in_service'] },
  // The last two the file does not write, but a token that it deletes is put back with them.
  token: { keys: ['value'], columns: ['type', 'label', 'vehicle_id', 'blocked', 'expires_at'] },
} as const satisfies Record<string, FleetTable>

export type FleetTableName = keyof typeof FLEET_TABLES
export type FleetColumn = (typeof FLEET_TABLES)[FleetTableName]['columns'][number]
export const FLEET_TABLE_NAMES = Object.keys(FLEET_TABLES) as FleetTableName[]

/** Key and columns of one row, as JSON has them. */
export type FleetRow = Record<string, unknown>
/** Rows of each table by what names them. */
export type FleetRows = Record<FleetTableName, Map<string, FleetRow>>

/** What names a row within its table: `CP-1/2`. */
export function rowKey(table: FleetTableName, row: FleetRow): string {
  return FLEET_TABLES[table].keys.map((key) => String(row[key])).join('/')
}

/** `vehicle bus-6`, for people. */
export function rowName(table: FleetTableName, row: FleetRow): Sentence {
  return say(`thing_${table}`, { id: rowKey(table, row) })
}

/** Everything of the fleet that a file can write, as it is now. */
export async function readFleetRows(tx: Tx): Promise<FleetRows> {
  const read = async (table: FleetTableName): Promise<Map<string, FleetRow>> => {
    const { keys, columns } = FLEET_TABLES[table]
    const { rows } = await sql<{ row: FleetRow }>`select to_jsonb(r) as row
      from (select ${names([...keys, ...columns])} from ${sql.table(table)}) r`.execute(tx)
    return new Map(rows.map(({ row }) => [rowKey(table, row), row]))
  }
  return {
    site: await read('site'),
    limit_node: await read('limit_node'),
    bay: await read('bay'),
    station: await read('station'),
    evse: await read('evse'),
    connector: await read('connector'),
    vehicle_type: await read('vehicle_type'),
    vehicle: await read('vehicle'),
    token: await read('token'),
  }
}

export async function insertFleetRows(tx: Tx, table: FleetTableName, rows: readonly FleetRow[]): Promise<void> {
  if (rows.length === 0) return
  const { keys, columns } = FLEET_TABLES[table]
  const all = names([...keys, ...columns])
  await sql`insert into ${sql.table(table)} (${all}) select ${all} from ${given(table, rows)}`.execute(tx)
}

/** Writes all columns of rows that are there. */
export async function updateFleetRows(tx: Tx, table: FleetTableName, rows: readonly FleetRow[]): Promise<void> {
  if (rows.length === 0) return
  const set = FLEET_TABLES[table].columns.map((column) => sql`${sql.ref(column)} = ${sql.ref(`r.${column}`)}`)
  await sql`update ${sql.table(table)} t set ${sql.join(set)} from ${given(table, rows)} where ${sameKey(table)}`.execute(
    tx,
  )
}

/** Deletes rows but those of which `unless` (a condition on the row, `t`) is true. Resolves with how many went, and those that stay. */
export async function deleteFleetRows(
  tx: Tx,
  table: FleetTableName,
  rows: readonly FleetRow[],
  unless: RawBuilder<unknown> = sql`false`,
): Promise<{ deleted: number; stay: FleetRow[] }> {
  if (rows.length === 0) return { deleted: 0, stay: [] }
  const gone = await sql<{ row: FleetRow }>`delete from ${sql.table(table)} t using ${given(table, rows)}
    where ${sameKey(table)} and not (${unless}) returning to_jsonb(t) as row`.execute(tx)
  const deleted = new Set(gone.rows.map(({ row }) => rowKey(table, row)))
  const { rows: left } = await sql<{ row: FleetRow }>`select to_jsonb(t) as row
    from ${sql.table(table)} t, ${given(table, rows)} where ${sameKey(table)}`.execute(tx)
  return { deleted: deleted.size, stay: left.map(({ row }) => row) }
}

function given(table: FleetTableName, rows: readonly FleetRow[]) {
  return sql`jsonb_populate_recordset(null::${sql.table(table)}, ${json(rows)}::jsonb) r`
}

function sameKey(table: FleetTableName) {
  const same = FLEET_TABLES[table].keys.map((key) => sql`${sql.ref(`t.${key}`)} = ${sql.ref(`r.${key}`)}`)
  return sql.join(same, sql` and `)
}

function names(columns: readonly string[]) {
  return sql.join(columns.map((column) => sql.ref(column)))
}
