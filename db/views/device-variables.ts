import type { Db } from '../database.ts'

export interface DeviceVariableView {
  name: string
  value: string | null
  readonly: boolean | null
  at: Date
}

/** What a station told of its configuration, ordered by name. */
export function deviceVariables(db: Db, stationId: string): Promise<DeviceVariableView[]> {
  return db
    .selectFrom('device_variable')
    .select(['name', 'value', 'readonly', 'at'])
    .where('station_id', '=', stationId)
    .orderBy('name')
    .execute()
}
