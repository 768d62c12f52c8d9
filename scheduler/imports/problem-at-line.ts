import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { CsvProblem } from '../prices/series-csv.ts'

export function problemAtLine({ line, said }: CsvProblem): Sentence {
  return say('problemAtLine', { line, problem: said })
}
