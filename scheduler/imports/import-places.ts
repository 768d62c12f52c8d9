import { z } from 'zod'
import type { Db } from '../../db/database.ts'
import { placeSources, putPlaceSource, type PlaceSource } from '../../db/place-sources.ts'
import { storeSourcePlaces } from '../../db/store-places.ts'
import { PLACE_KINDS, placeMapping } from '../../domain/place.ts'
import { placesOfGeojson } from '../../domain/places/geojson.ts'
import { listed } from '../../domain/sentences/said.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { counted } from './counted.ts'
import { ImportRefused, parseJson } from './import-refused.ts'
import type { SourceReading } from '../../domain/places/source-place.ts'

/** What a GeoJSON file may say of itself in a member of its own, `source`. */
const ownSource = z.object({
  id: z
    .string()
    .regex(/^[\w.-]{1,48}$/)
    .optional(),
  name: z.string().max(120).optional(),
  kind: z.enum(PLACE_KINDS).optional(),
  licence: z.string().max(120).optional(),
  attribution: z.string().max(300).optional(),
  mapping: placeMapping.optional(),
})
const TAKEN = new Set(['station', 'stop', 'manual'])

export interface PlacesImport extends SourceReading {
  sourceId: string
}

/**
 * Stores a GeoJSON file as the whole of a source, named by `source` or by the file itself. A source that is not there yet is made; one that is keeps
 * its name, mapping and visibility. `refused` says why nothing was stored.
 */
export async function importPlaces(
  db: Db,
  document: unknown,
  { source, at }: { source?: string | undefined; at: Date },
): Promise<PlacesImport> {
  const told = ownSource.safeParse(
    typeof document === 'object' && document !== null && 'source' in document ? document.source : {},
  )
  const own = told.success ? told.data : {}
  const sourceId = source ?? own.id
  const refuse = (refused: Sentence): PlacesImport => ({ sourceId: sourceId ?? '', places: [], findings: [], refused })
  if (sourceId === undefined) return refuse(say('noSourceNamed'))
  if (!/^[\w.-]{1,48}$/.test(sourceId) || TAKEN.has(sourceId)) return refuse(say('noSourceName', { id: sourceId }))
  const [known] = await placeSources(db, { ids: [sourceId] })
  const kept: PlaceSource = known ?? {
    sourceId,
    name: own.name ?? sourceId,
    kind: own.kind ?? 'parking',
    public: true,
    mapping: own.mapping ?? {},
    licence: own.licence ?? null,
    attribution: own.attribution ?? null,
    url: null,
    fetchMinutes: null,
  }
  const reading = placesOfGeojson(document, kept)
  if (reading.refused === null) {
    if (known === undefined) await putPlaceSource(db, kept, at)
    await storeSourcePlaces(db, sourceId, reading.places, at)
  }
  return { ...reading, sourceId }
}

/** The same from a file's text. Resolves with what to tell; throws ImportRefused when nothing was stored. */
export async function importPlacesText(
  db: Db,
  { name, text, source, at }: { name: string; text: string; source: string | undefined; at: Date },
): Promise<Sentence[]> {
  const { sourceId, places, findings, refused } = await importPlaces(db, parseJson(text, name), { source, at })
  if (refused !== null) throw new ImportRefused(say('notStoredBecause', { file: name, why: refused }))
  return [
    ...findings.map(({ message, count, examples }) =>
      say('placeFinding', { message, count, examples: listed(examples) }),
    ),
    say('placesStored', { places: counted(places.length, 'place'), source: sourceId }),
  ]
}
