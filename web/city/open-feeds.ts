import type { Feed } from '../parts/api-types.ts'
import { m } from '../parts/messages.ts'

export interface OpenFeed {
  name: string
  form: string
  refresh: string
  path: string
  /** An address that shows something in a browser. */
  example: string
}

export interface FeedGroup {
  title: string
  /** Publisher, licence and the words that must be shown; null: said with each entry. */
  whose: string | null
  url: string | null
  /** Epoch ms. */
  updatedAt: number | null
  feeds: OpenFeed[]
}

/** Everything that is published, with whose it is: what belongs to a timetable under its licence, then what is this installation's own. */
export function openFeeds(feeds: readonly Feed[]): FeedGroup[] {
  const live = m.city_refresh_live()
  const timetables = feeds.map((feed): FeedGroup => {
    const { publisher, licence, text, url } = feed.attribution
    const query = `?feedId=${encodeURIComponent(feed.feedId)}`
    const parts = [publisher, licence === null ? m.city_no_licence() : m.city_licence({ licence }), text].filter(
      (part) => part !== null && part !== '',
    )
    const twin = (name: string, path: string): OpenFeed[] => [
      { name, form: 'GTFS-Realtime 2.0', refresh: live, path: `${path}.pb${query}`, example: `${path}.json${query}` },
      {
        name: `${name} (JSON)`,
        form: 'JSON',
        refresh: live,
        path: `${path}.json${query}`,
        example: `${path}.json${query}`,
      },
    ]
    return {
      title: m.city_timetable({ name: publisher ?? feed.feedId }),
      whose: parts.join(' · '),
      url,
      updatedAt: Date.parse(feed.importedAt),
      feeds: [
        ...(feed.file === null
          ? []
          : [
              {
                name: m.city_feed_gtfs(),
                form: 'GTFS Schedule (zip)',
                refresh: m.city_refresh_import(),
                path: feed.file,
                example: feed.file,
              },
            ]),
        ...twin(m.city_feed_positions(), '/gtfs-rt/vehicle-positions'),
        ...twin(m.city_feed_trips(), '/gtfs-rt/trip-updates'),
        ...twin(m.city_feed_alerts(), '/gtfs-rt/alerts'),
        {
          name: m.city_feed_lines(),
          form: 'JSON',
          refresh: m.city_refresh_import(),
          path: '/api/v1/lines',
          example: '/api/v1/lines',
        },
        {
          name: m.city_feed_stops(),
          form: 'JSON',
          refresh: m.city_refresh_import(),
          path: '/api/v1/stops',
          example: '/api/v1/stops?limit=5',
        },
        {
          name: m.city_feed_siri(),
          form: 'SIRI 2.0 (JSON)',
          refresh: live,
          path: '/siri/stop-monitoring.json?MonitoringRef=STOP',
          example: '/api/v1/stops?limit=5',
        },
      ],
    }
  })
  return [
    ...timetables,
    {
      title: m.city_own_feeds(),
      whose: m.city_own_licence(),
      url: null,
      updatedAt: null,
      feeds: [
        {
          name: m.city_feed_places(),
          form: 'GeoJSON',
          refresh: m.city_refresh_places(),
          path: '/api/v1/places.geojson',
          example: '/api/v1/places.geojson?kind=parking',
        },
        {
          name: m.city_feed_ocpi(),
          form: 'OCPI 2.2.1',
          refresh: live,
          path: '/ocpi/versions',
          example: '/ocpi/2.2.1/locations',
        },
        { name: m.city_feed_glance(), form: 'JSON', refresh: live, path: '/api/v1/city', example: '/api/v1/city' },
        {
          name: m.city_feed_openapi(),
          form: 'OpenAPI 3.1',
          refresh: m.city_refresh_version(),
          path: '/api/v1/openapi.json',
          example: '/docs',
        },
      ],
    },
  ]
}
