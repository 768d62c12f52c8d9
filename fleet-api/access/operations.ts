import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppEnv } from '../context.ts'

/** An operation of the document, and what the request's path says where its template has a name. */
export interface MatchedOperation {
  operationId: string
  path: Record<string, string>
}

/** What a request leads to: an operation of the document, a route that is not in it, or nowhere. */
export type Matched = MatchedOperation | { route: string } | null

/**
 * Tells which operation a request leads to, by the very route that will answer it and not by comparing paths, so that no other spelling of
 * a path can slip past. The document is read at the first request, when every route stands.
 */
export function createOperationFinder(app: OpenAPIHono<AppEnv>): (c: Context<AppEnv>) => Matched {
  let operations: Map<string, string> | undefined

  return (c) => {
    operations ??= readOperations(app)
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method
    // Middleware stands for all methods.
    const route = matchedRoutes(c).find((one) => one.method !== 'ALL')
    if (route === undefined) return null
    const operationId = operations.get(`${method} ${route.path}`)
    return operationId === undefined ? { route: route.path } : { operationId, path: pathNames(route.path, c.req.path) }
  }
}

function readOperations(app: OpenAPIHono<AppEnv>): Map<string, string> {
  const operations = new Map<string, string>()
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== 'route' || definition.route.operationId === undefined) continue
    const { method, path, operationId } = definition.route
    operations.set(`${method.toUpperCase()} ${path.replaceAll(/\/\{(.+?)\}/g, '/:$1')}`, operationId)
  }
  return operations
}

/** Values of the names in a routing path such as `/api/v1/vehicles/:vehicleId`. */
function pathNames(template: string, path: string): Record<string, string> {
  const segments = path.split('/')
  const values: Record<string, string> = {}
  template.split('/').forEach((part, i) => {
    const name = /^:(\w+)/.exec(part)?.[1]
    const value = segments[i]
    if (name !== undefined && value !== undefined) values[name] = decoded(value)
  })
  return values
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
