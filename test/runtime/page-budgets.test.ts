import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const DIST = new URL('../../web/dist/', import.meta.url)

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}

/** Script and style that a page loads before it can be used, gzipped, in bytes: its document's entry and what that imports, and the parts named. */
function weight(...entries: string[]): number {
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', DIST), 'utf8')) as Record<string, Chunk>
  const files = new Set<string>()
  const visit = (key: string): void => {
    const chunk = manifest[key]
    if (chunk === undefined) throw new Error(`the build knows no ${key}`)
    if (files.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const entry of entries) visit(entry)
  return [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, DIST))).length, 0)
}

test.each([
  ['the driver’s page', 60_000, ['driver.html']],
  ['the stop board', 60_000, ['stop.html']],
  ['the stop finder', 60_000, ['stops.html']],
  ['the depot page', 150_000, ['index.html', 'depot/DepotPage.svelte']],
])('%s weighs at most %i bytes, gzipped', (_, most, entries) => {
  expect(weight(...entries)).toBeLessThanOrEqual(most)
})
