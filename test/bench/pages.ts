import { parseArgs } from 'node:util'
import { measureFirstRender } from './pages/first-render.ts'
import { measureUpdates } from './pages/updates.ts'

/** A machine four times slower than the one at hand. */
const SLOWER = 4

/** `npm run bench -- pages`: how soon each page stands on a slow machine, and how smoothly the depot page of a large depot follows its readings. */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { vehicles: { type: 'string', default: '500' }, seconds: { type: 'string', default: '20' } },
  })
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  await measureFirstRender(SLOWER, say)
  await measureUpdates(Number(values.vehicles), { seconds: Number(values.seconds), slower: SLOWER, say })
}
