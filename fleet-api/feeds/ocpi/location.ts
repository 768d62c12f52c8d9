import type { z } from '@hono/zod-openapi'
import type { OcpiParty } from '../../../db/ocpi-party.ts'
import type { EvsePlace, StationPlace } from '../../../db/views/station-places.ts'
import type { connectorStandard, ocpiConnector, ocpiEvse, ocpiLocation } from './schemas.ts'

type Standard = z.output<typeof connectorStandard>

/** OCPP 2.0.1 ConnectorEnumType → OCPI 2.2.1 §8.4.5. A pantograph does not say which way it moves. */
const STANDARDS: Record<string, Standard> = {
  cCCS1: 'IEC_62196_T1_COMBO',
  cCCS2: 'IEC_62196_T2_COMBO',
  cG105: 'CHADEMO',
  cChaoMo: 'CHADEMO',
  cGBT: 'GBT_DC',
  cTesla: 'TESLA_S',
  cType1: 'IEC_62196_T1',
  cType2: 'IEC_62196_T2',
  's309-1P-16A': 'IEC_60309_2_single_16',
  's309-3P-16A': 'IEC_60309_2_three_16',
  's309-3P-32A': 'IEC_60309_2_three_32',
  sBS1361: 'DOMESTIC_G',
  'sCEE-7-7': 'DOMESTIC_F',
  sType2: 'IEC_62196_T2',
  sType3: 'IEC_62196_T3C',
  Pan: 'PANTOGRAPH_BOTTOM_UP',
}
/** What Europe has where nobody says. */
const USUAL: Record<'AC' | 'DC', Standard> = { AC: 'IEC_62196_T2', DC: 'IEC_62196_T2_COMBO' }
/** DC chargers tell no voltage: CCS’s usual ceiling, and the current that the power needs at an empty battery’s 400 V. The power itself is given beside it. */
const DC_VOLTS = 920
const DC_LOW_VOLTS = 400
const DC_MOST_AMPERES = 500
/** Line to neutral, as §8.3.3 asks. */
const AC_VOLTS = 230

/** One of our stations is one Location: OCPI asks for one wherever the way to it differs. */
export function locationOf(station: StationPlace, party: OcpiParty): z.output<typeof ocpiLocation> {
  return {
    country_code: party.countryCode,
    party_id: party.partyId,
    id: station.ocpiId,
    publish: station.public,
    name: station.name.slice(0, 255),
    ...addressOf(station),
    evses: station.evses.flatMap((evse) => (evse.connectors.length === 0 ? [] : [evseOf(evse, station, party)])),
    operator: { name: station.siteName.slice(0, 100) },
    time_zone: station.timeZone,
    last_updated: station.updatedAt.toISOString(),
  }
}

/** Where it is; a site that nobody gave an address goes by its name. */
export function addressOf(station: StationPlace) {
  return {
    address: (station.address ?? station.siteName).slice(0, 45),
    city: (station.city ?? station.siteName).slice(0, 45),
    ...(station.postalCode === null ? {} : { postal_code: station.postalCode }),
    country: station.country,
    coordinates: { latitude: station.latitude.toFixed(6), longitude: station.longitude.toFixed(6) },
  }
}

export function evseUid(station: StationPlace, evseId: number): string {
  return `${station.ocpiId}*${evseId}`
}

/** eMI3's form: country, party, E, letters and digits with stars between. */
export function emi3Id(station: StationPlace, evseId: number, party: OcpiParty): string {
  const outlet = station.ocpiId.replaceAll(/[^a-zA-Z\d]+/g, '').toUpperCase()
  return `${party.countryCode}*${party.partyId}*E${outlet}*${evseId}`
}

export function evseOf(evse: EvsePlace, station: StationPlace, party: OcpiParty): z.output<typeof ocpiEvse> {
  return {
    uid: evseUid(station, evse.evseId),
    evse_id: emi3Id(station, evse.evseId, party),
    status: evse.status,
    connectors: evse.connectors.map((connector) => connectorOf(connector, evse, station)),
    last_updated: evse.updatedAt.toISOString(),
  }
}

export function connectorOf(
  { connectorId, type }: EvsePlace['connectors'][number],
  evse: EvsePlace,
  station: StationPlace,
): z.output<typeof ocpiConnector> {
  const { currentType, phases, maxPowerW } = evse
  const volts = currentType === 'DC' ? DC_VOLTS : AC_VOLTS
  const amperes =
    currentType === 'DC' ? Math.min(DC_MOST_AMPERES, maxPowerW / DC_LOW_VOLTS) : maxPowerW / AC_VOLTS / phases
  return {
    id: String(connectorId),
    ...connectorKind(type, evse),
    max_voltage: volts,
    max_amperage: Math.max(1, Math.round(amperes)),
    ...(maxPowerW > 0 ? { max_electric_power: maxPowerW } : {}),
    ...(station.tariff === null ? {} : { tariff_ids: [station.tariff.tariffId] }),
    last_updated: evse.updatedAt.toISOString(),
  }
}

export function connectorKind(
  type: string | null,
  { currentType, phases }: { currentType: 'AC' | 'DC'; phases: number },
): Pick<z.output<typeof ocpiConnector>, 'standard' | 'format' | 'power_type'> {
  return {
    standard: STANDARDS[type ?? ''] ?? USUAL[currentType],
    format: type?.startsWith('s') === true || (type === null && currentType === 'AC') ? 'SOCKET' : 'CABLE',
    power_type: currentType === 'DC' ? 'DC' : phases === 1 ? 'AC_1_PHASE' : phases === 2 ? 'AC_2_PHASE' : 'AC_3_PHASE',
  }
}
