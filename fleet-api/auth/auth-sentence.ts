import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { SentenceCode } from '../../domain/sentences/sentences.ts'
import type { SIGN_IN_WORDS } from '../../domain/sentences/words/sign-in-words.ts'

type SignInCode = Exclude<keyof typeof SIGN_IN_WORDS & SentenceCode, 'tooManyAttempts'>

/** What a refusal of better-auth says, by its code; null: one that nobody meets on the routes that are served. */
export function authSentence(code: unknown): Sentence | null {
  const known = typeof code === 'string' && Object.hasOwn(WORDS, code) ? WORDS[code] : undefined
  return known === undefined ? null : say(known)
}

const WORDS: Record<string, SignInCode> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrongEmailOrPassword',
  INVALID_EMAIL: 'notEmail',
  INVALID_PASSWORD: 'wrongPassword',
  PASSWORD_TOO_SHORT: 'passwordTooShort',
  PASSWORD_TOO_LONG: 'passwordTooLong',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'noPassword',
  VALIDATION_ERROR: 'notUnderstood',
  BODY_MUST_BE_AN_OBJECT: 'notUnderstood',
  MISSING_FIELD: 'notUnderstood',

  UNAUTHORIZED: 'sessionEnded',
  SESSION_EXPIRED: 'sessionEnded',
  SESSION_REQUIRED: 'sessionEnded',
  FAILED_TO_GET_SESSION: 'sessionEnded',
  SESSION_NOT_FRESH: 'sessionOld',
  FAILED_TO_CREATE_SESSION: 'cannotSignIn',
  UNABLE_TO_CREATE_SESSION: 'cannotSignIn',

  INVALID_ORIGIN: 'foreignPage',
  MISSING_OR_NULL_ORIGIN: 'foreignPage',
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: 'foreignPage',
  INVALID_CALLBACK_URL: 'foreignAddress',
  INVALID_REDIRECT_URL: 'foreignAddress',
  INVALID_ERROR_CALLBACK_URL: 'foreignAddress',
  INVALID_NEW_USER_CALLBACK_URL: 'foreignAddress',

  PROVIDER_NOT_FOUND: 'noProvider',
  ID_TOKEN_NOT_SUPPORTED: 'noProvider',
  FAILED_TO_GET_USER_INFO: 'providerSilent',
  USER_EMAIL_NOT_FOUND: 'notInvited',
  USER_NOT_FOUND: 'notInvited',
  INVALID_TOKEN: 'providerSilent',

  PASSKEY_NOT_FOUND: 'noPasskey',
  AUTHENTICATION_FAILED: 'passkeyFailed',
  FAILED_TO_VERIFY_REGISTRATION: 'passkeyFailed',
  PREVIOUSLY_REGISTERED: 'passkeyKnown',
  REGISTRATION_CANCELLED: 'passkeyCancelled',
  AUTH_CANCELLED: 'passkeyCancelled',
  CHALLENGE_NOT_FOUND: 'challengeOver',
  YOU_ARE_NOT_ALLOWED_TO_REGISTER_THIS_PASSKEY: 'passkeyForbidden',
}
