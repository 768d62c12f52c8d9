import type { z } from '@hono/zod-openapi'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import * as schemas from '../../fleet-api/schemas/depot.ts'
import { examples } from '../../fleet-api/schemas/examples.ts'
import { emptyApi, KEY } from './api-depot.ts'

const METHODS = new Set(['get', 'post', 'put', 'patch', 'delete'])

interface SchemaPart {
  $ref?: string
  example?: unknown
  enum?: unknown[]
  const?: unknown
  items?: SchemaPart
  properties?: Record<string, SchemaPart>
  oneOf?: SchemaPart[]
  anyOf?: SchemaPart[]
  allOf?: SchemaPart[]
}

interface Content {
  content?: Record<string, { schema?: SchemaPart; example?: unknown }>
}

interface Operation {
  operationId?: string
  summary?: string
  description?: string
  security?: object[]
  requestBody?: Content & { required?: boolean }
  responses: Record<string, Content>
}

interface ApiDocument {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: object }
}

async function operations() {
  const { app } = await emptyApi()
  const answer = await app.request('/api/v1/openapi.json')
  const document = (await answer.json()) as ApiDocument
  return {
    app,
    document,
    list: Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([method]) => METHODS.has(method))
        .map(([method, operation]) => ({ path, method, operation })),
    ),
  }
}

test('every route says what it does, who may call it and how it fails', async () => {
  const { document, list } = await operations()
  expect(document.openapi).toBe('3.1.0')
  expect(list.length).toBeGreaterThan(30)
  const faults = list.flatMap(({ path, method, operation }) => {
    const failures = Object.entries(operation.responses).filter(([status]) => Number(status) >= 400)
    const checks = {
      'no summary': !operation.summary,
      'no description': !operation.description,
      'no security': !operation.security?.length,
      'a body that may be left out': operation.requestBody !== undefined && operation.requestBody.required !== true,
      'no failures': path.startsWith('/api/v1/') && path !== '/api/v1/info' && failures.length === 0,
      'failures of another form': failures.some(
        ([, { content }]) => path !== '/readyz' && Object.keys(content ?? {}).join(' ') !== 'application/problem+json',
      ),
    }
    return Object.entries(checks).flatMap(([fault, wrong]) => (wrong ? [`${method} ${path}: ${fault}`] : []))
  })
  expect(faults).toEqual([])
  expect(new Set(list.map(({ operation }) => operation.operationId)).size).toBe(list.length)
})

test('what the document calls closed is closed, and what it calls open is open', async () => {
  const { app, list } = await operations()
  for (const { path, method, operation } of list) {
    const url = path.replaceAll(/\{[^}]+\}/g, '1')
    const answer = await app.request(url, { method: method.toUpperCase() })
    await answer.body?.cancel()
    const open = operation.security?.some((one) => Object.keys(one).length === 0) ?? false
    expect({ method, path, closed: answer.status === 401 }).toEqual({ method, path, closed: !open })
    expect(open || '401' in operation.responses).toBe(true)
  }
})

test('every body and every JSON answer shows an example', async () => {
  const { document, list } = await operations()
  const schemas = document.components.schemas as Record<string, SchemaPart>
  const shows = (schema: SchemaPart | undefined): boolean => {
    if (schema === undefined) return false
    if (schema.example !== undefined || schema.enum !== undefined || schema.const !== undefined) return true
    if (schema.$ref !== undefined) return shows(schemas[schema.$ref.split('/').at(-1) ?? ''])
    if (schema.items !== undefined) return shows(schema.items)
    if (schema.properties === undefined) return (schema.oneOf ?? schema.anyOf ?? schema.allOf ?? []).some(shows)
    // The cursor of a page is opaque.
    return Object.entries(schema.properties).every(([name, member]) => name === 'next' || shows(member))
  }
  const missing = list.flatMap(({ path, method, operation }) => {
    const answers = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'))
    const contents = [['body', operation.requestBody] as const, ...answers]
    return contents.flatMap(([name, part]) => {
      const json = part?.content?.['application/json']
      return json === undefined || json.example !== undefined || shows(json.schema) ? [] : [`${method} ${path} ${name}`]
    })
  })
  expect(missing).toEqual([])
})

test('every example is as the document itself says that it must be', async () => {
  const { document } = await operations()
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true })
  ajv.addSchema({ $id: 'document:', ...document })
  const wrong: string[] = []
  const visit = (part: unknown, path: string): void => {
    if (typeof part !== 'object' || part === null) return
    const { example, schema, allOf } = part as { example?: unknown; schema?: unknown; allOf?: { type?: string[] }[] }
    // All of them at once: a null that only one of them allows is none.
    if (allOf?.some(({ type }) => Array.isArray(type) && type.includes('null'))) wrong.push(`${path}: null`)
    // An example stands in its schema, or beside it; a member that is called so is a schema itself.
    const isMembers = path.endsWith('/properties')
    if (example !== undefined && !isMembers) {
      const validate = ajv.compile({ $ref: `document:#${path}${schema === undefined ? '' : '/schema'}` })
      if (!validate(example)) wrong.push(`${path}: ${ajv.errorsText(validate.errors)}`)
    }
    for (const [name, member] of Object.entries(part))
      if (name !== 'example' || isMembers)
        visit(member, `${path}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`)
  }
  visit(document, '')
  expect(wrong).toEqual([])
})

test('every reference in the document leads to something', async () => {
  const { document } = await operations()
  const text = JSON.stringify(document)
  const named = new Set(text.matchAll(/"#\/components\/schemas\/([^"]+)"/g).map((match) => match[1]))
  expect(Object.keys(document.components.schemas)).toEqual(expect.arrayContaining([...named, 'LiveChanges']))
})

test('the reference page lists every route and loads nothing from anywhere', async () => {
  const { app, list } = await operations()
  const answer = await app.request('/docs')
  expect(answer.headers.get('content-type')).toContain('text/html')
  const page = await answer.text()
  for (const { path, operation } of list) {
    expect(page).toContain(`id="${operation.operationId}"`)
    expect(page).toContain(path)
  }
  expect(page).not.toMatch(/<script|<img|src=|@import|url\(|undefined|\[object/)
  for (const [link] of page.matchAll(/<link[^>]*>/g)) expect(link).toMatch(/href="\/[a-z.]+"/)
  expect(page.match(/href="https?:/g)).toBeNull()
})

test('health asks the database; readiness names what is missing until jobs run', async () => {
  const { app, db, clock } = await emptyApi()
  clock.now = new Date()
  expect(await (await app.request('/healthz')).json()).toEqual({ status: 'ok' })
  const waiting = await app.request('/readyz')
  expect(waiting.status).toBe(503)
  expect(await waiting.json()).toEqual({
    ready: false,
    writable: true,
    migrated: true,
    partitions: true,
    jobs: false,
  })
  await db
    .insertInto('job_run')
    .values({ job: 'replan', started_at: clock.now, finished_at: clock.now, error: null })
    .execute()
  const ready = await app.request('/readyz')
  expect(ready.status).toBe(200)
  clock.now = new Date(clock.now.getTime() + 16 * 60_000)
  expect(await (await app.request('/readyz')).json()).toMatchObject({ ready: false, jobs: false })
})

test('an answer that is not for everyone stays closed however the path is written', async () => {
  const { app } = await emptyApi()
  for (const path of ['/api/v1/info/../vehicles', '/api/v1//vehicles', '/api/v1/vehicles/', '/api/v1/%76ehicles']) {
    const answer = await app.request(path)
    expect({ path, told: ![401, 404].includes(answer.status) }).toEqual({ path, told: false })
  }
  expect((await app.request('/api/v1/vehicles', { headers: { Authorization: `bearer ${KEY}` } })).status).toBe(200)
})

test('the examples are what they are examples of', () => {
  for (const [name, example] of Object.entries(examples)) {
    const schema = (schemas as Record<string, unknown>)[name] as z.ZodType
    expect(schema.parse(example)).toEqual(example)
  }
})
