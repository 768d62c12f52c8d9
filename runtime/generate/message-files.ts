import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MessageFile } from './message-problems.ts'

const MESSAGES = fileURLToPath(new URL('../../web/messages', import.meta.url))

/** The languages, the base first, and all files of messages, folder by folder. */
export async function readMessageFiles(folder = MESSAGES): Promise<{ languages: string[]; files: MessageFile[] }> {
  const { languages } = JSON.parse(await readFile(join(folder, 'languages.json'), 'utf8')) as { languages: string[] }
  const folders = (await readdir(folder, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const files = await Promise.all(
    folders.flatMap((name) =>
      languages.map(async (language): Promise<MessageFile> => {
        const text = await readFile(join(folder, name, `${language}.json`), 'utf8')
        return { name: `${name}/${language}.json`, folder: name, language, text }
      }),
    ),
  )
  return { languages, files }
}
