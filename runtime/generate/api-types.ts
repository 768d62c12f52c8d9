import { mkdir, writeFile } from 'node:fs/promises'
import { readFileSync } from 'node:fs'
import openapiTypescript, { astToString } from 'openapi-typescript'
import { Kysely, DummyDriver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { Database } from '../../db/database.ts'
import { createApp } from '../../fleet-api/app.ts'
import { apiDocument } from '../../fleet-api/openapi.ts'

const FOLDER = new URL('../../web/generated/', import.meta.url)

/** Writes the API's OpenAPI document and the TypeScript types that the pages are checked against. Needs no database. */
export async function generate(): Promise<void> {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  const silent = (): void => {}
  const app = createApp({
    db: new Kysely<Database>({
      dialect: {
        createAdapter: () => new PostgresAdapter(),
        createDriver: () => new DummyDriver(),
        createIntrospector: (db) => new PostgresIntrospector(db),
        createQueryCompiler: () => new PostgresQueryCompiler(),
      },
    }),
    gateway: { send: () => Promise.resolve({ outcome: 'offline' }) },
    now: () => new Date(),
    log: { debug: silent, info: silent, warn: silent, error: silent },
    access: { adminKey: null, open: false },
    clock: { speed: 1, demo: false },
    outbound: { allowPrivate: false },
    version,
  })
  const document = JSON.stringify(apiDocument(app, version), null, 2)
  const types = astToString(await openapiTypescript(document, { alphabetize: true, defaultNonNullable: false }))
  await mkdir(FOLDER, { recursive: true })
  await writeFile(new URL('openapi.json', FOLDER), document)
  await writeFile(
    new URL('api.d.ts', FOLDER),
    `// Generated from the API's own routes by \`npm run generate\`.\n\n${types}`,
  )
}
