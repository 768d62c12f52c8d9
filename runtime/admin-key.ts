import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key with all rights that this folder keeps, made at the first start and readable by its owner alone. */
export function keptAdminKey(dataDirectory: string): { key: string; path: string; made: boolean } {
  const path = join(dataDirectory, 'admin-key')
  mkdirSync(dataDirectory, { recursive: true })
  const key = randomBytes(24).toString('hex')
  try {
    writeFileSync(path, `${key}\n`, { flag: 'wx', mode: 0o600 })
    return { key, path, made: true }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return { key: readFileSync(path, 'utf8').trim(), path, made: false }
  }
}
