import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { messageProblems, type MessageFile } from './message-problems.ts'

/** `npm run check`: every message in every language, with the same inputs and the language's plural forms, and none that no page uses. */
const WEB = fileURLToPath(new URL('../../web', import.meta.url))

async function messageFiles(): Promise<{ languages: string[]; files: MessageFile[] }> {
  const folder = join(WEB, 'messages')
  const { languages } = JSON.parse(await readFile(join(folder, 'languages.json'), 'utf8')) as { languages: string[] }
  const folders = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  const files = await Promise.all(
    folders.flatMap(({ name }) =>
      languages.map(async (language): Promise<MessageFile> => {
        const text = await readFile(join(folder, name, `${language}.json`), 'utf8')
        return { name: `${name}/${language}.json`, folder: name, language, text }
      }),
    ),
  )
  return { languages, files }
}

async function sources(): Promise<string> {
  const entries = await readdir(WEB, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[/\\](generated|dist)[/\\]/.test(path) && !path.endsWith('.test.ts'))
  return (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join('\n')
}

const problems = messageProblems({ ...(await messageFiles()), sources: await sources() })
for (const problem of problems) console.error(problem)
if (problems.length > 0) {
  console.error(`${problems.length} problems with the messages in web/messages.`)
  process.exitCode = 1
}
