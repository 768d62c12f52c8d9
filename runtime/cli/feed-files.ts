import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { feedFiles, type FeedFiles } from '../../scheduler/imports/feed-files.ts'
import { unzip, ZIP_LIMITS } from '../../scheduler/timetable/unzip.ts'

/** What was given holds no feed. */
export class NoFeedFiles extends Error {
  override name = 'NoFeedFiles'
}

/**
 * The text files of a feed given as zips and folders, later ones over earlier ones: a GTFS feed, then its TODS folder. Throws NoFeedFiles when one is
 * neither or is too large, FeedRefused when one is broken.
 */
export async function readFeedFiles(paths: readonly string[]): Promise<FeedFiles> {
  const files = new Map<string, Uint8Array>()
  for (const path of paths) {
    const found = await stat(path).catch(() => null)
    if (found === null) throw new NoFeedFiles(`there is no file or folder ${path}`)
    const part = found.isDirectory() ? await readFolder(path) : unzip(await readFile(path))
    if (part.size === 0) throw new NoFeedFiles(`${path} holds no files`)
    for (const [name, content] of part) files.set(name, content)
  }
  return feedFiles(paths.map((path) => basename(resolve(path))).join(' + '), files)
}

async function readFolder(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>()
  let total = 0
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.txt')) continue
    const content = await readFile(join(folder, entry.name))
    total += content.length
    if (total > ZIP_LIMITS.maxTotalBytes) throw new NoFeedFiles(`${folder} holds more than 2 GB`)
    files.set(entry.name, content)
  }
  return files
}
