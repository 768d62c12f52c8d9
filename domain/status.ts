/** Words for the state of a connector that both versions can be read into (1.6 §7.7 has the finer ones; 2.0.1 has Available, Occupied, Reserved, Unavailable, Faulted). */
export type ConnectorStatus =
  | 'available'
  | 'preparing'
  | 'charging'
  | 'suspendedEv'
  | 'suspendedEvse'
  | 'finishing'
  | 'occupied'
  | 'reserved'
  | 'unavailable'
  | 'faulted'
  | 'unknown'

/** What a central system says of a station that has introduced itself. */
export type Registration = 'accepted' | 'pending' | 'rejected'

/** What became of a presented token (1.6 §7.2 AuthorizationStatus, 2.0.1 AuthorizationStatusEnumType). */
export type Authorization = 'accepted' | 'blocked' | 'expired' | 'invalid'

export type OcppProtocol = 'ocpp1.6' | 'ocpp2.0.1' | 'ocpp2.1'
