type Json = Record<string, unknown>

/** A station as drivers see it: of every EVSE but their own only whether it is free. */
export function reducedStation(station: Json, vehicleId: string | null): Json {
  const known = station['connected'] === true
  return {
    ...station,
    vendor: null,
    model: null,
    serialNumber: null,
    firmwareVersion: null,
    lastBootAt: null,
    clockSkewMs: null,
    hasPassword: null,
    evses: listOf(station['evses']).map((evse) =>
      vehicleId !== null && evse['vehicleId'] === vehicleId ? evse : reducedEvse(evse, known),
    ),
  }
}

function reducedEvse(evse: Json, known: boolean): Json {
  return {
    ...evse,
    pluggedIn: known ? evse['pluggedIn'] : null,
    vehicleId: null,
    vehicleSource: null,
    powerW: null,
    powerAt: null,
    sessionNumber: null,
    profile: null,
    failSafePowerW: null,
    connectors: listOf(evse['connectors']).map((connector) => ({
      ...connector,
      status: known ? freeOrBusy(connector['status']) : 'unknown',
      errorCode: null,
      errorInfo: null,
    })),
  }
}

function freeOrBusy(status: unknown): 'available' | 'occupied' | 'unavailable' | 'unknown' {
  if (status === 'available' || status === 'unknown') return status
  return status === 'unavailable' || status === 'faulted' ? 'unavailable' : 'occupied'
}

export function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? (value as Json[]) : []
}
