import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { newWebhookSecret, signWebhook } from './sign.ts'

test('a signature is the one that Standard Webhooks gives as its example', async () => {
  const headers = await signWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    body: '{"test": 2432232314}',
    at: new Date(1_614_265_330_000),
  })
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  expect(headers['webhook-timestamp']).toBe('1614265330')
})

test('every new secret is another, and signs', async () => {
  const secret = newWebhookSecret()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(newWebhookSecret()).not.toBe(secret)
  const at = new Date('2026-11-23T10:00:00Z')
  const headers = await signWebhook(secret, { id: 'a.1', body: 'текст', at })
  const hmac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64')).update(`a.1.${at.getTime() / 1000}.текст`)
  expect(headers['webhook-signature']).toBe(`v1,${hmac.digest('base64')}`)
})
