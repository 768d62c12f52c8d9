import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser } from 'playwright-core'
import { openPage, type WatchedPage } from './browser.ts'
import { startProgram } from './program.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const ADMIN = { name: 'Ana', email: 'ana@depot.example', password: 'a b c d e f g h i' }

export interface OwnServer {
  /** The one-time link that it printed. */
  welcome: string
  close(): Promise<void>
}

/**
 * `npm start` on a database of its own, with what `imports` (arguments of `npm run import`) put in before and more settings. Nobody is admin yet.
 */
export async function startOwnServer(
  imports: readonly (readonly string[])[] = [],
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'zaryad-own-'))
  const environment = { DATA_DIR: folder, HOST: '127.0.0.1', ...settings }
  for (const given of imports)
    await promisify(execFile)(process.execPath, ['runtime/cli/import.ts', ...given], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
    })
  const program = await startProgram(['--port', '0'], environment, (printed) => {
    const welcome = /(http:\S+\/welcome\?token=\S+)/.exec(printed)?.[1]
    return welcome === undefined ? undefined : { welcome }
  })
  return {
    welcome: program.facts.welcome,
    async close() {
      await program.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Opens the first one-time link as a person would, and ends signed in on the first page. */
export async function becomeAdmin(browser: Browser, welcome: string): Promise<WatchedPage> {
  const watched = await openPage(browser, welcome, { viewport: { width: 1360, height: 900 } }, 'form')
  const { page } = watched
  await page.getByLabel('Name').fill(ADMIN.name)
  await page.getByLabel('E-mail address').fill(ADMIN.email)
  await page.getByLabel(/^Password/).fill(ADMIN.password)
  await page.getByRole('button', { name: 'Go on' }).click()
  await page.waitForURL((url) => url.pathname === '/')
  return watched
}
