import { createRoute, z } from '@hono/zod-openapi'
import { MANUAL_SOURCE } from '../../db/change-place.ts'
import { addPlaceKey, deletePlaceKeys } from '../../db/place-keys.ts'
import { deletePlaceSource, placeSources, putPlaceSource, type PlaceSourceView } from '../../db/place-sources.ts'
import { storeSourcePlaces } from '../../db/store-places.ts'
import { outboundProblem } from '../../domain/outbound-url.ts'
import { placesOfGeojson } from '../../domain/places/geojson.ts'
import { newPlaceSecret } from '../../domain/places/signature.ts'
import { RULES } from '../access/rules.ts'
import type { Language } from '../../domain/language.ts'
import { wordsOf } from '../../domain/sentences/kept-sentence.ts'
import { saidIn } from '../../domain/sentences/said.ts'
import { wordedFor } from '../asked-language.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { ApiError, found, notFound, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { listOf, paging } from '../schemas/common.ts'
import { placeSource, placeSourceChange } from '../schemas/places.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { matching } from '../matching.ts'

/** Prefixes of ids that are not in `place`, and the source that people write by hand. */
const TAKEN = new Set(['station', 'stop', MANUAL_SOURCE])
const sourceId = matching(z.string().min(1).max(48), /^[\w.-]+$/, say('plainName')).openapi({ example: 'parkings' })
const params = z.object({ sourceId })

const list = createRoute({
  method: 'get',
  path: '/api/v1/place-sources',
  operationId: 'listPlaceSources',
  tags: ['Places'],
  summary: 'Where places come from',
  description:
    'Ordered by id, with what came of the last fetch: `ok`, or why nothing did, in the language of `?lang=` or `Accept-Language`. The query of an address, where a key may stand, is told only to those who may change it.',
  security: SIGNED_IN,
  request: { query: z.object(paging) },
  responses: { 200: jsonAnswer('Sources', listOf(placeSource)), ...problems(400, 401, 403) },
})

const put = createRoute({
  method: 'put',
  path: '/api/v1/place-sources/{sourceId}',
  operationId: 'putPlaceSource',
  tags: ['Places'],
  summary: 'Make or change a source of places',
  description:
    'With a `url` the server fetches GeoJSON from there; without, upload it. Its places stay as they are until the next file.',
  security: SIGNED_IN,
  request: { params, body: jsonBody('The source as it is to be', placeSourceChange) },
  responses: { 200: jsonAnswer('The source', placeSource), ...problems(400, 401, 403, 409, 413) },
})

const putFile = createRoute({
  method: 'put',
  path: '/api/v1/place-sources/{sourceId}/geojson',
  operationId: 'putPlaceSourceFile',
  tags: ['Places'],
  summary: 'Upload a source’s places',
  description:
    'A GeoJSON feature collection in place of what the source had: places that are no longer in it are removed. Values may be strings and times local, as city portals write them. What was left out or mended is found in the answer.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'GeoJSON',
      z
        .looseObject({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()).max(20_000) })
        .openapi('PlaceFile', {
          example: {
            type: 'FeatureCollection',
            features: [
              {
                type: 'Feature',
                geometry: { type: 'Point', coordinates: [23.0907, 42.0168] },
                properties: {
                  parking_id: 'P1',
                  name: 'Car park at the market',
                  total_lots: '60',
                  data: [{ free_lots: '23', time: '2026-11-23 21:58:00' }],
                },
              },
            ],
          },
        }),
    ),
  },
  responses: {
    200: jsonAnswer(
      'What became of it',
      z
        .object({
          places: z.int(),
          findings: z.array(
            z.object({
              code: z.string(),
              message: z.string().describe('In the language that was asked for.'),
              values: z.record(z.string(), z.unknown()),
              count: z.int(),
              examples: z.array(z.string()),
            }),
          ),
        })
        .openapi('PlaceFileOutcome', { example: { places: 4, findings: [] } }),
    ),
    ...problems(400, 401, 403, 404, 413),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/place-sources/{sourceId}',
  operationId: 'deletePlaceSource',
  tags: ['Places'],
  summary: 'Remove a source',
  description: 'Its places, their readings and its keys go with it.',
  security: SIGNED_IN,
  request: { params },
  responses: { 204: { description: 'It is gone' }, ...problems(400, 401, 403, 404) },
})

const createKey = createRoute({
  method: 'post',
  path: '/api/v1/place-sources/{sourceId}/keys',
  operationId: 'createPlaceKey',
  tags: ['Places'],
  summary: 'A new key for cameras and sensors',
  description: 'Shown once. Two keys hold at a time: with a third the oldest ends.',
  security: SIGNED_IN,
  request: { params },
  responses: {
    201: jsonAnswer(
      'The key',
      z.object({ secret: z.string() }).openapi('PlaceKey', { example: { secret: 'zps_5f…' } }),
    ),
    ...problems(400, 401, 403, 404),
  },
})

const deleteKeys = createRoute({
  method: 'delete',
  path: '/api/v1/place-sources/{sourceId}/keys',
  operationId: 'deletePlaceKeys',
  tags: ['Places'],
  summary: 'End all keys of a source',
  description: 'Cameras and sensors are turned away until they have a new one.',
  security: SIGNED_IN,
  request: { params },
  responses: { 204: { description: 'None holds any more' }, ...problems(400, 401, 403, 404) },
})

/** A source as the API tells it, worded for its reader. */
function sourceJson(source: PlaceSourceView, language: Language) {
  const { fetchOutcome } = source
  return asJson({ ...source, fetchOutcome: fetchOutcome === null ? null : wordsOf(fetchOutcome, language) })
}

/** A key may stand there. */
function withoutQuery<Source extends { url: string | null }>(source: Source): Source {
  return { ...source, url: source.url?.replace(/[?#].*$/s, '') ?? null }
}

export function placeSourceRoutes(app: Api, { db, now, outbound, wake }: AppContext): void {
  app.openapi(list, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const rows = await placeSources(db, { after: stringCursor(cursor), limit: limit + 1 })
    const { items, next } = page(rows, limit, (row) => [row.sourceId])
    const { role } = c.var.caller
    const mayChange = role !== null && RULES.putPlaceSource.some((one) => one === role)
    const told = (mayChange ? items : items.map(withoutQuery)).map((one) => sourceJson(one, wordedFor(c)))
    return c.json({ items: told, next }, 200)
  })

  app.openapi(put, async (c) => {
    const { sourceId: id } = c.req.valid('param')
    const { url = null, fetchMinutes = null, ...change } = c.req.valid('json')
    if (TAKEN.has(id)) throw new ApiError('conflict', { detail: say('badSourceName', { id }) })
    const problem = url === null ? null : outboundProblem(url, outbound)
    if (problem !== null) throw wrongField('body.url', problem)
    await putPlaceSource(
      db,
      {
        sourceId: id,
        public: true,
        mapping: {},
        licence: null,
        attribution: null,
        ...change,
        url,
        fetchMinutes: url === null ? null : (fetchMinutes ?? 10),
      },
      now(),
    )
    // Whoever enters an address wants to see what it brings.
    if (url !== null) wake?.('fetchPlaces')
    const [source] = await placeSources(db, { ids: [id] })
    return c.json(sourceJson(found(source, 'placeSource', id), wordedFor(c)), 200)
  })

  app.openapi(putFile, async (c) => {
    const { sourceId: id } = c.req.valid('param')
    const [known] = await placeSources(db, { ids: [id] })
    const source = found(known, 'placeSource', id)
    const { places, findings, refused } = placesOfGeojson(c.req.valid('json'), source)
    if (refused !== null) throw new ApiError('invalid-request', { detail: say('fileNotUsed', { why: refused }) })
    await storeSourcePlaces(db, id, places, now())
    const language = wordedFor(c)
    const told = findings.map(({ message, examples, ...finding }) => ({
      ...finding,
      message: message.in(language),
      values: message.plain().values,
      examples: examples.map((example) => saidIn(language, example)),
    }))
    return c.json({ places: places.length, findings: told }, 200)
  })

  app.openapi(remove, async (c) => {
    const { sourceId: id } = c.req.valid('param')
    if (!(await deletePlaceSource(db, id))) throw notFound('placeSource', id)
    return c.body(null, 204)
  })

  app.openapi(createKey, async (c) => {
    const { sourceId: id } = c.req.valid('param')
    const secret = newPlaceSecret()
    if (!(await addPlaceKey(db, id, secret, now()))) throw notFound('placeSource', id)
    return c.json({ secret }, 201)
  })

  app.openapi(deleteKeys, async (c) => {
    const { sourceId: id } = c.req.valid('param')
    if (!(await deletePlaceKeys(db, id))) throw notFound('placeSource', id)
    return c.body(null, 204)
  })
}
