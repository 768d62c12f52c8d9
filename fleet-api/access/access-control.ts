import type { Context, MiddlewareHandler } from 'hono'
import { auditAct } from '../../db/audit.ts'
import { ROLES } from '../../domain/role.ts'
import type { AppContext, AppEnv } from '../context.ts'
import { ApiError } from '../errors.ts'
import { clientAddress, requestOrigin } from '../http-facts.ts'
import type { Caller } from './caller.ts'
import { limitToDriver, replaceAnswer } from './driver-view.ts'
import { endingAfter } from './ending-stream.ts'
import type { Matched } from './operations.ts'
import { driversOf, isAudited, rolesOf, ruleOf, type Rule } from './rules.ts'
import { listed } from '../../domain/sentences/said.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** Rights that are taken away end a live stream within this time: it must then be asked for again. */
const STREAM_MS = 10 * 60_000
/** Live streams of one caller at a time, so that none takes them all; the operator's own key may. */
const MOST_STREAMS = 100
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])
/** Routes that are in no document: the document itself, its page, signing in, the page that a one-time link opens, and a stop's plain page. They look after themselves. */
const UNDOCUMENTED: ReadonlySet<string> = new Set([
  '/api/v1/openapi.json',
  '/docs',
  '/api/auth/*',
  '/welcome',
  '/stop/:stopId',
])
/** Where an identity provider sends people back to: a GET that makes a session. It is bound to the browser by the cookie with its `state`. */
const SIGN_ON = '/api/auth/callback/'
/** What a page may not remember of a query in the audit log. */
const SECRET = /token|secret|key|password|signature/i

export interface AccessParts {
  find(c: Context<AppEnv>): Matched
  identify(c: Context<AppEnv>, isPublic: boolean): Promise<Caller>
  /** Seconds that a caller must wait; 0: none. */
  limit(caller: string): number
}

/**
 * Ends a request of somebody who may not make it, by the table in `rules.ts`, and sees to it that a change is written down. What has no rule is closed to
 * all.
 */
export function accessControl({ access, db, log, now }: AppContext, parts: AccessParts): MiddlewareHandler<AppEnv> {
  const streams = new Map<string, number>()
  return async (c, next) => {
    c.set('actor', null)
    const matched = parts.find(c)
    const operationId = matched !== null && 'operationId' in matched ? matched.operationId : null
    const rule = ruleFor(c, matched)
    const caller = await parts.identify(c, rule !== null && rolesOf(rule) === 'public')
    c.set('caller', caller)
    // The operator's own automation, and a demo, are not held up.
    const free = caller.kind === 'key' || caller.kind === 'open'
    const waitSeconds = free ? 0 : parts.limit(caller.id ?? `${caller.kind} ${clientAddress(c)}`)
    if (waitSeconds > 0)
      throw new ApiError('too-many-requests', {
        detail: say('tooManyRequests', { seconds: waitSeconds }),
        headers: { 'Retry-After': String(waitSeconds) },
      })
    c.set('routine', rule !== null && !isAudited(rule))
    const path = matched !== null && 'path' in matched ? matched.path : {}
    if (rule !== null) mayCall(caller, rule, path, c)
    if (READING.has(c.req.method) && !c.req.path.startsWith(SIGN_ON)) await next()
    else {
      if (!READING.has(c.req.method)) fromOurPages(c, caller)
      if (rule === null || isAudited(rule))
        c.set('actor', {
          kind: caller.kind,
          id: caller.id,
          name: caller.name,
          action: operationId ?? c.req.path.replace(/^\/api\//, ''),
          requestId: c.var.requestId ?? null,
          address: clientAddress(c),
          at: now(),
        })
      await next()
      if (operationId !== null) await writeDown(c, path)
    }
    if (caller.role === 'driver' && rule !== null && operationId !== null)
      await limitToDriver(c, operationId, rule, caller.vehicleId)
    if (caller.kind === 'user' || caller.kind === 'apiKey' || caller.kind === 'link') await endStreamInTime(c, caller)
  }

  function ruleFor(c: Context<AppEnv>, matched: Matched): Rule | null {
    // Nobody answers there: a 404 tells nothing, but only who may ask at all gets that far.
    if (matched === null) return c.req.path.startsWith('/api/') ? ROLES : 'public'
    if ('route' in matched) {
      if (UNDOCUMENTED.has(matched.route)) return 'public'
      log.error({ route: matched.route }, 'a route is not in the document, so nobody may call it')
      throw new ApiError('forbidden')
    }
    const rule = ruleOf(matched.operationId)
    if (rule !== undefined) return rule
    log.error({ operationId: matched.operationId }, 'an operation has no rule, so nobody may call it')
    throw new ApiError('forbidden', { detail: say('noRule', { operation: matched.operationId }) })
  }

  function mayCall(caller: Caller, rule: Rule, path: Record<string, string>, c: Context<AppEnv>): void {
    const roles = rolesOf(rule)
    if (roles === 'public') return
    if (caller.kind === 'none')
      throw new ApiError('signed-out', {
        ...(access.adminKey === null ? { detail: say('noAdminKey') } : {}),
        headers: { 'WWW-Authenticate': 'Bearer' },
      })
    if (caller.role === null || !roles.includes(caller.role))
      throw new ApiError('forbidden', {
        detail: say('needsRole', {
          roles: listed(roles.map((role) => say(`role_${role}`))),
          role: say(`role_${ROLES.find((role) => role === caller.role) ?? 'nobody'}`),
        }),
      })
    if (caller.role !== 'driver' || driversOf(rule) !== 'ownVehicle') return
    const vehicleId = path['vehicleId'] ?? c.req.query('vehicleId')
    if (vehicleId !== undefined && vehicleId !== caller.vehicleId)
      throw new ApiError('forbidden', { detail: say('driversOwnOnly') })
  }

  /** A session's cookie changes something only from our own pages, and no other site's page may use a browser to reach a server that is open. */
  function fromOurPages(c: Context<AppEnv>, caller: Caller): void {
    if (caller.via === 'bearer') return
    const origin = requestOrigin(c)
    if (origin === 'foreign' || (origin === 'silent' && caller.via === 'cookie')) throw new ApiError('foreign-origin')
  }

  /** A change that no trigger has seen is written down as what was asked. */
  async function writeDown(c: Context<AppEnv>, path: Record<string, string>): Promise<void> {
    const { actor } = c.var
    if (actor === null || c.res.status >= 400) return
    const asked = { ...c.req.query(), ...path, ...c.var.auditNote }
    const told = Object.fromEntries(
      Object.entries(asked).map(([name, value]) => [name, SECRET.test(name) ? '(hidden)' : value]),
    )
    const [subject] = Object.entries(path)
    c.set('actor', null)
    try {
      await auditAct(db, actor, {
        subjectKind: subject?.[0].replace(/Id$/, '') ?? null,
        subjectId: subject?.[1] ?? null,
        after: Object.keys(told).length === 0 ? null : told,
        always: c.var.auditNote !== undefined,
      })
    } catch (error) {
      log.error({ err: error, requestId: c.var.requestId, action: actor.action }, 'a change could not be written down')
    }
  }

  async function endStreamInTime(c: Context<AppEnv>, caller: Caller): Promise<void> {
    const { status, headers, body } = c.res
    if (body === null || headers.get('content-type')?.startsWith('text/event-stream') !== true) return
    const who = `${caller.kind} ${caller.id ?? caller.name}`
    const open = streams.get(who) ?? 0
    if (open >= MOST_STREAMS) {
      await body.cancel()
      throw new ApiError('too-many-listeners', {
        detail: say('tooManyStreams', { n: MOST_STREAMS }),
        headers: { 'Retry-After': '30' },
      })
    }
    streams.set(who, open + 1)
    const ended = (): void => {
      const left = (streams.get(who) ?? 1) - 1
      if (left === 0) streams.delete(who)
      else streams.set(who, left)
    }
    replaceAnswer(c, new Response(endingAfter(body, STREAM_MS, ended), { status, headers: new Headers(headers) }))
  }
}
