import type { JsonObject } from '../domain/command.ts'
import type { EventType } from '../domain/event.ts'
import { json, type Db } from './database.ts'

export interface DomainEvent {
  type: EventType
  at: Date
  siteId?: string | null
  stationId?: string | null
  vehicleId?: string | null
  details?: JsonObject
}

/** Writes down that something happened, in the caller's transaction. */
export async function appendEvent(db: Db, event: DomainEvent): Promise<void> {
  await appendEvents(db, [event])
}

/** Writes down what happened, in the caller's transaction and in this order. */
export async function appendEvents(db: Db, events: readonly DomainEvent[]): Promise<void> {
  if (events.length === 0) return
  await db
    .insertInto('event')
    .values(
      events.map((event) => ({
        type: event.type,
        at: event.at,
        site_id: event.siteId ?? null,
        station_id: event.stationId ?? null,
        vehicle_id: event.vehicleId ?? null,
        details: json(event.details ?? {}),
      })),
    )
    .execute()
}
