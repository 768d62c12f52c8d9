import type { Db } from '../database.ts'

export interface MessageView {
  logId: number
  at: Date
  stationId: string
  direction: 'in' | 'out'
  messageType: number | null
  messageId: string | null
  action: string | null
  errorCode: string | null
  frame: string
}

/** The frames exchanged with a station, newest first. */
export function stationMessages(
  db: Db,
  filter: {
    stationId: string
    action?: string | undefined
    direction?: 'in' | 'out' | undefined
    /** Anywhere in the frame, whatever the case. */
    text?: string | undefined
    /** Only CALLERRORs, and frames that are none of OCPP-J. */
    errors?: boolean | undefined
    from?: Date | undefined
    to?: Date | undefined
    before?: number | undefined
    limit: number
  },
): Promise<MessageView[]> {
  let query = db
    .selectFrom('message_log')
    .select([
      'id as logId',
      'at',
      'station_id as stationId',
      'direction',
      'message_type as messageType',
      'message_id as messageId',
      'action',
      'error_code as errorCode',
      'frame',
    ])
    .where('station_id', '=', filter.stationId)
    .orderBy('id', 'desc')
    .limit(filter.limit)
  if (filter.action !== undefined) query = query.where('action', '=', filter.action)
  if (filter.direction !== undefined) query = query.where('direction', '=', filter.direction)
  if (filter.text !== undefined) query = query.where('frame', 'ilike', `%${filter.text.replace(/[\\%_]/g, '\\$&')}%`)
  if (filter.errors === true)
    query = query.where((eb) =>
      eb.or([eb('error_code', 'is not', null), eb('message_type', 'is', null), eb('message_type', '=', 4)]),
    )
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  return query.execute()
}
