export interface MessageFile {
  /** For people: depot/bg.json. */
  name: string
  folder: string
  language: string
  text: string
}

/** A message of inlang's message format: a text, or a text for each form. */
type Message = string | { declarations?: string[]; selectors?: string[]; match: Record<string, string> }[]

interface Input {
  /** The first is the one that others are held against. */
  languages: readonly string[]
  files: readonly MessageFile[]
  /** All that may name a message as `m.key`. */
  sources: string
}

/** What is wrong with the messages, one sentence each: missing, unused, with other inputs, without a plural form of the language, or empty. */
export function messageProblems({ languages, files, sources }: Input): string[] {
  const [base = 'en', ...others] = languages
  const used = new Set(Array.from(sources.matchAll(/\bm\.([a-z0-9_]+)/g), (found) => found[1]))
  const problems: string[] = doubledKeys(files)
  for (const folder of new Set(files.map((file) => file.folder))) {
    const inFolder = new Map(files.filter((file) => file.folder === folder).map((file) => [file.language, read(file)]))
    const original = inFolder.get(base) ?? {}
    for (const key of Object.keys(original)) {
      if (!used.has(key)) problems.push(`${folder}: ${key} is used by no page`)
    }
    for (const language of languages) {
      const messages = inFolder.get(language) ?? {}
      for (const [key, message] of Object.entries(messages)) {
        const name = `${folder}/${language}.json: ${key}`
        if (texts(message).some((text) => text.trim() === '')) problems.push(`${name} is empty`)
        problems.push(...missingForms(message, language).map((form) => `${name} has no text for ${form}`))
        const first = original[key]
        if (first === undefined) problems.push(`${name} is not in ${base}.json`)
        else if (inputs(first) !== inputs(message))
          problems.push(`${name} takes {${inputs(message)}}, in ${base} {${inputs(first)}}`)
      }
    }
    for (const language of others) {
      const messages = inFolder.get(language) ?? {}
      for (const key of Object.keys(original))
        if (messages[key] === undefined) problems.push(`${folder}/${language}.json: ${key} is missing`)
    }
  }
  return problems
}

/** Keys that stand in two folders, one sentence each. The compiler knows no folders: it hangs on them without a word. */
export function doubledKeys(files: readonly MessageFile[]): string[] {
  const folderOf = new Map<string, string>()
  const doubled = new Set<string>()
  for (const file of files)
    for (const key of Object.keys(read(file))) {
      const first = folderOf.get(key)
      if (first === undefined) folderOf.set(key, file.folder)
      else if (first !== file.folder)
        doubled.add(`${key} is in both web/messages/${first} and web/messages/${file.folder}`)
    }
  return [...doubled]
}

const read = (file: MessageFile): Record<string, Message> => JSON.parse(file.text) as Record<string, Message>

const texts = (message: Message): string[] =>
  typeof message === 'string' ? [message] : message.flatMap((variant) => Object.values(variant.match))

function inputs(message: Message): string {
  const named = texts(message).flatMap((text) => Array.from(text.matchAll(/\{(\w+)\}/g), (found) => found[1] ?? ''))
  const declared =
    typeof message === 'string'
      ? []
      : message.flatMap((variant) =>
          (variant.declarations ?? []).flatMap((line) => /^input (\w+)/.exec(line)?.[1] ?? []),
        )
  return [...new Set([...named, ...declared])].sort().join(', ')
}

/** The plural forms that a language's numbers can take (CLDR) and that a message by plural has no text for. */
function missingForms(message: Message, language: string): string[] {
  if (typeof message === 'string') return []
  return message.flatMap(({ declarations = [], selectors = [], match }) => {
    const plurals = new Set(declarations.flatMap((line) => /^local (\w+) = \w+: plural/.exec(line)?.[1] ?? []))
    return selectors
      .filter((selector) => plurals.has(selector))
      .flatMap((selector) => {
        const form = new RegExp(`\\b${selector}=(\\w+|\\*)`)
        const given = new Set(Object.keys(match).flatMap((key) => form.exec(key)?.[1] ?? []))
        if (given.has('*')) return []
        return new Intl.PluralRules(language)
          .resolvedOptions()
          .pluralCategories.filter((category) => !given.has(category))
          .map((category) => `${selector}=${category}`)
      })
  })
}
