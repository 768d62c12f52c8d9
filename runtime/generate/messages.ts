import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { compile } from '@inlang/paraglide-js'
import { readMessageFiles } from './message-files.ts'
import { doubledKeys, type MessageFile } from './message-problems.ts'

const WEB = new URL('../../web/', import.meta.url)
const path = (name: string): string => fileURLToPath(new URL(name, WEB))

/**
 * Compiles web/messages/ into one typed function a message, so that a page carries only the messages that it uses. The project file that the compiler
 * reads is made here, because it must name every folder of messages. Throws when a key stands in two folders, on which the compiler would hang.
 */
export async function generate(): Promise<void> {
  const { languages, files } = await readMessageFiles()
  const doubled = doubledKeys(files)
  if (doubled.length > 0)
    throw new Error(`A message's key may stand in one folder only:\n${doubled.map((one) => `  ${one}`).join('\n')}`)
  const made = await fingerprint(files, languages)
  // Compiling takes ten seconds, and most changes are of something else.
  if ((await readFile(path('generated/messages/made-of'), 'utf8').catch(() => '')) === made) return
  await mkdir(path('generated/project.inlang'), { recursive: true })
  const settings = {
    baseLocale: languages[0],
    locales: languages,
    telemetry: 'off',
    modules: ['../../node_modules/@inlang/plugin-message-format/dist/index.js'],
    'plugin.inlang.messageFormat': {
      pathPattern: [...new Set(files.map((file) => file.folder))].map(
        (folder) => `../messages/${folder}/{locale}.json`,
      ),
    },
  }
  await writeFile(path('generated/project.inlang/settings.json'), JSON.stringify(settings, null, 2))
  await compile({
    project: path('generated/project.inlang'),
    outdir: path('generated/messages'),
    strategy: ['globalVariable', 'baseLocale'],
    emitTsDeclarations: true,
    emitGitIgnore: false,
    emitPrettierIgnore: false,
    emitReadme: false,
    cleanOutdir: true,
  })
  await writeFile(path('generated/messages/made-of'), made)
}

/** Of everything that the compiled messages hang on. */
async function fingerprint(files: readonly MessageFile[], languages: readonly string[]): Promise<string> {
  const hash = createHash('sha256')
    .update(languages.join())
    .update(await readFile(new URL(import.meta.url)))
  for (const name of ['paraglide-js', 'plugin-message-format']) {
    hash.update(await readFile(path(`../node_modules/@inlang/${name}/package.json`)))
  }
  for (const { folder, language, text } of files) hash.update(`${folder}/${language}`).update(text)
  return hash.digest('hex')
}
