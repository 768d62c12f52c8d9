import { ApiError } from '../errors.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** After too many wrong keys or passwords. */
export function tooManyAttempts(retrySeconds: number): ApiError {
  return new ApiError('too-many-requests', {
    detail: say('tooManyAttempts', { seconds: retrySeconds }),
    headers: { 'Retry-After': String(retrySeconds) },
  })
}
