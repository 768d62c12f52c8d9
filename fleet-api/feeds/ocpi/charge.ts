import type { z } from '@hono/zod-openapi'
import type { AdHocTariff } from '../../../db/ad-hoc-tariffs.ts'
import type { OcpiParty } from '../../../db/ocpi-party.ts'
import type { OcpiSession } from '../../../db/views/ocpi.ts'
import type { StationPlace } from '../../../db/views/station-places.ts'
import { addressOf, connectorKind, emi3Id, evseUid } from './location.ts'
import type { ocpiCdr, ocpiSession, ocpiTariff } from './schemas.ts'

const HOUR_MS = 3_600_000
const CURRENCY = 'EUR'

/** §11.3.1: what nobody has to pay for is a flat price of nothing. */
export function tariffOf(tariff: AdHocTariff, party: OcpiParty): z.output<typeof ocpiTariff> {
  const vat = tariff.vatPercent === null ? {} : { vat: tariff.vatPercent }
  const component = (type: 'ENERGY' | 'FLAT' | 'TIME', microEur: number | null) =>
    microEur === null ? [] : [{ type, price: microEur / 1e6, ...vat, step_size: 1 }]
  const components = [
    ...component('ENERGY', tariff.energyMicroEurPerKwh),
    ...component('FLAT', tariff.sessionMicroEur),
    ...component('TIME', tariff.timeMicroEurPerHour),
  ]
  return {
    country_code: party.countryCode,
    party_id: party.partyId,
    id: tariff.tariffId,
    currency: CURRENCY,
    type: 'AD_HOC_PAYMENT',
    tariff_alt_text: [{ language: 'en', text: tariff.name }],
    elements: [{ price_components: components.length > 0 ? components : component('FLAT', 0) }],
    last_updated: tariff.updatedAt.toISOString(),
  }
}

/** What a charge costs by a tariff, in millionths of a euro without VAT; nothing without a tariff. */
function costMicroEur(tariff: AdHocTariff | null, { energyWh, hours }: { energyWh: number; hours: number }): number {
  if (tariff === null) return 0
  return Math.round(
    ((tariff.energyMicroEurPerKwh ?? 0) * energyWh) / 1000 +
      (tariff.sessionMicroEur ?? 0) +
      (tariff.timeMicroEurPerHour ?? 0) * hours,
  )
}

/** §9.3.1. Energy that no meter told is 0 there, because the field must be a number. */
export function sessionOf(
  session: OcpiSession,
  station: StationPlace,
  party: OcpiParty,
  now: Date,
): z.output<typeof ocpiSession> {
  return {
    ...commonOf(session, party),
    ...(session.endedAt === null ? {} : { end_date_time: session.endedAt.toISOString() }),
    kwh: kwh(session),
    location_id: station.ocpiId,
    evse_uid: evseUid(station, session.evseId),
    connector_id: connectorIdOf(session),
    charging_periods: [periodOf(session, now)],
    total_cost: priceOf(session, station.tariff, now),
    status: session.endedAt === null ? 'ACTIVE' : 'COMPLETED',
  }
}

/** §10.3.1, of a session that has ended; the tariff is the one that the station has now. */
export function cdrOf(
  session: OcpiSession & { endedAt: Date },
  station: StationPlace,
  party: OcpiParty,
): z.output<typeof ocpiCdr> {
  const evse = station.evses.find((one) => one.evseId === session.evseId)
  const type = evse?.connectors.find((one) => String(one.connectorId) === connectorIdOf(session))?.type ?? null
  const kind = connectorKind(type, evse ?? { currentType: 'DC', phases: 3 })
  return {
    ...commonOf(session, party),
    end_date_time: session.endedAt.toISOString(),
    session_id: String(session.number),
    cdr_location: {
      id: station.ocpiId,
      name: station.name.slice(0, 255),
      ...addressOf(station),
      evse_uid: evseUid(station, session.evseId),
      evse_id: emi3Id(station, session.evseId, party),
      connector_id: connectorIdOf(session),
      connector_standard: kind.standard,
      connector_format: kind.format,
      connector_power_type: kind.power_type,
    },
    ...(station.tariff === null
      ? { remark: 'No tariff applies: nothing is charged.' }
      : { tariffs: [tariffOf(station.tariff, party)] }),
    charging_periods: [periodOf(session, session.endedAt)],
    total_cost: priceOf(session, station.tariff, session.endedAt),
    total_energy: kwh(session),
    total_time: round(hoursOf(session, session.endedAt)),
  }
}

function commonOf(session: OcpiSession, party: OcpiParty) {
  const uid = (session.idToken ?? 'unknown').replaceAll(/[^\u0020-\u007e]/g, '?').slice(0, 36)
  const owner = { country_code: party.countryCode, party_id: party.partyId }
  return {
    ...owner,
    id: String(session.number),
    start_date_time: session.startedAt.toISOString(),
    cdr_token: {
      ...owner,
      uid,
      type: session.idToken === null ? ('OTHER' as const) : ('RFID' as const),
      contract_id: uid,
    },
    // Our own list of cards is asked, no partner.
    auth_method: 'WHITELIST' as const,
    currency: CURRENCY,
    last_updated: session.updatedAt.toISOString(),
  }
}

function connectorIdOf(session: OcpiSession): string {
  return String(session.connectorId ?? 1)
}

function periodOf(session: OcpiSession, until: Date) {
  return {
    start_date_time: session.startedAt.toISOString(),
    dimensions: [
      { type: 'ENERGY' as const, volume: kwh(session) },
      { type: 'TIME' as const, volume: round(hoursOf(session, until)) },
    ],
  }
}

function priceOf(session: OcpiSession, tariff: AdHocTariff | null, until: Date) {
  const microEur = costMicroEur(tariff, {
    energyWh: Math.max(0, session.energyWh ?? 0),
    hours: hoursOf(session, until),
  })
  const vat = tariff?.vatPercent ?? null
  return {
    excl_vat: round(microEur / 1e6),
    ...(vat === null ? {} : { incl_vat: round((microEur / 1e6) * (1 + vat / 100)) }),
  }
}

function hoursOf({ startedAt, endedAt }: OcpiSession, until: Date): number {
  return Math.max(0, ((endedAt ?? until).getTime() - startedAt.getTime()) / HOUR_MS)
}

function kwh({ energyWh }: OcpiSession): number {
  return Math.max(0, energyWh ?? 0) / 1000
}

/** §16.3 number: four decimals. */
function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
