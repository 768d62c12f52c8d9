import { createRoute, z } from '@hono/zod-openapi'
import { addImport, askForImport, dropImport, importJob, importJobs, replacedBy } from '../../db/import-jobs.ts'
import { readUndo } from '../../db/fleet-undo.ts'
import { fleetVersion } from '../../db/fleet-version.ts'
import { IMPORT_KINDS, keptThing } from '../../domain/import-job.ts'
import type { Language } from '../../domain/language.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { wordedFor } from '../asked-language.ts'
import type { Api, AppContext } from '../context.ts'
import { numberCursor, page } from '../cursor.ts'
import { ApiError, found, notFound, wrongField } from '../errors.ts'
import { importJson } from '../import-json.ts'
import { jsonAnswer, problems, SIGNED_IN } from '../route-parts.ts'
import { id, listOf, paging } from '../schemas/common.ts'
import { importJob as importSchema } from '../schemas/imports.ts'

/** Room for a large country's timetable, zipped. */
export const MAX_IMPORT_BYTES = 64 * 1024 * 1024

const params = z.object({ importId: z.coerce.number().int().min(1).max(2_147_483_647).openapi({ example: 3 }) })
const answer = jsonAnswer('The import', importSchema)

const list = createRoute({
  method: 'get',
  path: '/api/v1/imports',
  operationId: 'listImports',
  tags: ['Imports'],
  summary: 'Files that were handed in',
  description:
    'Newest first, with what was found in them and what became of them, worded in the language of `?lang=` or `Accept-Language`.',
  security: SIGNED_IN,
  request: { query: z.object(paging) },
  responses: { 200: jsonAnswer('Imports', listOf(importSchema)), ...problems(400, 401, 403) },
})

const add = createRoute({
  method: 'post',
  path: '/api/v1/imports',
  operationId: 'addImport',
  tags: ['Imports'],
  summary: 'Hand in a file',
  description:
    'The body is the file itself: a zip for `gtfs` and `tods`, JSON for `fleet`, `places` (GeoJSON) and `tariff`, CSV or a market’s document for `prices`, `carbon` and `weather`. It is looked through at once and stored only when it is applied.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      kind: z.enum(IMPORT_KINDS),
      fileName: z.string().min(1).max(200).openapi({ example: 'feed.zip' }),
      feedId: id.optional(),
      series: id.optional(),
      siteId: id.optional(),
      sourceId: id.optional(),
    }),
    body: {
      required: true,
      description: 'The file',
      content: { 'application/octet-stream': { schema: z.any().openapi({ type: 'string', format: 'binary' }) } },
    },
  },
  responses: { 201: answer, ...problems(400, 401, 403, 413) },
})

const get = createRoute({
  method: 'get',
  path: '/api/v1/imports/{importId}',
  operationId: 'getImport',
  tags: ['Imports'],
  summary: 'One import',
  description:
    'Ask again until its state is one that lasts. What is said of it is in the language of `?lang=` or `Accept-Language` (en, bg, uk).',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: answer, ...problems(400, 401, 403, 404) },
})

const apply = createRoute({
  method: 'post',
  path: '/api/v1/imports/{importId}/apply',
  operationId: 'applyImport',
  tags: ['Imports'],
  summary: 'Store a file that was looked through',
  description: 'Whole or not at all.',
  security: SIGNED_IN,
  request: { params },
  responses: { 202: answer, ...problems(400, 401, 403, 404, 409) },
})

const undo = createRoute({
  method: 'post',
  path: '/api/v1/imports/{importId}/undo',
  operationId: 'undoImport',
  tags: ['Imports'],
  summary: 'Take back an import of a timetable or a fleet file',
  description:
    'The timetable that was replaced comes back. Of a fleet file, what it changed is as before, what it deleted is put back, and what it added is removed; what was changed since stays, and vehicles and stations that were used since are taken out of service instead. Only the fleet file stored last can be taken back. That is an import of its own, which is answered; its lines say what is not as before. What the last few imports have replaced is kept.',
  security: SIGNED_IN,
  request: { params },
  responses: { 202: answer, ...problems(400, 401, 403, 404, 409) },
})

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/imports/{importId}',
  operationId: 'removeImport',
  tags: ['Imports'],
  summary: 'Forget an import',
  description: 'What it has stored stays.',
  security: SIGNED_IN,
  request: { params },
  responses: { 204: { description: 'It is gone' }, ...problems(400, 401, 403, 404, 409) },
})

export function importRoutes(app: Api, { db, now }: AppContext): void {
  const one = async (importId: number) => found(await importJob(db, importId), 'import', importId)
  const told = async (importId: number, language: Language) => importJson(await one(importId), language)

  app.openapi(list, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const rows = await importJobs(db, { before: numberCursor(cursor), limit: limit + 1 })
    const { items, next } = page(rows, limit, (row) => [row.importId])
    const language = wordedFor(c)
    return c.json({ items: items.map((job) => importJson(job, language)), next }, 200)
  })

  app.openapi(add, async (c) => {
    const { kind, fileName, feedId, series, siteId, sourceId } = c.req.valid('query')
    const body = new Uint8Array(await c.req.arrayBuffer())
    if (body.byteLength === 0) throw wrongField('body', say('emptyFile'))
    const options = {
      ...(feedId === undefined ? {} : { feedId }),
      ...(series === undefined ? {} : { series }),
      ...(siteId === undefined ? {} : { siteId }),
      ...(sourceId === undefined ? {} : { sourceId }),
    }
    const createdBy = c.var.caller.name
    const importId = await addImport(db, { kind, fileName, options, body, createdBy, at: now() })
    return c.json(await told(importId, wordedFor(c)), 201)
  })

  app.openapi(get, async (c) => c.json(await told(c.req.valid('param').importId, wordedFor(c)), 200))

  app.openapi(apply, async (c) => {
    const { importId } = c.req.valid('param')
    const before = await one(importId)
    if (!(await askForImport(db, importId)))
      throw new ApiError('conflict', { detail: say('onlyChecked', { state: say(`importState_${before.state}`) }) })
    return c.json(await told(importId, wordedFor(c)), 202)
  })

  app.openapi(undo, async (c) => {
    const { importId } = c.req.valid('param')
    const { kind, state, report, fileName } = await one(importId)
    const feedId = report?.feedId ?? null
    const previous = state === 'done' ? await replacedBy(db, importId) : undefined
    if (previous === undefined || (kind !== 'fleet' && feedId === null))
      throw new ApiError('conflict', { detail: say('nothingKept') })
    if (kind === 'fleet' && readUndo(previous).version !== (await fleetVersion(db)))
      throw new ApiError('conflict', { detail: say('notTheLastFleetFile') })
    const replacedFile = report?.replaces.map(keptThing).find((thing) => thing.kind === 'timetable')?.fileName
    const undoing = await addImport(db, {
      kind: kind === 'fleet' ? 'fleet' : 'gtfs',
      fileName,
      options: {
        undoOf: importId,
        ...(feedId === null ? {} : { feedId, restores: replacedFile ?? fileName }),
      },
      body: previous,
      createdBy: c.var.caller.name,
      at: now(),
      asked: true,
    })
    return c.json(await told(undoing, wordedFor(c)), 202)
  })

  app.openapi(remove, async (c) => {
    const { importId } = c.req.valid('param')
    if (!(await dropImport(db, importId))) {
      if ((await importJob(db, importId)) === undefined) throw notFound('import', importId)
      throw new ApiError('conflict', { detail: say('importBusy') })
    }
    return c.body(null, 204)
  })
}
