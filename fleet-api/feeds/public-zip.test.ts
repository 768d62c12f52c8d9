import { strToU8, unzipSync, Zip, ZipDeflate, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { publicZip } from './public-zip.ts'

const files = {
  'agency.txt': strToU8('agency_id,agency_name\nA,City\n'),
  'stops.txt': strToU8(`stop_id,stop_name\n${'1,Грамада\n'.repeat(500)}`),
  'vehicle_assignments.txt': strToU8('service_id,block_id,vehicle_id\n'),
  'run_events.txt': strToU8('run_id,employee_id\n'),
  'notes.txt': strToU8('for us only'),
}

test('only the timetable itself is given away, byte for byte', () => {
  const open = unzipSync(publicZip(zipSync(files)))
  expect(Object.keys(open)).toEqual(['agency.txt', 'stops.txt'])
  expect(open['stops.txt']).toEqual(files['stops.txt'])
})

test('a zip that was written as a stream, sizes behind the data, is read too', () => {
  const parts: Uint8Array[] = []
  const zip = new Zip((error, part) => {
    if (error) throw error
    parts.push(part)
  })
  for (const [name, bytes] of Object.entries(files)) {
    const file = new ZipDeflate(name)
    zip.add(file)
    file.push(bytes, true)
  }
  zip.end()
  const open = unzipSync(publicZip(new Uint8Array(Buffer.concat(parts))))
  expect(open['stops.txt']).toEqual(files['stops.txt'])
  expect(Object.keys(open)).toHaveLength(2)
})

test('what is no zip is refused', () => {
  expect(() => publicZip(strToU8('GTFS, honestly. '.repeat(10)))).toThrow(RangeError)
  const cut = zipSync(files).subarray(40)
  expect(() => publicZip(cut)).toThrow(RangeError)
})
