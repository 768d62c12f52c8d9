/** What was given cannot be stored; the message says why. Nothing has changed. */
export class ImportRefused extends Error {
  override name = 'ImportRefused'
}

/** Throws ImportRefused on what is no JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ImportRefused(`${name} is no JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** `1 trip`, `3 trips`. */
export function counted(count: number | undefined, thing: string): string {
  return `${count ?? 0} ${thing}${count === 1 ? '' : 's'}`
}

/** Problems of a file, the first twenty in full. */
export function refusal(name: string, problems: readonly string[]): ImportRefused {
  const shown = problems.slice(0, 20).map((problem) => `  ${problem}`)
  const more = problems.length > shown.length ? [`  … and ${problems.length - shown.length} more`] : []
  return new ImportRefused([`${name} was not stored:`, ...shown, ...more].join('\n'))
}

/** Where a problem is in a file, and what it is. */
export function issueLine(issue: { path: PropertyKey[]; message: string }): string {
  return `${issue.path.join('.') || 'file'}: ${issue.message}`
}
