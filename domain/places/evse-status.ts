import { READING_LIFETIME_MS } from '../place.ts'
import type { ConnectorStatus } from '../status.ts'

/** OCPI 2.2.1 §8.4.22 Status, as far as a charger can tell. */
export type EvseStatus = 'AVAILABLE' | 'CHARGING' | 'RESERVED' | 'INOPERATIVE' | 'OUTOFORDER' | 'UNKNOWN'

const WORDS: Record<ConnectorStatus, EvseStatus> = {
  available: 'AVAILABLE',
  preparing: 'CHARGING',
  charging: 'CHARGING',
  suspendedEv: 'CHARGING',
  suspendedEvse: 'CHARGING',
  finishing: 'CHARGING',
  occupied: 'CHARGING',
  reserved: 'RESERVED',
  unavailable: 'INOPERATIVE',
  faulted: 'OUTOFORDER',
  unknown: 'UNKNOWN',
}
/** An EVSE serves one vehicle at a time, so one connector in use is the EVSE in use; one that still works makes it available. */
const FIRST_WINS: readonly EvseStatus[] = ['CHARGING', 'RESERVED', 'AVAILABLE', 'UNKNOWN', 'INOPERATIVE', 'OUTOFORDER']

/** An EVSE's status from its connectors'. Opening hours have no part in it. A station whose line is cut is UNKNOWN, whatever it said last. */
export function evseStatus(connectors: readonly ConnectorStatus[], reachable: boolean): EvseStatus {
  if (!reachable) return 'UNKNOWN'
  const words = new Set(connectors.map((status) => WORDS[status]))
  return FIRST_WINS.find((word) => words.has(word)) ?? 'UNKNOWN'
}

/** Whether what a station last said still holds: its line stands, and it has been heard within a quarter of an hour. */
export function isReachable(station: { connected: boolean; lastMessageAt: Date | null }, now: Date): boolean {
  return (
    station.connected &&
    station.lastMessageAt !== null &&
    now.getTime() - station.lastMessageAt.getTime() <= READING_LIFETIME_MS
  )
}

export interface EvseCounts {
  total: number
  free: number
  busy: number
  outOfOrder: number
  unknown: number
}

/** Each kind counted apart, so that nobody has to guess what `2?/4` means. */
export function countEvses(statuses: readonly EvseStatus[]): EvseCounts {
  const count = (...words: EvseStatus[]): number => statuses.filter((status) => words.includes(status)).length
  return {
    total: statuses.length,
    free: count('AVAILABLE'),
    busy: count('CHARGING', 'RESERVED'),
    outOfOrder: count('INOPERATIVE', 'OUTOFORDER'),
    unknown: count('UNKNOWN'),
  }
}
