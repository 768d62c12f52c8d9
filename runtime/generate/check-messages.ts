import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readMessageFiles } from './message-files.ts'
import { messageProblems } from './message-problems.ts'

/** `npm run check`: every message in every language, with the same inputs and the language's plural forms, and none that no page uses. */
const WEB = fileURLToPath(new URL('../../web', import.meta.url))

async function sources(): Promise<string> {
  const entries = await readdir(WEB, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[/\\](generated|dist)[/\\]/.test(path) && !path.endsWith('.test.ts'))
  return (await Promise.all(paths.map((path) => readFile(path, 'utf8')))).join('\n')
}

const problems = messageProblems({ ...(await readMessageFiles()), sources: await sources() })
for (const problem of problems) console.error(problem)
if (problems.length > 0) {
  console.error(`${problems.length} problems with the messages in web/messages.`)
  process.exitCode = 1
}
