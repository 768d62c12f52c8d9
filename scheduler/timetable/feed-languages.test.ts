import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { FEED_REFUSAL_WORDS } from '../../domain/sentences/words/feed-refusal-words.ts'
import { FEED_WORDS } from '../../domain/sentences/words/feed-words.ts'
import { Refused } from '../../domain/sentences/refused.ts'
import { Sentence } from '../../domain/sentences/sentence.ts'
import { readFeed } from './read-feed.ts'
import { smallFeed } from './small-feed.ts'
import { unzip } from './unzip.ts'

const HEADER = 'trip_id,arrival_time,departure_time,stop_id,stop_sequence'
const TIMES = `${HEADER}\nT1,06:00:00,06:00:00,S1,1\nT1,06:10:00,06:10:00,S3,3`
const TRIPS = 'trip_id,route_id,service_id,block_id'
const DAYS = 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date'
const agency = (zone: string): string => `agency_id,agency_name,agency_url,agency_timezone\nA,A,https://a.bg,${zone}`
const along = (...metres: number[]): string =>
  `${HEADER},shape_dist_traveled\n${metres.map((m, i) => `T1,06:${10 + i}:00,06:${10 + i}:00,S${i + 1},${i + 1},${m}`).join('\n')}`

/** Feeds with every mistake that is found, mended or refused. */
const DIRTY: Record<string, string | undefined>[] = [
  { 'stops.txt': 'stop_id, stop_name ,stop_lat,stop_lon,stop_name\nS1 ,A,42,23\n,B,42,23\nS3,\0\u{FFFD}' },
  { 'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon,parent_station\nS1,A,0,0,P\nS3,B,,,\nS3,C,42,23,' },
  { 'notes.txt': 'x', 'routes.txt': 'route_id,route_short_name,route_type,colour\nR,12,3,blue' },
  { 'routes.txt': 'route_id,route_short_name\nR,"12' },
  { 'agency.txt': `${agency('EET')}\nB,B,https://b.bg,Europe/Sofia` },
  { 'agency.txt': agency('') },
  { 'agency.txt': agency('UTC+2') },
  { 'stop_times.txt': TIMES.replace('06:00:00,S1', '05:00:00,S1') },
  { 'stop_times.txt': TIMES.replace('06:10:00,06:10:00', '05:10:00,05:10:00') },
  { 'stop_times.txt': TIMES.replace('06:10:00,06:10:00', 'ten,') },
  {
    'stop_times.txt': `${TIMES}\nT1,06:10:00,06:10:00,S3,3\nT1,06:12:00,06:12:00,S3,x\nT1,06:12:00,06:12:00,S9,4\nT9,,,S1,1`,
  },
  { 'stop_times.txt': `${HEADER}\nT1,06:00:00,06:00:00,S1,1` },
  { 'stop_times.txt': undefined },
  { 'trips.txt': `${TRIPS}\nT1,R,WD,B1\nT2,R,NO,B1\nT3,NO,WD,B1` },
  { 'trips.txt': 'trip_id,route_id,service_id,block_id,shape_id\nT1,R,WD,B1,NO' },
  { 'trips.txt': `${TRIPS}\nT1,R,NO,B1` },
  { 'trips.txt': `${TRIPS}\nT1,R,WD,` },
  {
    'trips.txt': `${TRIPS}\nT1,R,WD,B1\nT2,R,WD,B1\nT3,R,WD,`,
    'stop_times.txt': `${TIMES}\nT2,06:05:00,06:05:00,S1,1\nT2,06:20:00,06:20:00,S3,2\nT3,07:05:00,07:05:00,S1,1\nT3,07:20:00,07:20:00,S3,2`,
  },
  {
    'trips.txt': `${TRIPS}\nT1,R,WD,B1\nT2,R,WD,B2`,
    'stop_times.txt': `${TIMES}\nT2,07:05:00,07:05:00,S1,1\nT2,07:20:00,07:20:00,S3,2`,
    'transfers.txt': 'from_trip_id,to_trip_id,transfer_type\nT1,T2,4\nT1,T9,4\nT2,T1,4',
    'vehicles.txt': 'vehicle_id\nV1',
    'vehicle_assignments.txt':
      'date,service_id,block_id,vehicle_id\n,WD,B1,V1\n,WD,B1,V1\n,WD,B9,V1\n,WD,B1,V9\n2026,WD,B1,V1',
    'trips_supplement.txt': 'trip_id,TODS_delete\nT9,1',
  },
  {
    'frequencies.txt':
      'trip_id,start_time,end_time,headway_secs\nT1,07:00:00,08:00:00,1200\nT9,07:00:00,08:00:00,1200\nT1,8,7,0',
  },
  { 'calendar.txt': `${DAYS}\nWD,1,1,1,1,1,0,0,2026,2026\nWE,1,0,0,0,0,0,0,20261129,20261123` },
  {
    'calendar.txt': `${DAYS}\nWD,1,1,1,1,1,0,0,20000101,20301231`,
    'calendar_dates.txt': 'service_id,date,exception_type\nWD,20261128,3',
  },
  { 'calendar.txt': undefined },
  { 'calendar.txt': `${DAYS}\nWD,1,1,1,1,1,0,0,20201123,20201129` },
  { 'calendar.txt': `${DAYS}\nWD,1,1,1,1,1,0,0,20261101,20261103` },
  { 'shapes.txt': 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nSH,north,23,1' },
  {
    'trips.txt': 'trip_id,route_id,service_id,block_id,shape_id\nT1,R,WD,B1,SH',
    'shapes.txt': 'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nSH,42.00,23.10,1\nSH,42.0001,23.10,2',
  },
  { 'stop_times.txt': along(0, 2, 1) },
  { 'stop_times.txt': along(0, 1.2, 2.4) },
  { 'stop_times.txt': along(0, 3900, 7800) },
  { 'stop_times.txt': along(0, 0.75, 1.5) },
  { 'stop_times.txt': along(0, 60, 120) },
  {
    'trips.txt': `${TRIPS}\nT1,R,WD,B1\nT2,R,WD,B2\nT3,R,WD,B3`,
    'stop_times.txt': ['T1', 'T2', 'T3'].reduce(
      (text, trip, i) =>
        `${text}\n${trip},06:00:00,06:00:00,S1,1,0\n${trip},06:10:00,06:10:00,S3,2,${i === 0 ? 90_000 : 2400}`,
      `${HEADER},shape_dist_traveled`,
    ),
  },
  { 'stops.txt': 'stop_id,stop_name,stop_lat,stop_lon' },
]

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text)
const ZIP = zipSync({ 'trips.txt': encoded('x'.repeat(2000)) })

/** The zip with a part of it put otherwise, counted from its end when negative. */
function damaged(at: number, ...bytes: number[]): Uint8Array {
  const copy = new Uint8Array(ZIP)
  copy.set(bytes, at < 0 ? copy.length + at : at)
  return copy
}

// The directory is 46 + 9 bytes long and the record behind it 22; the file begins after 30 + 9.
const [ENTRY, DATA] = [22 + 46 + 9, 30 + 9]
const BAD_ZIPS: (() => unknown)[] = [
  () => unzip(encoded('no zip')),
  () => unzip(ZIP, { maxFiles: 0, maxFileBytes: 1, maxTotalBytes: 1 }),
  () => unzip(ZIP, { maxFiles: 9, maxFileBytes: 1, maxTotalBytes: 1 }),
  () => unzip(damaged(-ENTRY, 0)),
  () => unzip(damaged(-ENTRY + 8, 1)),
  () => unzip(damaged(-ENTRY + 10, 99)),
  () => unzip(damaged(-ENTRY + 24, 255, 255, 255, 255)),
  () => unzip(damaged(-ENTRY + 20, 255, 255, 0, 0)),
  () => unzip(damaged(-ENTRY + 16, 0, 0, 0, 0)),
  () => unzip(damaged(0, 0)),
  () => unzip(damaged(DATA, 255)),
  () => unzip(damaged(-ENTRY + 20, 2, 0, 0, 0)),
  () => unzip(zipSync({ 'a/x.txt': encoded('x'), 'b/x.txt': encoded('x') })),
]

/** All that is said of them, each with the sentences within. */
function everything(): Sentence[] {
  const said: unknown[] = DIRTY.flatMap((changes) => {
    const { report } = readFeed(smallFeed(changes), { fileName: 'small.zip', today: '2026-11-01' })
    const found = report.findings.flatMap(({ message, examples }) => [message, ...examples.map((one) => one.detail)])
    return [report.refused, ...found]
  })
  for (const open of BAD_ZIPS) {
    try {
      open()
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      said.push(error.said)
    }
  }
  return said.filter((one) => one instanceof Sentence)
}

function codesIn(said: Sentence): string[] {
  return [
    said.code,
    ...Object.values(said.values).flatMap((value) => (value instanceof Sentence ? codesIn(value) : [])),
  ]
}

test('whatever is found in a feed, or refuses it, is said whole and in the reader’s language', () => {
  // Names of files and columns, of standards and places, what the feed itself has in quotes, and ids.
  const own =
    /\w+\.txt|\w+_\w+|[„«][^“»]*[“»]|Europe\/Sofia|\b(?:GTFS|TODS|IANA|NUL|UTF|CSV|zip|EET|[MG]B)\b|\b[A-Z]{1,2}\d?\b|ten|[ab]\//g
  for (const said of everything()) {
    const english = said.in('en')
    expect(english).not.toMatch(/\?|undefined|\{|\[object/)
    for (const language of ['bg', 'uk'] as const) {
      const text = said.in(language)
      expect(text).not.toMatch(/\?|undefined|\{|\[object/)
      expect([text, text.replaceAll(own, '').match(/[A-Za-z]{2,}/g)]).toEqual([text, null])
    }
  }
})

test('nothing is in the dictionary that nobody says', () => {
  const said = new Set(everything().flatMap(codesIn))
  // Said by the importer, which knows of other feeds; and by libraries in cases that they no longer meet.
  const elsewhere = ['todsWithoutFeed', 'severalFeeds', 'feedFilesGone', 'feedUnusable', 'csvUnreadable']
  const unpacking = ['unpackEnds', 'unpackBlock', 'unpackLength', 'unpackDistance', 'unpackInvalid']
  const all = new Set(Object.keys({ ...FEED_WORDS, ...FEED_REFUSAL_WORDS }))
  expect([...all.difference(said)].filter((code) => ![...elsewhere, ...unpacking].includes(code))).toEqual([])
})
