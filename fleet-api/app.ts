import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { createPlanReader } from '../db/views/plan-reader.ts'
import { createVehicleReader } from '../db/views/vehicle-reader.ts'
import { createWorkReader } from '../db/views/work-reader.ts'
import { contextStorage, tryGetContext } from 'hono/context-storage'
import { actingOn } from '../db/acting.ts'
import { accessControl } from './access/access-control.ts'
import { createIdentify } from './access/identify.ts'
import { createKeyGuard } from './access/key-guard.ts'
import { createOperationFinder } from './access/operations.ts'
import { createRateLimit } from './access/rate-limit.ts'
import { createAuthHouse } from './auth/auth-house.ts'
import { authRoutes } from './auth/auth-routes.ts'
import { createPasswordSignIn } from './auth/password-sign-in.ts'
import { welcomePage } from './auth/welcome-page.ts'
import { cacheControl } from './cache-control.ts'
import type { Api, AppContext, AppEnv, AppOptions } from './context.ts'
import { docsRoutes } from './docs/docs-routes.ts'
import { entityTags } from './etag.ts'
import { errorHandler, notFoundHandler, problemResponse } from './errors.ts'
import { invalidRequest } from './field-error.ts'
import { createLiveHub } from './live/live-hub.ts'
import { missingPage } from './missing-page.ts'
import { createStopHub } from './live/stop-hub.ts'
import { registerSecurity } from './openapi.ts'
import { requestLog } from './request-log.ts'
import { requestTimes } from './request-times.ts'
import { ocpiProblems } from './feeds/ocpi/envelope.ts'
import { ocpiRoutes } from './feeds/ocpi/ocpi-routes.ts'
import { adHocTariffRoutes } from './routes/ad-hoc-tariffs.ts'
import { alertRoutes } from './routes/alerts.ts'
import { auditRoutes } from './routes/audit.ts'
import { blockRoutes } from './routes/blocks.ts'
import { chargingSessionRoutes } from './routes/charging-sessions.ts'
import { commandRoutes } from './routes/commands.ts'
import { reportRoutes } from './routes/reports.ts'
import { reportScheduleRoutes } from './routes/report-schedules.ts'
import { driverLinkRoutes } from './routes/driver-links.ts'
import { cityRoutes } from './routes/city.ts'
import { eventRoutes } from './routes/events.ts'
import { faultPhotoRoutes, MAX_PHOTO_BYTES, PHOTO_PATH } from './routes/fault-photos.ts'
import { faultReportRoutes } from './routes/fault-reports.ts'
import { feedFileRoutes } from './routes/feed-files.ts'
import { feedRoutes } from './routes/feeds.ts'
import { healthRoutes } from './routes/health.ts'
import { importRoutes, MAX_IMPORT_BYTES } from './routes/imports.ts'
import { infoRoutes } from './routes/info.ts'
import { keyRoutes } from './routes/keys.ts'
import { lineRoutes } from './routes/lines.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { onboardingRoutes } from './routes/onboarding.ts'
import { passengerCountRoutes } from './routes/passenger-counts.ts'
import { placeFileRoutes } from './routes/place-files.ts'
import { placeReportRoutes } from './routes/place-reports.ts'
import { placeSourceRoutes } from './routes/place-sources.ts'
import { placeRoutes } from './routes/places.ts'
import { meRoutes } from './routes/me.ts'
import { planDayRoutes } from './routes/plan-days.ts'
import { planPreviewRoutes } from './routes/plan-previews.ts'
import { planRoutes } from './routes/plans.ts'
import { carbonRoutes } from './routes/carbon.ts'
import { marketFetchRoutes } from './routes/market-fetches.ts'
import { priceRoutes } from './routes/prices.ts'
import { tariffRoutes } from './routes/tariffs.ts'
import { weatherRoutes } from './routes/weather.ts'
import { realtimeFeedRoutes } from './routes/realtime-feeds.ts'
import { sessionRoutes } from './routes/session.ts'
import { siteRoutes } from './routes/sites.ts'
import { stationStateRoutes } from './routes/station-state.ts'
import { stationRoutes } from './routes/stations.ts'
import { stopMonitoringRoutes } from './routes/stop-monitoring.ts'
import { plainBoardRoute } from './routes/plain-board.ts'
import { stopStreamRoutes } from './routes/stop-stream.ts'
import { stopRoutes } from './routes/stops.ts'
import { telemetryRoutes } from './routes/telemetry.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { userRoutes } from './routes/users.ts'
import { vehicleTypeRoutes } from './routes/vehicle-types.ts'
import { vehicleRoutes } from './routes/vehicles.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { wishRoutes } from './routes/wishes.ts'

/** What was checked stands beside the result, though its type does not say so. */
const givenIn = (result: object): unknown => ('data' in result ? result.data : undefined)

const MAX_BODY_BYTES = 2 * 1024 * 1024
/** Paths that take more than the rest. */
const LARGER_BODIES = [
  { path: PHOTO_PATH, maxSize: MAX_PHOTO_BYTES },
  { path: /^\/api\/v1\/imports$/, maxSize: MAX_IMPORT_BYTES },
] as const
const WELCOME = '/welcome'
/** Pages that need no script; one style sheet of ours is all that they load. */
const PLAIN_PAGES = ['/stop/*', '/docs', WELCOME]
const OURS = ['/api/*', ...PLAIN_PAGES, '/healthz', '/readyz', '/metrics', '/gtfs-rt/*', '/siri/*', '/ocpi/*']

/**
 * Everything under /api/v1, /docs, /healthz and /readyz, on any platform with web standards. It serves no pages but those that need no script. Nothing is asked of
 * the database before the first request.
 */
export function createApp(options: AppOptions): Api {
  const plans = createPlanReader(options.db)
  const work = createWorkReader(options.db)
  const vehicles = createVehicleReader(options.db, { plans, work })
  // What a request changes is written down in its caller's name, whatever function changes it.
  const db = actingOn(options.db, () => tryGetContext<AppEnv>()?.var.actor ?? null)
  const context: AppContext = {
    ...options,
    db,
    plans,
    work,
    vehicles,
    live: createLiveHub({ ...options, plans, vehicles }),
    liveStops: createStopHub(options),
  }
  const guard = createKeyGuard(options.db, options.access.adminKey, options.now)
  const auth = createAuthHouse(context)
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (!result.success)
        return problemResponse(
          c,
          'invalid-request',
          invalidRequest(result.target, result.error.issues, givenIn(result)),
        )
    },
  })
  app.onError(errorHandler(options.log))
  app.notFound((c) => missingPage(c) ?? notFoundHandler(c))
  registerSecurity(app)

  for (const path of OURS) {
    app.use(path, requestId(), requestLog(options.log), requestTimes(options.metrics), cacheControl())
    app.use(
      path,
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          ...(PLAIN_PAGES.includes(path) ? { styleSrc: ["'self'"], imgSrc: ["'self'"] } : {}),
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: [path === WELCOME ? "'self'" : "'none'"],
        },
        referrerPolicy: 'no-referrer',
        // Set by whoever ends TLS; a depot's own network often has none.
        strictTransportSecurity: false,
        xFrameOptions: 'DENY',
      }),
    )
  }
  for (const path of ['/api/v1/*', '/gtfs-rt/*', '/siri/*']) app.use(path, entityTags())
  app.use('/ocpi/*', ocpiProblems(options.now))
  app.use(WELCOME, bodyLimit({ maxSize: 10_000, onError: (c) => problemResponse(c, 'body-too-large') }))
  const limitOf = (maxSize: number) => bodyLimit({ maxSize, onError: (c) => problemResponse(c, 'body-too-large') })
  const ofJson = limitOf(MAX_BODY_BYTES)
  const larger = LARGER_BODIES.map(({ path, maxSize }) => ({ path, limit: limitOf(maxSize) }))
  app.use('/api/*', (c, next) => (larger.find(({ path }) => path.test(c.req.path))?.limit ?? ofJson)(c, next))
  app.use(contextStorage())
  app.use(
    accessControl(context, {
      find: createOperationFinder(app),
      identify: createIdentify({ ...context, db: options.db }, guard, auth),
      limit: createRateLimit(options.requestsPer10s ?? 3000, options.now),
    }),
  )

  infoRoutes(app, context)
  const signInByPassword = createPasswordSignIn(context, auth)
  sessionRoutes(app, context, { guard, auth, signInByPassword })
  authRoutes(app, auth, signInByPassword)
  welcomePage(app, context, { auth, signInByPassword })
  meRoutes(app, context, auth)
  userRoutes(app, context, auth)
  keyRoutes(app, context, auth)
  driverLinkRoutes(app, context, auth)
  auditRoutes(app, context)
  siteRoutes(app, context)
  importRoutes(app, context)
  stationRoutes(app, context)
  onboardingRoutes(app, context)
  stationStateRoutes(app, context)
  commandRoutes(app, context)
  vehicleRoutes(app, context)
  vehicleTypeRoutes(app, context)
  telemetryRoutes(app, context)
  passengerCountRoutes(app, context)
  blockRoutes(app, context)
  lineRoutes(app, context)
  stopRoutes(app, context)
  stopStreamRoutes(app, context)
  plainBoardRoute(app, context)
  stopMonitoringRoutes(app, context)
  realtimeFeedRoutes(app, context)
  feedRoutes(app, context)
  feedFileRoutes(app, context)
  planRoutes(app, context)
  planDayRoutes(app, context)
  planPreviewRoutes(app, context)
  wishRoutes(app, context)
  chargingSessionRoutes(app, context)
  alertRoutes(app, context)
  faultReportRoutes(app, context)
  faultPhotoRoutes(app, context)
  tokenRoutes(app, context)
  priceRoutes(app, context)
  tariffRoutes(app, context)
  carbonRoutes(app, context)
  weatherRoutes(app, context)
  marketFetchRoutes(app, context)
  reportRoutes(app, context)
  reportScheduleRoutes(app, context)
  placeFileRoutes(app, context)
  placeRoutes(app, context)
  cityRoutes(app, context)
  placeReportRoutes(app, context)
  placeSourceRoutes(app, context)
  adHocTariffRoutes(app, context)
  ocpiRoutes(app, context)
  eventRoutes(app, context)
  webhookRoutes(app, context)
  healthRoutes(app, context)
  metricsRoutes(app, context)
  docsRoutes(app, options.version)
  return app
}
