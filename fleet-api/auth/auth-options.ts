import { apiKey } from '@better-auth/api-key'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { genericOAuth } from 'better-auth/plugins/generic-oauth'
import type { Db } from '../../db/database.ts'
import { users } from '../../db/users.ts'
import type { Log } from '../../domain/ports.ts'

/** An identity provider that speaks OpenID Connect. */
export interface OidcProvider {
  issuer: string
  clientId: string
  clientSecret: string
}

/** How people sign in, from the configuration. */
export interface AuthConfig {
  /** Signs cookies and links; null: the database keeps one of its own. */
  secret: string | null
  /** Where browsers reach us, such as `https://depot.example`; null: wherever a request says that it came. */
  publicUrl: string | null
  oidc: OidcProvider | null
}

export const NO_AUTH_CONFIG: AuthConfig = { secret: null, publicUrl: null, oidc: null }

/** The name of the OIDC provider in better-auth's paths: `/api/auth/callback/oidc`. */
export const OIDC = 'oidc'
export const MIN_PASSWORD = 12
export const MAX_PASSWORD = 128
/** Where a request's address is told to better-auth; whatever a client sends under this name is overwritten. */
export const ADDRESS_HEADER = 'x-zaryad-address'

const DAY_S = 86_400
const STAMPS = { createdAt: 'created_at', updatedAt: 'updated_at' } as const

export type Auth = ReturnType<typeof createAuth>

/**
 * better-auth on our database, in our spelling of its tables. Nobody can sign up: people are made by an admin or by the set-up link. `origin` is what
 * browsers see. With `oidc` its first use asks the provider for its discovery document.
 */
export function createAuth(parts: { db: Db; log: Log; secret: string; origin: string; oidc: OidcProvider | null }) {
  const { db, log, secret, origin, oidc } = parts
  return betterAuth({
    appName: 'Zaryad',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    // Its own page of errors is English, and a dead end: the first page says what went wrong, and offers to sign in.
    onAPIError: { errorURL: `${origin}/` },
    logger: {
      level: 'warn',
      log: (level, message) => log[level === 'error' ? 'error' : 'warn']({ auth: message }, 'sign-in'),
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD,
      maxPasswordLength: MAX_PASSWORD,
    },
    user: {
      modelName: 'auth_user',
      fields: { emailVerified: 'email_verified', ...STAMPS },
      additionalFields: {
        role: { type: 'string', input: false, required: false, defaultValue: 'viewer' },
        siteId: { type: 'string', input: false, required: false, fieldName: 'site_id' },
        vehicleId: { type: 'string', input: false, required: false, fieldName: 'vehicle_id' },
        disabled: { type: 'boolean', input: false, required: false, defaultValue: false },
      },
    },
    session: {
      modelName: 'auth_session',
      fields: {
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...STAMPS,
      },
      expiresIn: 7 * DAY_S,
      updateAge: DAY_S,
      freshAge: DAY_S,
    },
    account: {
      modelName: 'auth_account',
      fields: {
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...STAMPS,
      },
      encryptOAuthTokens: true,
      accountLinking: { enabled: true, trustedProviders: [OIDC] },
    },
    verification: {
      modelName: 'auth_verification',
      fields: { expiresAt: 'expires_at', ...STAMPS },
      // Whoever reads the database cannot finish what somebody else has begun.
      storeIdentifier: 'hashed',
    },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: 'auth_rate_limit',
      fields: { lastRequest: 'last_request' },
      window: 60,
      max: 300,
      // Its own limit for signing in is 3 in 10 s of one address: a depot is one address. Ours counts failures (sign-in-guard.ts).
      customRules: { '/sign-in/*': { window: 60, max: 60 }, '/change-password': { window: 60, max: 5 } },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const [user] = await users(db, { userId: session.userId })
            return user !== undefined && !user.disabled
          },
        },
      },
    },
    advanced: {
      cookiePrefix: 'zaryad',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      // Set, because it would otherwise be off whenever tests run.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { validateSchema: false },
    },
    plugins: [
      passkey({
        rpID: new URL(origin).hostname,
        rpName: 'Zaryad',
        origin,
        schema: {
          passkey: {
            modelName: 'auth_passkey',
            fields: {
              publicKey: 'public_key',
              userId: 'user_id',
              credentialID: 'credential_id',
              deviceType: 'device_type',
              backedUp: 'backed_up',
              createdAt: 'created_at',
            },
          },
        },
      }),
      apiKey({
        defaultPrefix: 'zk_',
        maximumNameLength: 120,
        keyExpiration: { minExpiresIn: 0, maxExpiresIn: 3650 },
        rateLimit: { enabled: false },
        schema: {
          apikey: {
            modelName: 'auth_api_key',
            fields: {
              configId: 'config_id',
              referenceId: 'reference_id',
              refillInterval: 'refill_interval',
              refillAmount: 'refill_amount',
              lastRefillAt: 'last_refill_at',
              rateLimitEnabled: 'rate_limit_enabled',
              rateLimitTimeWindow: 'rate_limit_time_window',
              rateLimitMax: 'rate_limit_max',
              requestCount: 'request_count',
              lastRequest: 'last_request',
              expiresAt: 'expires_at',
              createdAt: 'created_at',
              updatedAt: 'updated_at',
            },
          },
        },
      }),
      ...(oidc === null
        ? []
        : [
            genericOAuth({
              config: [
                {
                  providerId: OIDC,
                  discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: ['openid', 'email', 'profile'],
                  requireIdTokenVerification: true,
                  // Who is not invited does not get in, whatever the provider says of them.
                  disableSignUp: true,
                },
              ],
            }),
          ]),
    ],
  })
}
