import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'

/**
 * `npm run test:postgres [-- vitest options]`: the suites that use a database, on a real PostgreSQL instead of PGlite. They get a
 * database of their own on the server of TEST_DATABASE_URL, which is dropped afterwards.
 */
const SUITES = ['test/flow', 'test/conformance', 'test/runtime']
const server = process.env['TEST_DATABASE_URL'] ?? 'postgres://root@127.0.0.1:5432/postgres'
const name = `zaryad_test_${process.pid}`

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const own = new URL(server)
own.pathname = `/${name}`
await onServer(`create database ${name}`)
try {
  const vitest = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', ...SUITES, ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: own.href } },
  )
  const [code] = (await once(vitest, 'exit')) as [number | null]
  process.exitCode = code ?? 1
} finally {
  await onServer(`drop database ${name} with (force)`)
}
