import { createRoute, z } from '@hono/zod-openapi'
import { adHocTariffs } from '../../../db/ad-hoc-tariffs.ts'
import { ocpiParty, putOcpiParty } from '../../../db/ocpi-party.ts'
import { ocpiSessions, ocpiStation, ocpiStations, type OcpiSession } from '../../../db/views/ocpi.ts'
import { publicTariffIds } from '../../../db/views/public-tariffs.ts'
import { stationPlaces, type StationPlace } from '../../../db/views/station-places.ts'
import { isKnown } from '../../access/is-known.ts'
import type { Api, AppContext } from '../../context.ts'
import { found } from '../../errors.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems, SIGNED_IN } from '../../route-parts.ts'
import { instantInput } from '../../schemas/common.ts'
import { cdrOf, sessionOf, tariffOf } from './charge.ts'
import { baseUrl, envelope, MOST_A_PAGE, pageHeaders } from './envelope.ts'
import { connectorOf, evseOf, locationOf } from './location.ts'
import {
  enveloped,
  ocpiCdr,
  ocpiConnector,
  ocpiEvse,
  ocpiLocation,
  ocpiSession,
  ocpiTariff,
  ocpiVersion,
  ocpiVersionDetails,
} from './schemas.ts'
import { say } from '../../../domain/sentences/sentence.ts'
import { matching } from '../../matching.ts'

const AUTHORIZATION =
  '`Authorization: Token` with an API key in base64 (§4.1.1) shows all; without one what is public is shown. Errors are problem+json with OCPI’s `status_code`, `status_message` and `timestamp` beside.'
const OPEN = [...OPEN_TO_ALL, ...SIGNED_IN]
const paged = z.object({
  date_from: instantInput.optional(),
  date_to: instantInput.optional(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .default(MOST_A_PAGE)
    .transform((limit) => Math.min(limit, MOST_A_PAGE)),
})
const locationId = z.string().min(1).max(36).openapi({ example: 'CP-1' })
const evseUid = z.string().min(1).max(36).openapi({ example: 'CP-1*1' })
const connectorId = z.string().min(1).max(36).openapi({ example: '1' })

function ocpiGet<Path extends string, Data extends z.ZodType>(
  path: Path,
  operationId: string,
  summary: string,
  data: Data,
) {
  return {
    method: 'get' as const,
    path,
    operationId,
    tags: ['OCPI'],
    summary,
    responses: { 200: jsonAnswer('In OCPI’s envelope', enveloped(data)), ...problems(400, 401, 403, 404) },
  }
}

const versions = createRoute({
  ...ocpiGet('/ocpi/versions', 'listOcpiVersions', 'OCPI versions', z.array(ocpiVersion)),
  description: `OCPI 2.2.1 §6.1. ${AUTHORIZATION}`,
  security: OPEN,
})
const version = createRoute({
  ...ocpiGet('/ocpi/2.2.1', 'getOcpiVersion', 'OCPI modules that we send', ocpiVersionDetails),
  description: 'OCPI 2.2.1 §6.2: Locations, Tariffs, Sessions and CDRs, to be read only.',
  security: OPEN,
})
const locations = createRoute({
  ...ocpiGet('/ocpi/2.2.1/locations', 'listOcpiLocations', 'Charging locations', z.array(ocpiLocation)),
  description: `OCPI 2.2.1 §8.2.2. ${AUTHORIZATION}`,
  security: OPEN,
  request: { query: paged },
})
const location = createRoute({
  ...ocpiGet('/ocpi/2.2.1/locations/{locationId}', 'getOcpiLocation', 'One charging location', ocpiLocation),
  description: 'OCPI 2.2.1 §8.2.2.',
  security: OPEN,
  request: { params: z.object({ locationId }) },
})
const evse = createRoute({
  ...ocpiGet('/ocpi/2.2.1/locations/{locationId}/{evseUid}', 'getOcpiEvse', 'One EVSE', ocpiEvse),
  description: 'OCPI 2.2.1 §8.2.2. UNKNOWN while its station’s line is cut.',
  security: OPEN,
  request: { params: z.object({ locationId, evseUid }) },
})
const connector = createRoute({
  ...ocpiGet(
    '/ocpi/2.2.1/locations/{locationId}/{evseUid}/{connectorId}',
    'getOcpiConnector',
    'One connector',
    ocpiConnector,
  ),
  description: 'OCPI 2.2.1 §8.2.2.',
  security: OPEN,
  request: { params: z.object({ locationId, evseUid, connectorId }) },
})
const tariffs = createRoute({
  ...ocpiGet('/ocpi/2.2.1/tariffs', 'listOcpiTariffs', 'Prices without a contract', z.array(ocpiTariff)),
  description: `OCPI 2.2.1 §11.2.2. ${AUTHORIZATION}`,
  security: OPEN,
  request: { query: paged },
})
const sessions = createRoute({
  ...ocpiGet('/ocpi/2.2.1/sessions', 'listOcpiSessions', 'Charging sessions', z.array(ocpiSession)),
  description: `OCPI 2.2.1 §9.2.2, oldest first. ${AUTHORIZATION}`,
  security: SIGNED_IN,
  request: { query: paged },
})
const cdrs = createRoute({
  ...ocpiGet('/ocpi/2.2.1/cdrs', 'listOcpiCdrs', 'Charge detail records', z.array(ocpiCdr)),
  description: `OCPI 2.2.1 §10.2.1: of sessions that have ended, oldest first. ${AUTHORIZATION}`,
  security: SIGNED_IN,
  request: { query: paged },
})
const party = z
  .strictObject({
    countryCode: matching(z.string(), /^[A-Z]{2}$/, say('plainCountry2')),
    partyId: matching(z.string(), /^[A-Z\d]{3}$/, say('plainParty')),
  })
  .openapi('OcpiParty', { example: { countryCode: 'BG', partyId: 'ZAR' } })
const putParty = createRoute({
  method: 'put',
  path: '/api/v1/ocpi-party',
  operationId: 'putOcpiParty',
  tags: ['OCPI'],
  summary: 'Who we are to roaming partners',
  description: 'Country and party of all that OCPI shows; BG and ZAR until they are set.',
  security: SIGNED_IN,
  request: { body: jsonBody('The party', party) },
  responses: { 200: jsonAnswer('The party', party), ...problems(400, 401, 403) },
})

/** OCPI 2.2.1 as Sender, to be read only. */
export function ocpiRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(versions, (c) =>
    c.json(envelope([{ version: '2.2.1' as const, url: `${baseUrl(c)}/2.2.1` }], now()), 200),
  )

  app.openapi(version, (c) => {
    const identifiers = ['locations', 'tariffs', 'sessions', 'cdrs'] as const
    const endpoints = identifiers.map((identifier) => ({
      identifier,
      role: 'SENDER' as const,
      url: `${baseUrl(c)}/2.2.1/${identifier}`,
    }))
    return c.json(envelope({ version: '2.2.1' as const, endpoints }, now()), 200)
  })

  app.openapi(locations, async (c) => {
    const { date_from: from, date_to: to, offset, limit } = c.req.valid('query')
    const us = await ocpiParty(db)
    const { items, total } = await ocpiStations(db, { from, to, offset, limit, publicOnly: !isKnown(c) }, now())
    pageHeaders(c, { offset, limit, total })
    return c.json(
      envelope(
        items.map((station) => locationOf(station, us)),
        now(),
      ),
      200,
    )
  })

  app.openapi(location, async (c) => {
    const station = await stationNamed(c.req.valid('param').locationId, !isKnown(c))
    return c.json(envelope(locationOf(station, await ocpiParty(db)), now()), 200)
  })

  app.openapi(evse, async (c) => {
    const { locationId: id, evseUid: uid } = c.req.valid('param')
    const station = await stationNamed(id, !isKnown(c))
    const us = await ocpiParty(db)
    const all = station.evses.filter((one) => one.connectors.length > 0).map((one) => evseOf(one, station, us))
    return c.json(
      envelope(
        found(
          all.find((one) => one.uid === uid),
          'evse',
          uid,
        ),
        now(),
      ),
      200,
    )
  })

  app.openapi(connector, async (c) => {
    const { locationId: id, evseUid: uid, connectorId: number } = c.req.valid('param')
    const station = await stationNamed(id, !isKnown(c))
    const us = await ocpiParty(db)
    const one = station.evses.find((candidate) => evseOf(candidate, station, us).uid === uid)
    const plug = one?.connectors.find((candidate) => String(candidate.connectorId) === number)
    const told = one === undefined || plug === undefined ? undefined : connectorOf(plug, one, station)
    return c.json(envelope(found(told, say('noConnectorOf', { number, id: uid })), now()), 200)
  })

  app.openapi(tariffs, async (c) => {
    const { date_from: from, date_to: to, offset, limit } = c.req.valid('query')
    const us = await ocpiParty(db)
    const open = isKnown(c) ? null : new Set(await publicTariffIds(db))
    // An operator has a handful.
    const all = (await adHocTariffs(db, { limit: 10_000 })).filter(
      ({ tariffId, updatedAt }) =>
        (open === null || open.has(tariffId)) &&
        (from === undefined || updatedAt >= from) &&
        (to === undefined || updatedAt < to),
    )
    pageHeaders(c, { offset, limit, total: all.length })
    return c.json(
      envelope(
        all.slice(offset, offset + limit).map((tariff) => tariffOf(tariff, us)),
        now(),
      ),
      200,
    )
  })

  app.openapi(sessions, async (c) => {
    const { date_from: from, date_to: to, offset, limit } = c.req.valid('query')
    const us = await ocpiParty(db)
    const { items, total } = await ocpiSessions(db, { from, to, offset, limit, endedOnly: false })
    const stations = await stationsOf(items)
    pageHeaders(c, { offset, limit, total })
    const told = items.flatMap((session) => {
      const station = stations.get(session.stationId)
      return station === undefined ? [] : sessionOf(session, station, us, now())
    })
    return c.json(envelope(told, now()), 200)
  })

  app.openapi(cdrs, async (c) => {
    const { date_from: from, date_to: to, offset, limit } = c.req.valid('query')
    const us = await ocpiParty(db)
    const { items, total } = await ocpiSessions(db, { from, to, offset, limit, endedOnly: true })
    const stations = await stationsOf(items)
    pageHeaders(c, { offset, limit, total })
    const told = items.flatMap((session) => {
      const station = stations.get(session.stationId)
      const { endedAt } = session
      return station === undefined || endedAt === null ? [] : cdrOf({ ...session, endedAt }, station, us)
    })
    return c.json(envelope(told, now()), 200)
  })

  app.openapi(putParty, async (c) => {
    const given = c.req.valid('json')
    await putOcpiParty(db, given)
    return c.json(given, 200)
  })

  async function stationNamed(ocpiId: string, publicOnly: boolean): Promise<StationPlace> {
    return found(await ocpiStation(db, ocpiId, publicOnly, now()), 'location', ocpiId)
  }

  function stationsOf(items: readonly OcpiSession[]): Promise<Map<string, StationPlace>> {
    return stationPlaces(db, [...new Set(items.map((session) => session.stationId))], now())
  }
}
