import { OpenAPIHono } from '@hono/zod-openapi'
import { bodyLimit } from 'hono/body-limit'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { createPlanReader } from '../db/views/plan-reader.ts'
import { createWorkReader } from '../db/views/work-reader.ts'
import { accessControl } from './access.ts'
import type { Api, AppContext, AppEnv, AppOptions } from './context.ts'
import { docsRoutes } from './docs/docs-routes.ts'
import { errorHandler, invalidRequest, notFoundHandler, problemResponse } from './errors.ts'
import { createKeyGuard } from './key-guard.ts'
import { createLiveHub } from './live/live-hub.ts'
import { registerSecurity } from './openapi.ts'
import { requestLog } from './request-log.ts'
import { alertRoutes } from './routes/alerts.ts'
import { blockRoutes } from './routes/blocks.ts'
import { chargingSessionRoutes } from './routes/charging-sessions.ts'
import { commandRoutes } from './routes/commands.ts'
import { eventRoutes } from './routes/events.ts'
import { healthRoutes } from './routes/health.ts'
import { infoRoutes } from './routes/info.ts'
import { planRoutes } from './routes/plans.ts'
import { priceRoutes } from './routes/prices.ts'
import { sessionRoutes } from './routes/session.ts'
import { siteRoutes } from './routes/sites.ts'
import { stationRoutes } from './routes/stations.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { vehicleRoutes } from './routes/vehicles.ts'

const MAX_BODY_BYTES = 2 * 1024 * 1024
const OURS = ['/api/*', '/docs', '/healthz', '/readyz']

/**
 * Everything under /api/v1, /docs, /healthz and /readyz, on any platform with web standards. It serves no pages. Nothing is asked of
 * the database before the first request.
 */
export function createApp(options: AppOptions): Api {
  const plans = createPlanReader(options.db)
  const work = createWorkReader(options.db)
  const context: AppContext = { ...options, plans, work, live: createLiveHub({ ...options, plans, work }) }
  const guard = createKeyGuard(options.access.adminKey, options.now)
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: (result, c) => {
      if (!result.success)
        return problemResponse(c, 'invalid-request', invalidRequest(result.target, result.error.issues))
    },
  })
  app.onError(errorHandler(options.log))
  app.notFound(notFoundHandler)
  registerSecurity(app)

  for (const path of OURS) {
    app.use(path, requestId(), requestLog(options.log))
    app.use(
      path,
      secureHeaders({
        contentSecurityPolicy: {
          defaultSrc: ["'none'"],
          styleSrc: ["'unsafe-inline'"],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'none'"],
        },
        // Set by whoever ends TLS; a depot's own network often has none.
        strictTransportSecurity: false,
        xFrameOptions: 'DENY',
      }),
    )
  }
  app.use('/api/*', async (c, next) => {
    await next()
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  })
  app.use('/api/*', bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => problemResponse(c, 'body-too-large') }))
  app.use('/api/*', accessControl(context, guard))

  infoRoutes(app, context)
  sessionRoutes(app, context, guard)
  siteRoutes(app, context)
  stationRoutes(app, context)
  commandRoutes(app, context)
  vehicleRoutes(app, context)
  blockRoutes(app, context)
  planRoutes(app, context)
  chargingSessionRoutes(app, context)
  alertRoutes(app, context)
  tokenRoutes(app, context)
  priceRoutes(app, context)
  eventRoutes(app, context)
  healthRoutes(app, context)
  docsRoutes(app, options.version)
  return app
}
