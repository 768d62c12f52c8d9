import { expect, test } from 'vitest'
import { doubledKeys, messageProblems } from './message-problems.ts'

const plural = (forms: Record<string, string>) => [
  { declarations: ['input count', 'local form = count: plural'], selectors: ['form'], match: forms },
]
const check = (en: object, bg: object, sources = 'm.hello({ name })') =>
  messageProblems({
    languages: ['en', 'bg'],
    files: [
      { name: 'depot/en.json', folder: 'depot', language: 'en', text: JSON.stringify(en) },
      { name: 'depot/bg.json', folder: 'depot', language: 'bg', text: JSON.stringify(bg) },
    ],
    sources,
  })

test('messages that are there in each language, with the same inputs, and used, are well', () => {
  expect(check({ hello: 'Hello {name}' }, { hello: 'Здравей, {name}' })).toEqual([])
})

test('a missing, an unused, an empty and a foreign message are each told by name', () => {
  const problems = check({ hello: 'Hello {name}', gone: 'Gone' }, { hello: ' ', strange: 'Странно' })
  expect(problems).toContain('depot: gone is used by no page')
  expect(problems).toContain('depot/bg.json: gone is missing')
  expect(problems).toContain('depot/bg.json: hello is empty')
  expect(problems).toContain('depot/bg.json: strange is not in en.json')
})

test('a translation that forgets an input is told', () => {
  expect(check({ hello: 'Hello {name}' }, { hello: 'Здравей' })).toEqual([
    'depot/bg.json: hello takes {}, in en {name}',
  ])
})

test('a plural without a form of its language is told', () => {
  const problems = check(
    { hello: plural({ 'form=one': '{count} bus', 'form=other': '{count} buses' }) },
    { hello: plural({ 'form=one': '{count} автобус' }) },
  )
  expect(problems).toEqual(['depot/bg.json: hello has no text for form=other'])
})

test('a key in two folders is told with both, once, and one that each language has is not', () => {
  const file = (folder: string, language: string, messages: object) => ({
    name: `${folder}/${language}.json`,
    folder,
    language,
    text: JSON.stringify(messages),
  })
  const files = [
    file('depot', 'en', { hello: 'Hello', bye: 'Bye' }),
    file('depot', 'bg', { hello: 'Здравей', bye: 'Чао' }),
    file('plan', 'en', { hello: 'Hi' }),
    file('plan', 'bg', { hello: 'Здрасти' }),
  ]
  expect(doubledKeys(files)).toEqual(['hello is in both web/messages/depot and web/messages/plan'])
  expect(doubledKeys(files.slice(0, 2))).toEqual([])
})
