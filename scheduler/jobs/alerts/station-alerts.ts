import type { AlertDraft } from '../../../domain/alert.ts'
import type { ChargingEvse } from '../../../db/planning-state.ts'
import { evseName, isFaulted, isGone, vehicleLabel, type WatchState } from './watch-state.ts'
import { kilowatts, localTime } from './words.ts'

/** A session may take a moment to find its vehicle: a MAC address comes first, an RFID card after it. */
const UNKNOWN_AFTER_MS = 60_000

/** What is wrong with a site's chargers: gone, faulted, or charging nobody knows whom. */
export function stationAlerts(state: WatchState): AlertDraft[] {
  const stations = Map.groupBy(state.evses, (evse) => evse.stationId)
  return [
    ...[...stations.values()].flatMap((evses) => offlineAlert(state, evses)),
    ...state.evses.flatMap((evse) => faultAlerts(state, evse)),
    ...state.evses.flatMap((evse) => strangerAlerts(state, evse)),
  ]
}

function offlineAlert(state: WatchState, evses: readonly ChargingEvse[]): AlertDraft[] {
  const evse = evses[0]
  const { now, fleet } = state
  if (evse === undefined || !isGone(evse, now)) return []
  const vehicles = evses.flatMap((one) => (one.vehicleId === null ? [] : [vehicleLabel(state, one.vehicleId)]))
  const failSafe = evses.map((one) => kilowatts(one.failSafePowerW ?? 0)).join(' and ')
  const since = evse.disconnectedAt
  return [
    {
      key: `stationOffline:${evse.stationId}`,
      siteId: fleet.site.siteId,
      kind: 'stationOffline',
      severity: vehicles.length > 0 ? 'act' : 'look',
      stationId: evse.stationId,
      sentence: `${evse.stationLabel} ${since === null ? 'is not connected' : `has been unreachable since ${localTime(since, now, fleet.site.timeZone)}`}.`,
      cause: 'Its line to this system is down, or it has no power.',
      remedy:
        vehicles.length > 0
          ? `Check its power and its network. ${vehicles.join(' and ')} ${vehicles.length > 1 ? 'charge' : 'charges'} on by the last profile, then with ${failSafe}.`
          : 'Check its power and its network.',
      parameters: {
        disconnectedAt: since?.toISOString() ?? null,
        vehicleIds: evses.flatMap((one) => one.vehicleId ?? []),
        failSafeW: evses.map((one) => one.failSafePowerW ?? 0),
      },
    },
  ]
}

function faultAlerts(state: WatchState, evse: ChargingEvse): AlertDraft[] {
  const faulted = evse.connectors.filter((connector) => connector.status === 'faulted')
  return faulted.flatMap((connector) => {
    const detail = [connector.errorCode, connector.errorInfo].filter((text) => text !== null && text !== 'NoError')
    const vehicle = evse.vehicleId === null ? null : vehicleLabel(state, evse.vehicleId)
    return [
      {
        key: `chargerFault:${evse.stationId}:${evse.evseId}:${connector.connectorId}`,
        siteId: state.fleet.site.siteId,
        kind: 'chargerFault',
        severity: 'act',
        stationId: evse.stationId,
        ...(evse.vehicleId === null ? {} : { vehicleId: evse.vehicleId }),
        sentence: `${evseName(state, evse)} reports a fault.`,
        cause:
          detail.length === 0 ? 'The charger does not say what is wrong.' : `The charger says: ${detail.join(', ')}.`,
        remedy: `${vehicle === null || !isFaulted(evse) ? '' : `Plug ${vehicle} in somewhere else. `}Reset the charger; if the fault stays, call its maker.`,
        parameters: {
          evseId: evse.evseId,
          connectorId: connector.connectorId,
          errorCode: connector.errorCode,
          errorInfo: connector.errorInfo,
          mustMove: vehicle !== null && isFaulted(evse),
          actions: [{ type: 'resetStation', stationId: evse.stationId }],
        },
      },
    ]
  })
}

function strangerAlerts(state: WatchState, evse: ChargingEvse): AlertDraft[] {
  const { session } = evse
  const { now, fleet } = state
  if (session === null || session.vehicleId !== null) return []
  if (now.getTime() - session.startedAt.getTime() < UNKNOWN_AFTER_MS) return []
  const unknownToken = session.authorization !== 'accepted'
  const token = session.idToken === null || session.idToken === '' ? null : session.idToken
  return [
    {
      key: `${unknownToken ? 'unknownToken' : 'unknownVehicle'}:${session.number}`,
      siteId: fleet.site.siteId,
      kind: unknownToken ? 'unknownToken' : 'unknownVehicle',
      severity: 'act',
      stationId: evse.stationId,
      sentence: `${evseName(state, evse)} charges, but nobody knows which vehicle.`,
      cause:
        token === null
          ? 'The charger named no card and no vehicle.'
          : unknownToken
            ? `The card ${token} is not known here.`
            : `The card ${token} belongs to no vehicle.`,
      remedy: `Say which vehicle stands there${token === null ? '' : `, or give the card to one`}. Until then it gets ${kilowatts(evse.failSafePowerW ?? 0)}.`,
      parameters: {
        evseId: evse.evseId,
        sessionNumber: session.number,
        idToken: token,
        failSafeW: evse.failSafePowerW ?? 0,
        startedAt: session.startedAt.toISOString(),
      },
    },
  ]
}
