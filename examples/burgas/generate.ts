/**
 * Writes gtfs/, tods/ and fleet.json of this folder: `node examples/burgas/generate.ts`. The same files come out every time.
 * What is real and what is typical is said in README.md.
 */
import { writeFileSync } from 'node:fs'
import { compactJson } from '../parts/compact-json.ts'
import { writeGtfs } from '../parts/write-gtfs.ts'
import { writeTods } from '../parts/write-tods.ts'
import { depot } from './depot.ts'
import { fleet, vehicles } from './fleet.ts'
import { lines } from './lines.ts'
import { blocks } from './work.ts'

const here = import.meta.dirname
const trips = blocks.flatMap((block) => block.trips)
writeGtfs(`${here}/gtfs`, {
  agency: { id: 'burgasbus', name: 'Бургасбус', url: 'https://www.burgas.bg' },
  lines: Object.values(lines),
  trips,
})
writeTods(`${here}/tods`, { depot, trips, vehicles, assignments: blocks.map((block) => block.assignment) })
writeFileSync(`${here}/fleet.json`, `${compactJson(fleet)}\n`)
