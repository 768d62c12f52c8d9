import { jsonFault } from '../../domain/json-fault.ts'
import { Refused } from '../../domain/sentences/refused.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'

/** What was given cannot be stored. */
export class ImportRefused extends Refused {
  override name = 'ImportRefused'
}

/** Throws ImportRefused on what is no JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new ImportRefused(jsonRefusal(text, name))
  }
}

function jsonRefusal(text: string, file: string): Sentence {
  const fault = jsonFault(text)
  if (fault === null) return say('jsonUnreadable', { file })
  const { line, column, found } = fault
  return found === '' ? say('jsonEnds', { file, line }) : say('jsonUnexpected', { file, line, column, found })
}

/** Problems of a file, the first twenty in full. */
export function refusal(file: string, problems: readonly Sentence[]): ImportRefused {
  const shown = problems.slice(0, 20)
  const more = problems.length > shown.length ? [say('moreProblems', { n: problems.length - shown.length })] : []
  return new ImportRefused(say('notStored', { file }), [...shown, ...more])
}
